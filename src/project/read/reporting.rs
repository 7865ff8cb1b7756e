//! `[report]`, `[[place]]`, and what donors' formats ask of an indicator.

use std::collections::BTreeSet;

use crate::message::message;
use crate::project::diagnostic::Diagnostics;
use crate::project::keys_report::format;
use crate::project::model::{Area, ForDonors, Reporting};
use crate::project::node::{Node, View};

/// What donors' formats need to know of a project.
pub(super) fn reporting(file: &View<'_>, out: &mut Diagnostics) -> Reporting {
    let mut reporting = Reporting {
        places: places(file, out),
        ..Reporting::default()
    };
    let Some(table) = file.table("report") else {
        return reporting;
    };
    for code in table.texts("formats") {
        let new = format(&code).filter(|format| !reporting.formats.contains(format));
        reporting.formats.extend(new);
    }
    let text = |key: &str| table.text(key).unwrap_or_default();
    Reporting {
        country: country(&table, out),
        partner: table.localized("partner"),
        response_plan: table.localized("response-plan"),
        cluster: table.localized("cluster"),
        objective: table.localized("objective"),
        project_code: text("project-code"),
        iati_organisation: text("iati-organisation"),
        iati_organisation_type: text("iati-organisation-type"),
        iati_activity: text("iati-activity"),
        dhis2_org_unit: text("dhis2-org-unit"),
        ..reporting
    }
}

fn country(table: &View<'_>, out: &mut Diagnostics) -> String {
    let Some((node, code)) = table.get("country").and_then(|node| Some((node, node.text()?))) else {
        return String::new();
    };
    if code.len() != 2 || !code.chars().all(|letter| letter.is_ascii_uppercase()) {
        let help = message!("write its two capital letters: UA, ME, MD");
        out.note(
            node.file,
            node.span(),
            message!("`{code}` is no code of a country", code),
            help,
        );
    }
    code.to_owned()
}

fn places(file: &View<'_>, out: &mut Diagnostics) -> Vec<Area> {
    let tables = file.tables("place");
    let codes: BTreeSet<String> = tables.iter().filter_map(|table| table.text("code")).collect();
    let mut places: Vec<Area> = Vec::new();
    for table in tables {
        let (Some(name), Some(code)) = (table.text("name"), table.text("code")) else {
            continue;
        };
        if let Some(node) = table
            .get("code")
            .filter(|_| places.iter().any(|place| place.code == code))
        {
            let help = message!("give each place its own code");
            out.note(node.file, node.span(), message!("a second place `{code}`", code), help);
        }
        let within = table.text("within").unwrap_or_default();
        if let Some(node) = table.get("within").filter(|_| !codes.contains(&within)) {
            let help = message!("add a [[place]] with this code, or leave `within` out");
            out.note(
                node.file,
                node.span(),
                message!("no place has the code `{within}`", within),
                help,
            );
        }
        places.push(Area {
            name,
            also: table.texts("also"),
            code,
            level: table
                .small("level")
                .and_then(|level| u8::try_from(level).ok())
                .unwrap_or(1),
            within,
            dhis2: table.text("dhis2").unwrap_or_default(),
        });
    }
    places
}

/// What donors' formats ask of an indicator.
pub(super) fn for_donors(table: &View<'_>) -> ForDonors {
    let entries = |key: &str| table.get(key).map(Node::entries).unwrap_or_default();
    let text = |key: &str| table.text(key).unwrap_or_default();
    ForDonors {
        result: table.localized("result"),
        rationale: table.localized("rationale"),
        risk: table.localized("risk"),
        impact_weight: table.get("impact-weight").and_then(Node::number),
        explanations: entries("explain")
            .into_iter()
            .map(|(label, _, node)| (label.to_owned(), node.localized()))
            .collect(),
        cluster_activity: table.localized("cluster-activity"),
        cluster_indicator: table.localized("cluster-indicator"),
        hxl: text("hxl"),
        dhis2: text("dhis2"),
        dhis2_cells: entries("dhis2-cells")
            .into_iter()
            .filter_map(|(cell, _, node)| Some((cell.to_owned(), node.text()?.to_owned())))
            .collect(),
    }
}
