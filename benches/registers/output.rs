//! Registers as records, ready for recognition, and as files on disk.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use chrono::Datelike;
use tallyframe::ingest::records::{
    Birth as Born, Context, Fate, FileId, Identity, Mention, Place, Records, Row, RowId, SourceFile,
};

use super::attendance::ACTIVITIES;
use super::hand::{Birth, Written};
use super::names::Sex;
use super::{Entry, Registers};

impl Registers {
    /// The true person of each mention.
    pub(crate) fn truth(&self) -> Vec<u32> {
        let number = |entry: &Entry| u32::try_from(entry.person).expect("fewer people than 2^32");
        self.entries.iter().map(number).collect()
    }

    /// What reading the registers would yield, as far as recognition looks at it.
    pub(crate) fn records(&self) -> Records {
        let mut records = Records::default();
        records.files.push(SourceFile {
            path: "registers".to_owned(),
            sha256: String::new(),
            bytes: 0,
            format: "csv".to_owned(),
            sheets: vec![String::new()],
            source: Some(0),
            readable: true,
            print: tallyframe::ingest::records::Print::default(),
        });
        for entry in &self.entries {
            self.mention(entry, &mut records);
        }
        records
    }

    fn mention(&self, entry: &Entry, records: &mut Records) {
        let at = records.mentions.len();
        let row = u32::try_from(at + 2).expect("fewer rows than 2^32");
        let place = Place {
            file: FileId(0),
            sheet: 0,
            row,
            column: None,
        };
        let group = &self.groups[entry.group];
        let (activity, site) = (ACTIVITIES[group.activity].0, self.site(entry));
        let title = format!("{activity} {}", entry.group);
        let context = Context {
            activity: Some(records.texts.intern(activity)),
            site: Some(records.texts.intern(&site)),
            group: Some(records.texts.intern(&title)),
        };
        let identity = identity(entry, records);
        records.rows.push(Row {
            place,
            source: 0,
            fate: Fate::Counted,
            values: 0..0,
        });
        records.mentions.push(Mention {
            row: RowId::from(at),
            place,
            identity,
            group: entry.list,
            context,
            date: Some(entry.day),
            population: 0,
            informs: true,
        });
    }

    fn site(&self, entry: &Entry) -> String {
        let site = self.groups[entry.group].site;
        format!("Центр {}, {}", site + 1, settlement(self.site_home[site]))
    }

    /// Writes `raw/registers.csv`, `truth.csv` and a `project.toml` that counts unique people.
    pub(crate) fn save(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder.join("raw"))?;
        let mut table = io::BufWriter::new(fs::File::create(folder.join("raw/registers.csv"))?);
        let mut truth = io::BufWriter::new(fs::File::create(folder.join("truth.csv"))?);
        writeln!(
            table,
            "Дата;Захід;Локація;Група;ПІБ;Дата народження;Телефон;Стать;Населений пункт"
        )?;
        writeln!(truth, "row;person")?;
        for (row, entry) in (2..).zip(&self.entries) {
            let group = &self.groups[entry.group];
            let activity = ACTIVITIES[group.activity].0;
            let cells = [
                entry.day.format("%d.%m.%Y").to_string(),
                activity.to_owned(),
                self.site(entry),
                format!("{activity} {}", entry.group),
                entry.line.name.whole(),
                birth_cell(entry.line.birth),
                entry.line.phone.clone().unwrap_or_default(),
                entry.line.sex.map(sex_cell).unwrap_or_default().to_owned(),
                entry.line.settlement.map(settlement).unwrap_or_default(),
            ];
            writeln!(table, "{}", cells.map(|cell| quoted(&cell)).join(";"))?;
            writeln!(truth, "{row};{}", entry.person)?;
        }
        table.flush()?;
        truth.flush()?;
        fs::write(folder.join("project.toml"), project())
    }
}

impl Written {
    /// The name in one cell.
    pub(crate) fn whole(&self) -> String {
        match self {
            Written::Cell(name) => name.clone(),
            Written::Cells(surname, given, patronymic) if patronymic.is_empty() => format!("{surname} {given}"),
            Written::Cells(surname, given, patronymic) => format!("{surname} {given} {patronymic}"),
        }
    }
}

fn identity(entry: &Entry, records: &mut Records) -> Identity {
    let line = &entry.line;
    let mut text = |text: &str| {
        Some(text)
            .filter(|text| !text.trim().is_empty())
            .map(|text| records.texts.intern(text.trim()))
    };
    let mut identity = Identity {
        birth: match line.birth {
            Birth::None => Born::Unknown,
            Birth::Year(year) => Born::Year(year),
            Birth::Day(day) => Born::Date(day),
        },
        phone: line.phone.as_deref().and_then(&mut text),
        sex: line
            .sex
            .and_then(|sex| text(if sex == Sex::Female { "female" } else { "male" })),
        settlement: line.settlement.and_then(|at| text(&settlement(at))),
        ..Identity::default()
    };
    match &line.name {
        Written::Cell(name) => identity.full_name = text(name),
        Written::Cells(surname, given, patronymic) => {
            identity.surname = text(surname);
            identity.given_name = text(given);
            identity.patronymic = text(patronymic);
        }
    }
    identity
}

/// The name of a settlement.
pub(crate) fn settlement(at: usize) -> String {
    const NAMES: [&str; 12] = [
        "Балаклія",
        "Ізюм",
        "Лозова",
        "Чугуїв",
        "Первомайський",
        "Донець",
        "Савинці",
        "Вовчанськ",
        "Мерефа",
        "Люботин",
        "Зміїв",
        "Барвінкове",
    ];
    let name = NAMES[at % NAMES.len()];
    if at < NAMES.len() {
        name.to_owned()
    } else {
        format!("{name}-{}", at / NAMES.len() + 1)
    }
}

fn birth_cell(birth: Birth) -> String {
    match birth {
        Birth::None => String::new(),
        Birth::Year(year) => year.to_string(),
        Birth::Day(day) => format!("{:02}.{:02}.{}", day.day(), day.month(), day.year()),
    }
}

fn sex_cell(sex: Sex) -> &'static str {
    match sex {
        Sex::Female => "ж",
        Sex::Male => "ч",
    }
}

fn quoted(cell: &str) -> String {
    if cell.contains([';', '"', '\n']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

fn project() -> String {
    let activities = ACTIVITIES.iter().enumerate();
    let activities: String = activities
        .map(|(at, (name, _))| {
            [
                "\n[[activity]]\ncode = \"a",
                &at.to_string(),
                "\"\nname = \"",
                name,
                "\"\n",
            ]
            .concat()
        })
        .collect();
    format!(
        "[project]\ncode = \"registers\"\nname = \"Registers\"\nstart = 2026-01-01\nend = 2026-12-31\n{activities}\n\
         [[source]]\nfiles = \"raw/*.csv\"\n\n[[indicator]]\ncode = \"1\"\nuse = \"unique-reach\"\n"
    )
}
