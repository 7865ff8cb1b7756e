//! The pyramid of sex and age: a table with a bar to either side of each age band.

use std::fmt::Write as _;

use super::bars::{Found, breakdowns, cells, title};
use super::html::{bdi, block, escaped};
use crate::logframe::figures::Figure;
use crate::project::model::Subject;
use crate::report::sheets::disaggregation::note;
use crate::report::view::{View, capital, clean, codes_of};

/// Most pyramids that are drawn.
const MOST: usize = 2;
/// The two sides, with the class that gives them their colour.
const SIDES: [&str; 2] = ["female", "male"];
const UNKNOWN: &str = "unknown";

/// A breakdown by sex and age, cell by cell.
struct Pyramid<'v> {
    view: &'v View<'v>,
    found: Found<'v>,
    /// Which of the two subjects is the sex, which the age.
    sex: usize,
    age: usize,
    /// Codes of sex and band with their figure.
    cells: Vec<(&'v str, &'v str, &'v Figure)>,
}

/// Women and girls against men and boys by age, for the first indicators that are broken down by both at once.
pub(super) fn pyramids(view: &View) -> Vec<String> {
    let found = breakdowns(view).into_iter();
    let pyramids = found.filter_map(|found| Pyramid::new(view, found)?.figure());
    pyramids.take(MOST).collect()
}

impl<'v> Pyramid<'v> {
    fn new(view: &'v View<'v>, found: Found<'v>) -> Option<Self> {
        let at = |wanted: fn(&Subject) -> bool| found.3.by.iter().position(wanted);
        let sex = at(|subject| matches!(subject, Subject::Attribute(key) if key == "sex"))?;
        let age = at(|subject| matches!(subject, Subject::Age(_)))?;
        if found.3.by.len() != 2 {
            return None;
        }
        let coded = cells(view, found).0.iter().filter_map(|cell| {
            let codes = codes_of(found.3, &cell.category);
            Some((*codes.get(sex)?, *codes.get(age)?, *cell))
        });
        Some(Self {
            view,
            found,
            sex,
            age,
            cells: coded.collect(),
        })
    }

    /// Age bands, the oldest on top, those of unknown age below.
    fn bands(&self) -> Vec<&'v str> {
        let mut bands: Vec<&str> = Vec::new();
        for (_, band, _) in &self.cells {
            if *band != UNKNOWN && !bands.contains(band) {
                bands.push(band);
            }
        }
        bands.reverse();
        if self.cells.iter().any(|(_, band, _)| *band == UNKNOWN) {
            bands.push(UNKNOWN);
        }
        bands
    }

    /// Sexes beside the two sides.
    fn others(&self) -> Vec<&'v str> {
        let mut others: Vec<&str> = Vec::new();
        for (sex, ..) in &self.cells {
            if !SIDES.contains(sex) && !others.contains(sex) {
                others.push(sex);
            }
        }
        others
    }

    fn cell(&self, sex: &str, band: &str) -> Option<&'v Figure> {
        let mut found = self.cells.iter().filter(|cell| (cell.0, cell.1) == (sex, band));
        found.next().map(|(.., figure)| *figure)
    }

    fn words(&self, sex: &str, band: &str) -> String {
        let figure = self.cell(sex, band);
        figure.map_or_else(String::new, |figure| self.view.value(figure.value, self.found.1))
    }

    fn name(&self, subject: usize, code: &str) -> String {
        let by = self.found.3.by.get(subject);
        by.and_then(|subject| self.view.category_of(subject, code))
            .unwrap_or_else(|| clean(code))
    }

    /// The highest figure of the two sides that may be seen.
    fn highest(&self) -> f64 {
        let sides = self.cells.iter().filter(|(sex, ..)| SIDES.contains(sex));
        sides.filter_map(|(.., cell)| cell.value.number()).fold(0.0, f64::max)
    }

    fn figure(&self) -> Option<String> {
        let (bands, others, highest) = (self.bands(), self.others(), self.highest());
        if highest <= 0.0 || bands.len() < 2 {
            return None;
        }
        let mut rows = String::new();
        for band in bands {
            let [left, right] = SIDES.map(|sex| self.side(sex, band, highest));
            let _ = write!(
                rows,
                "<tr>{left}<th scope=\"row\">{}</th>{right}",
                bdi(&self.name(self.age, band))
            );
            for other in &others {
                let _ = write!(rows, "<td class=\"n\">{}</td>", escaped(&self.words(other, band)));
            }
            rows.push_str("</tr>\n");
        }
        let view = self.view;
        let (figures, total) = cells(view, self.found);
        let note = note(figures, total, self.found.1.class).map_or("", |key| view.labels.get(key));
        Some(format!(
            "<figure class=\"chart bars pyramid\">\n<figcaption><h3 dir=\"auto\">{}</h3></figcaption>\n<table>\n{}<tbody>\n{rows}</tbody>\n</table>\n{}</figure>\n",
            escaped(&title(view, self.found.1, self.found.3)),
            self.heads(&others),
            block("p", "note", note)
        ))
    }

    fn heads(&self, others: &[&str]) -> String {
        let head = |class: &str, text: &str| {
            let text = escaped(&capital(text));
            format!("<th scope=\"col\" class=\"{class}\">{text}</th>")
        };
        let band = self.found.3.by.get(self.age).map(|subject| self.view.subject(subject));
        let mut heads = head(SIDES[0], &self.name(self.sex, SIDES[0]));
        heads.push_str(&head("band", &band.unwrap_or_default()));
        heads.push_str(&head(SIDES[1], &self.name(self.sex, SIDES[1])));
        for other in others {
            heads.push_str(&head("n", &self.name(self.sex, other)));
        }
        format!("<thead><tr>{heads}</tr></thead>\n")
    }

    /// One side of a band: its bar grows from the middle, its figure stands at the outer end.
    fn side(&self, sex: &str, band: &str, highest: f64) -> String {
        let words = escaped(&self.words(sex, band));
        let value = self.cell(sex, band).and_then(|figure| figure.value.number());
        let bar = value.map_or_else(String::new, |value| {
            let width = (value / highest).clamp(0.0, 1.0) * 100.0;
            let x = if sex == SIDES[0] { 100.0 - width } else { 0.0 };
            format!(
                "<svg class=\"bar\" role=\"img\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\"><title>{words}</title><rect class=\"{sex}\" x=\"{x:.1}\" width=\"{width:.1}\" height=\"10\"/></svg>"
            )
        });
        format!("<td class=\"side {sex}\"><div><b>{words}</b>{bar}</div></td>")
    }
}
