//! Which programmes there are to measure: how many contacts, in which format and layout.

use crate::registers::noise::Noise;

/// How raw files are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// Workbooks.
    Xlsx,
    /// Text with semicolons.
    Csv,
}

impl Format {
    /// All of them.
    pub(crate) const ALL: [Self; 2] = [Self::Xlsx, Self::Csv];

    /// How file names end.
    pub(crate) fn extension(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
        }
    }

    /// The format of an ending.
    pub(crate) fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.extension() == word)
    }
}

/// How attendance is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// A row per contact.
    List,
    /// A row per person, group and month; a column per day.
    Register,
}

impl Layout {
    /// All of them.
    pub(crate) const ALL: [Self; 2] = [Self::List, Self::Register];

    /// Its word on the command line.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Register => "register",
        }
    }

    /// The layout of a word.
    pub(crate) fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|layout| layout.word() == word)
    }
}

/// Contacts with words for names of folders.
const SIZES: [(usize, &str, &str); 4] = [
    (5_000, "5k", "five-thousand"),
    (100_000, "100k", "hundred-thousand"),
    (1_000_000, "1m", "million"),
    (10_000_000, "10m", "ten-million"),
];

/// A programme to make.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Set {
    /// How many contacts, exactly.
    pub(crate) contacts: usize,
    /// How files are written.
    pub(crate) format: Format,
    /// How attendance is written down.
    pub(crate) layout: Layout,
    /// How badly people are written down.
    pub(crate) noise: Noise,
    /// Seed of chance.
    pub(crate) seed: u64,
}

impl Set {
    /// The set with this name for its folder, such as `million-xlsx` or `hundred-thousand-csv-register`.
    pub(crate) fn named(name: &str, noise: Noise, seed: u64) -> Option<Self> {
        let (rest, layout) = match name.strip_suffix("-register") {
            Some(rest) => (rest, Layout::Register),
            None => (name, Layout::List),
        };
        let (size, extension) = rest.rsplit_once('-')?;
        let format = Format::named(extension)?;
        Some(Self {
            contacts: contacts(size)?,
            format,
            layout,
            noise,
            seed,
        })
    }

    /// Name of its folder.
    pub(crate) fn name(&self) -> String {
        let size = SIZES.iter().find(|(contacts, _, _)| *contacts == self.contacts);
        let size = size.map_or_else(|| self.contacts.to_string(), |(_, _, name)| (*name).to_owned());
        let layout = match self.layout {
            Layout::List => "",
            Layout::Register => "-register",
        };
        let noise = match self.noise.name {
            "light" => String::new(),
            other => format!("-{other}"),
        };
        format!("{size}-{}{layout}{noise}", self.format.extension())
    }

    /// How many people: everybody comes five times, on average.
    pub(crate) fn people(&self) -> usize {
        self.contacts / 5
    }

    /// How many sites, so that small programmes still hold whole groups.
    pub(crate) fn sites(&self) -> usize {
        (self.contacts / 5_000).clamp(1, 40)
    }

    /// How many regions, each with a file a month.
    pub(crate) fn regions(&self) -> usize {
        self.sites().min(5)
    }
}

/// Contacts by a word such as `100k`, `million` or `250000`.
pub(crate) fn contacts(word: &str) -> Option<usize> {
    let known = SIZES.iter().find(|(_, short, name)| [*short, *name].contains(&word));
    known.map_or_else(
        || word.replace('_', "").parse().ok(),
        |(contacts, _, _)| Some(*contacts),
    )
}
