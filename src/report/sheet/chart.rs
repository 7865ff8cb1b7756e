//! Charts as plain data: what is drawn from which cells, and where.

/// A rectangle of cells, ends included, 0-based.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellRange {
    /// Sheet name.
    pub sheet: String,
    /// First row.
    pub first_row: u32,
    /// First column.
    pub first_column: u16,
    /// Last row.
    pub last_row: u32,
    /// Last column.
    pub last_column: u16,
}

/// Kind of a chart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ChartKind {
    /// Bars lying on their side, in the order of the rows.
    Bars,
    /// Bars to both sides of an axis, the values of the left side negative.
    Pyramid,
    /// Upright columns.
    #[default]
    Columns,
    /// Upright columns, series on top of each other.
    StackedColumns,
    /// A line.
    Line,
}

/// Colour of a series, by what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// The main thing shown.
    Main,
    /// What is new.
    New,
    /// What is compared with.
    Quiet,
    /// What was due: a dashed line.
    Due,
    /// The other side, pale enough for a number to be read on it.
    Other,
}

/// A series of a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// Name in the legend.
    pub name: String,
    /// Labels of the points.
    pub categories: CellRange,
    /// Values of the points.
    pub values: CellRange,
    /// Colour.
    pub tone: Tone,
}

/// A native chart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChartModel {
    /// Kind.
    pub kind: ChartKind,
    /// Title.
    pub title: String,
    /// Series.
    pub series: Vec<Series>,
    /// 0-based row of the upper left corner.
    pub row: u32,
    /// 0-based column of the upper left corner.
    pub column: u16,
    /// Pixels to the right of that corner.
    pub offset: u32,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// End of the values' axis, where it is not to be chosen by the program.
    pub top: Option<u32>,
}
