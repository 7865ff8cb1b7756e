//! Figures → workbook, CSV and terminal, in the reader's language.
