//! `dedupe`: recognition alone, for any table of people. One output row per input row.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::printer::Printer;
use super::{Failure, Status};
use crate::ingest::records::{Records, Severity};
use crate::ingest::{self, findings::Kind};
use crate::people;
use crate::project::model::{Layout, Source};

/// Arguments of `dedupe`.
#[derive(Debug, clap::Args)]
#[command(
    before_help = "Examples:\n  tallyframe dedupe participants.xlsx --out clusters.csv\n  \
                   tallyframe dedupe list1.csv list2.ods --name \"Beneficiary\" --birth \"DoB\""
)]
pub(crate) struct Args {
    /// Tables of people: xlsx, xls, xlsb, ods, csv.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Where the clusters go (file,sheet,row,person,probability); standard output when absent.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Header of the column with names, where it is not recognised.
    #[arg(long, value_name = "HEADER")]
    name: Option<String>,
    /// Header of the column with birth dates.
    #[arg(long, value_name = "HEADER")]
    birth: Option<String>,
    /// Header of the column with phones.
    #[arg(long, value_name = "HEADER")]
    phone: Option<String>,
    /// Header of the column with client codes.
    #[arg(long, value_name = "HEADER")]
    code: Option<String>,
    /// Header of the column with the sex.
    #[arg(long, value_name = "HEADER")]
    sex: Option<String>,
    /// Header of the column with settlements.
    #[arg(long, value_name = "HEADER")]
    place: Option<String>,
}

/// Columns of the output.
const HEADER: [&str; 5] = ["file", "sheet", "row", "person", "probability"];

/// Runs recognition over loose files.
pub(crate) fn run(args: &Args, printer: &mut Printer) -> Result<Status, Failure> {
    if let Some(missing) = args.files.iter().find(|path| !path.exists()) {
        return Err(Failure::File(anyhow::anyhow!("{} is not there", missing.display())));
    }
    let mut source = Source::unspecified("*");
    source.layout = Some(Layout::Registry);
    let named = [
        (&args.name, "full_name"),
        (&args.birth, "birth_date"),
        (&args.phone, "phone"),
        (&args.code, "client_code"),
        (&args.sex, "sex"),
        (&args.place, "settlement"),
    ];
    for (header, key) in named {
        if let Some(header) = header {
            source.columns.insert(header.clone(), key.to_owned());
        }
    }
    let records = ingest::read_people(&args.files, &source);
    let troubles = troubles(&records, printer);
    let table = table(&records).map_err(|error| Failure::File(error.into()))?;
    match &args.out {
        Some(path) => {
            write(path, &table).map_err(|error| Failure::File(anyhow::anyhow!("{}: {error}", path.display())))?;
        }
        None => printer.answer(String::from_utf8_lossy(&table).trim_end()),
    }
    let unreadable = records.files.iter().filter(|file| !file.readable).count();
    if unreadable == records.files.len() {
        return Err(Failure::File(anyhow::anyhow!("no file could be read")));
    }
    printer.note(&match &args.out {
        Some(path) => format!(
            "Wrote {}. Next: sort it by person: rows of one person stand together.",
            path.display()
        ),
        None => "Next: `--out clusters.csv` writes it to a file; sorted by person, rows of one person stand together."
            .to_owned(),
    });
    Ok(if troubles { Status::Look } else { Status::Done })
}

/// Tells what could not be read; repeated rows are the very thing asked about and no trouble here.
fn troubles(records: &Records, printer: &mut Printer) -> bool {
    let labels = crate::report::labels::Labels::load("en");
    let mut any = false;
    for finding in &records.findings {
        let repeated = matches!(finding.kind, Kind::RowRepeated | Kind::FileRepeated);
        if finding.kind.severity() == Severity::Error && !repeated {
            any = true;
            let place = finding.place.map(|place| records.show(place)).unwrap_or_default();
            printer.trouble(&format!("{place}: {}", labels.message(finding)));
        }
    }
    any
}

fn table(records: &Records) -> Result<Vec<u8>, csv::Error> {
    let people = people::recognise(records);
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEADER)?;
    for (index, mention) in records.mentions.iter().enumerate() {
        let file = &records.files[mention.place.file.index()];
        let sheet = file
            .sheets
            .get(usize::from(mention.place.sheet))
            .map_or("", String::as_str);
        let person = &people.persons[people.best[index].index()];
        let probability = format!("{:.4}", people.certainty[index]);
        writer.write_record([
            &file.path,
            sheet,
            &mention.place.row.to_string(),
            &person.key,
            &probability,
        ])?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// Writes beside the target and moves in place, so that a full disk leaves the former file whole.
fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.persist(path)?;
    Ok(())
}
