//! How a value of each shape is written in a cell.

use crate::project::shape::Shape;

/// How a value is written in a cell.
#[derive(Debug, Clone, Copy)]
pub(super) enum Form<'s> {
    /// Plain text.
    Text,
    /// Plain text, with a column for each language.
    Words,
    /// Texts with `;` between them, where one text and a list of one mean the same.
    Texts,
    /// A number.
    Number,
    /// `yes` or `no`.
    YesNo,
    /// A day.
    Day,
    /// Values with `;` between them, always a list.
    List(&'s Shape),
    /// Keys and values as TOML.
    Table,
    /// Whichever of several fits.
    Either(&'s [Shape]),
}

/// How values of a shape are written.
pub(super) fn form(shape: &Shape) -> Form<'_> {
    match shape {
        Shape::Text | Shape::OneOf(_) => Form::Text,
        Shape::Words => Form::Words,
        Shape::Texts | Shape::SomeOf(_) => Form::Texts,
        Shape::Whole(..) | Shape::Number => Form::Number,
        Shape::YesNo => Form::YesNo,
        Shape::Date => Form::Day,
        Shape::ListOf(item) => Form::List(item),
        Shape::Tables(_) => Form::List(&Shape::Condition),
        Shape::MapOf(_) | Shape::Table(_) | Shape::Condition => Form::Table,
        Shape::Either(shapes) => Form::Either(shapes),
    }
}

impl Form<'_> {
    /// Whether a value may be a table.
    pub(super) fn takes_table(self) -> bool {
        match self {
            Self::Table => true,
            Self::Either(shapes) => shapes.iter().any(|shape| form(shape).takes_table()),
            Self::Text | Self::Words | Self::Texts | Self::Number | Self::YesNo | Self::Day | Self::List(_) => false,
        }
    }

    /// Whether a value may be a list.
    pub(super) fn takes_list(self) -> bool {
        match self {
            Self::Texts | Self::List(_) => true,
            Self::Either(shapes) => shapes.iter().any(|shape| form(shape).takes_list()),
            Self::Text | Self::Words | Self::Number | Self::YesNo | Self::Day | Self::Table => false,
        }
    }
}
