//! Contacts and people by month and of the year: as they truly are, and as a report tells them.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

/// Contacts and different people by period.
pub(super) type Figures = BTreeMap<String, (u64, u64)>;

/// Prints the periods whose contacts come out otherwise than they truly are.
pub(super) fn check_contacts(folder: &Path, report: &Path) -> Result<(), Box<dyn Error>> {
    let told = told_by(report)?;
    for (period, (contacts, _)) in known(folder)? {
        let found = told.get(&period).map_or(0, |(contacts, _)| *contacts);
        if found != contacts {
            let report = report.display();
            println!("{report}: {found} contacts in {period}, and truly there are {contacts}");
        }
    }
    Ok(())
}

/// The true figures, as the generator wrote them.
pub(super) fn known(folder: &Path) -> Result<Figures, Box<dyn Error>> {
    let mut figures = Figures::new();
    for row in csv::Reader::from_path(folder.join("known.csv"))?.deserialize() {
        let (period, contacts, people): (String, u64, u64) = row?;
        figures.insert(period, (contacts, people));
    }
    Ok(figures)
}

/// Totals of the indicators `1` and `2`, by month and of the year.
pub(super) fn told_by(report: &Path) -> Result<Figures, Box<dyn Error>> {
    let mut figures = Figures::new();
    let mut reader = csv::Reader::from_path(report.join("indicators.csv"))?;
    for row in reader.deserialize() {
        let row: BTreeMap<String, String> = row?;
        let cell = |column: &str| row.get(column).map(String::as_str).unwrap_or_default();
        let total = cell("scope") == "period" && cell("disaggregation").is_empty();
        let place = figures.entry(cell("period").to_owned()).or_default();
        match code(&row) {
            "1" if total => place.0 = cell("value").parse()?,
            "2" if total => place.1 = cell("value").parse()?,
            _ => {}
        }
    }
    Ok(figures)
}

/// The code; its heading stands behind a byte-order mark.
fn code(row: &BTreeMap<String, String>) -> &str {
    let code = row
        .iter()
        .find(|(column, _)| column.trim_start_matches('\u{feff}') == "code");
    code.map(|(_, code)| code.as_str()).unwrap_or_default()
}
