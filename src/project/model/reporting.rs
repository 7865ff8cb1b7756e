//! What donors' formats need beside the figures: identifiers, places with their codes, words of the results chain.

use std::collections::BTreeMap;

use super::Localized;

/// A layout that a donor prescribes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Indicator performance tracking table with a change log.
    Iptt,
    /// EU logframe.
    EuLogframe,
    /// FCDO logframe.
    FcdoLogframe,
    /// UN partner report with a row of HXL tags.
    UnPartner,
    /// Monthly activity progress by place, sex, age and disability.
    ActivityProgress,
    /// Indicator reference sheets.
    Pirs,
    /// IATI 2.03 results.
    Iati,
    /// HXL-tagged CSV.
    Hxl,
    /// DHIS2 dataValueSets.
    Dhis2,
}

impl Format {
    /// Every format, in the order in which they are told.
    pub const ALL: [Format; 9] = [
        Format::Iptt,
        Format::EuLogframe,
        Format::FcdoLogframe,
        Format::UnPartner,
        Format::ActivityProgress,
        Format::Pirs,
        Format::Iati,
        Format::Hxl,
        Format::Dhis2,
    ];

    /// Code in definitions and on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Format::Iptt => "iptt",
            Format::EuLogframe => "eu-logframe",
            Format::FcdoLogframe => "fcdo-logframe",
            Format::UnPartner => "un-partner",
            Format::ActivityProgress => "activity-progress",
            Format::Pirs => "pirs",
            Format::Iati => "iati",
            Format::Hxl => "hxl",
            Format::Dhis2 => "dhis2",
        }
    }

    /// The format of a code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.code() == code)
    }
}

/// What donors' formats need to know of a project.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reporting {
    /// Formats written with every run.
    pub formats: Vec<Format>,
    /// Country by its two letters (ISO 3166-1).
    pub country: String,
    /// Partner that carries out the work, where it is not the organisation itself.
    pub partner: Localized,
    /// Response plan that the project belongs to.
    pub response_plan: Localized,
    /// Cluster or area of responsibility.
    pub cluster: Localized,
    /// The cluster's objective.
    pub objective: Localized,
    /// The donor's or the cluster's code of the project.
    pub project_code: String,
    /// Reference of the reporting organisation in IATI.
    pub iati_organisation: String,
    /// Code of the reporting organisation's type in IATI's list (22 = national NGO).
    pub iati_organisation_type: String,
    /// Identifier of the activity in IATI.
    pub iati_activity: String,
    /// Organisation unit in DHIS2 of figures that belong to no place.
    pub dhis2_org_unit: String,
    /// Places by name, with codes and the places around them.
    pub places: Vec<Area>,
}

/// A place on the map of administrations.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Area {
    /// Name in reports.
    pub name: String,
    /// How the raw files write it, besides the name: sites, settlements.
    pub also: Vec<String>,
    /// P-code.
    pub code: String,
    /// Administrative level: 1 (oblast) to 5.
    pub level: u8,
    /// Code of the place it lies in.
    pub within: String,
    /// Organisation unit in DHIS2.
    pub dhis2: String,
}

impl Reporting {
    /// The place that raw files write as `name`, compared without regard to case.
    pub fn place(&self, name: &str) -> Option<&Area> {
        let wanted = name.trim().to_lowercase();
        self.places.iter().find(|place| {
            let mut names = place.also.iter().chain([&place.name]);
            names.any(|known| known.to_lowercase() == wanted)
        })
    }

    /// A place and those it lies in, the smallest first; a circle of places ends where it closes.
    pub fn around<'a>(&'a self, place: &'a Area) -> Vec<&'a Area> {
        let mut chain = vec![place];
        while let Some(wider) = chain.last().and_then(|last| self.by_code(&last.within)) {
            if chain.contains(&wider) {
                break;
            }
            chain.push(wider);
        }
        chain
    }

    fn by_code(&self, code: &str) -> Option<&Area> {
        self.places.iter().find(|place| !code.is_empty() && place.code == code)
    }
}

/// What donors' formats say of an indicator beside its figures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ForDonors {
    /// The result that the indicator measures, in words.
    pub result: Localized,
    /// Why it was chosen, and its targets.
    pub rationale: Localized,
    /// Risk to the result.
    pub risk: Localized,
    /// Share of the output in the impact, in per cent.
    pub impact_weight: Option<f64>,
    /// Why a figure lies beyond the tolerance, by period label.
    pub explanations: BTreeMap<String, Localized>,
    /// Name of the activity in the cluster's list.
    pub cluster_activity: Localized,
    /// Name of the indicator in the cluster's list.
    pub cluster_indicator: Localized,
    /// HXL tag of the value, where it is another than the unit tells.
    pub hxl: String,
    /// Data element in DHIS2.
    pub dhis2: String,
    /// Category option combinations in DHIS2: `breakdown=category` → identifier.
    pub dhis2_cells: BTreeMap<String, String>,
}
