//! Columns, stacked columns and lines as inline SVG, each with a title, a description and its figures as a table.
//!
//! A value that is no number has no column and no point: its word stands in its place.

use std::fmt::Write as _;

use super::html::{cut, details, escaped, scrolled};
use crate::report::labels::Labels;

/// Most points that fit beside another chart; more take the whole width.
const NARROW: usize = 16;
const HEIGHT: f64 = 250.0;
/// Units that a letter of a label takes on average.
const LETTER: f64 = 6.3;
/// Letters of a label under a column.
const LABEL: usize = 16;
/// Labels that stand upright under their columns.
const UPRIGHT: usize = 6;

/// How the series of a chart are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Columns.
    Columns,
    /// Columns on top of each other.
    Stacked,
    /// Lines.
    Lines,
}

/// What a series means, which gives it its colour and pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paint {
    /// The main thing shown.
    Main,
    /// What is new.
    New,
    /// What is compared with.
    Quiet,
    /// What was due: a broken line.
    Goal,
}

impl Paint {
    pub(super) fn class(self) -> &'static str {
        match self {
            Paint::Main => "main",
            Paint::New => "new",
            Paint::Quiet => "quiet",
            Paint::Goal => "goal",
        }
    }
}

/// A value as a reader sees it and, where it may be drawn, as a number.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Point {
    pub(super) value: Option<f64>,
    pub(super) words: String,
}

/// One series.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Series {
    pub(super) name: String,
    pub(super) paint: Paint,
    pub(super) points: Vec<Point>,
}

/// A chart with its values.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Chart {
    pub(super) shape: Shape,
    pub(super) title: String,
    pub(super) categories: Vec<String>,
    pub(super) series: Vec<Series>,
}

impl Chart {
    /// Highest column or point.
    fn highest(&self) -> f64 {
        let value = |series: &Series, at: usize| series.points.get(at).and_then(|point| point.value).unwrap_or(0.0);
        let at_point = |at: usize| match self.shape {
            Shape::Stacked => self.series.iter().map(|series| value(series, at)).sum(),
            Shape::Columns | Shape::Lines => self.series.iter().map(|series| value(series, at)).fold(0.0, f64::max),
        };
        (0..self.categories.len()).map(at_point).fold(0.0, f64::max)
    }

    /// What a reader who can't see the chart is told: how many points, and the highest of the first series.
    fn description(&self, labels: &Labels) -> String {
        let ends = [self.categories.first(), self.categories.last()].map(|end| end.map_or("", String::as_str));
        let count = labels.whole(self.categories.len());
        let points = self.series.iter().take(1).flat_map(|series| &series.points);
        let highest = points
            .zip(&self.categories)
            .filter_map(|(point, at)| Some((point.value?, &point.words, at)))
            .reduce(|most, one| if one.0 > most.0 { one } else { most });
        let mut args = vec![("count", &*count), ("first", ends[0]), ("last", ends[1])];
        if let Some((_, words, at)) = highest {
            args.extend([("highest", words.as_str()), ("at", at.as_str())]);
        }
        labels.fill("page.chart_description", &args)
    }
}

/// The chart with its heading, legend and table; `number` tells it from the others of the page.
pub(super) fn figure(chart: &Chart, number: usize, labels: &Labels) -> String {
    let wide = chart.categories.len() > NARROW;
    let class = if wide { "chart wide" } else { "chart" };
    let drawing = format!("<div class=\"drawing\">\n{}</div>\n", svg(chart, number, wide, labels));
    let table = scrolled(&chart.title, &table(chart, labels));
    format!(
        "<figure class=\"{class}\">\n<figcaption><h3 dir=\"auto\">{}</h3>{}</figcaption>\n{drawing}{}</figure>\n",
        escaped(&chart.title),
        legend(chart),
        details("data", &escaped(labels.get("page.data")), &table)
    )
}

fn legend(chart: &Chart) -> String {
    if chart.series.len() < 2 {
        return String::new();
    }
    let mut shown = String::from("<p class=\"legend\">");
    // On top of the stack in the legend as in the drawing.
    for series in &chart.series {
        let mark = match (chart.shape, series.paint) {
            (Shape::Lines, paint) => format!(
                "<line class=\"line {}\" x1=\"0\" y1=\"6\" x2=\"22\" y2=\"6\"/>",
                paint.class()
            ),
            (Shape::Columns | Shape::Stacked, paint) => {
                format!("<rect class=\"{}\" x=\"5\" width=\"12\" height=\"12\"/>", paint.class())
            }
        };
        let _ = write!(
            shown,
            "<span><svg aria-hidden=\"true\" viewBox=\"0 0 22 12\" width=\"22\" height=\"12\">{mark}</svg> {}</span>",
            escaped(&series.name)
        );
    }
    shown + "</p>"
}

fn table(chart: &Chart, labels: &Labels) -> String {
    let mut rows = format!(
        "<table>\n<thead><tr><th scope=\"col\">{}</th>",
        escaped(labels.get("page.point"))
    );
    for series in &chart.series {
        let _ = write!(rows, "<th scope=\"col\" class=\"n\">{}</th>", escaped(&series.name));
    }
    rows.push_str("</tr></thead>\n<tbody>\n");
    for (at, category) in chart.categories.iter().enumerate() {
        let _ = write!(rows, "<tr><th scope=\"row\" dir=\"auto\">{}</th>", escaped(category));
        for series in &chart.series {
            let words = series.points.get(at).map_or("", |point| &point.words);
            let _ = write!(rows, "<td class=\"n\">{}</td>", escaped(words));
        }
        rows.push_str("</tr>\n");
    }
    rows + "</tbody>\n</table>\n"
}

/// Where things stand in a drawing.
struct Frame {
    width: f64,
    left: f64,
    top: f64,
    bottom: f64,
    count: usize,
    /// Value at the upper end of the axis.
    most: f64,
}

impl Frame {
    fn slot(&self) -> f64 {
        (self.width - self.left - 8.0) / self.count.max(1) as f64
    }

    fn x(&self, at: usize) -> f64 {
        self.left + (at as f64 + 0.5) * self.slot()
    }

    fn y(&self, value: f64) -> f64 {
        let share = (value / self.most).clamp(0.0, 1.0);
        self.bottom - share * (self.bottom - self.top)
    }
}

fn svg(chart: &Chart, number: usize, wide: bool, labels: &Labels) -> String {
    let (most, step) = axis(chart.highest());
    let ticks = ticks(most, step, labels);
    let widest = ticks.iter().map(|(_, words)| words.chars().count()).max().unwrap_or(1);
    let names: Vec<String> = chart.categories.iter().map(|name| cut(name, LABEL)).collect();
    let longest = names.iter().map(|name| name.chars().count()).max().unwrap_or(0);
    let slanted = names.len() > UPRIGHT;
    let below = if slanted { 22.0 + longest as f64 * 4.3 } else { 24.0 };
    let frame = Frame {
        width: if wide { 960.0 } else { 480.0 },
        left: 14.0 + widest as f64 * LETTER,
        top: 20.0,
        bottom: HEIGHT - below,
        count: names.len(),
        most,
    };
    let mut drawn = format!(
        "<svg role=\"img\" aria-labelledby=\"t{number} d{number}\" viewBox=\"0 0 {} {HEIGHT}\">\n<title id=\"t{number}\">{}</title>\n<desc id=\"d{number}\">{}</desc>\n",
        frame.width,
        escaped(&chart.title),
        escaped(&chart.description(labels))
    );
    for (value, words) in &ticks {
        let y = frame.y(*value);
        let _ = writeln!(
            drawn,
            "<line class=\"grid\" x1=\"{:.1}\" y1=\"{y:.1}\" x2=\"{:.1}\" y2=\"{y:.1}\"/><text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{words}</text>",
            frame.left,
            frame.width - 8.0,
            frame.left - 6.0,
            y + 4.0
        );
    }
    drawn.push_str(&match chart.shape {
        Shape::Columns | Shape::Stacked => columns(chart, &frame),
        Shape::Lines => lines(chart, &frame),
    });
    drawn.push_str(&axis_labels(&names, &frame, slanted));
    drawn + "</svg>\n"
}

/// The names under the points, slanted where they are many and thinned where they would touch.
fn axis_labels(names: &[String], frame: &Frame, slanted: bool) -> String {
    let mut drawn = String::new();
    let every = if slanted {
        (15.0 / frame.slot()).ceil().max(1.0)
    } else {
        1.0
    };
    for (at, name) in names.iter().enumerate() {
        if (at as f64) % every >= 0.5 {
            continue;
        }
        let (x, y) = (frame.x(at), frame.bottom + 15.0);
        let name = escaped(name);
        let _ = if slanted {
            writeln!(
                drawn,
                "<text x=\"{:.1}\" y=\"{y:.1}\" text-anchor=\"end\" transform=\"rotate(-40 {:.1} {y:.1})\">{name}</text>",
                x + 4.0,
                x + 4.0
            )
        } else {
            writeln!(
                drawn,
                "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"middle\">{name}</text>"
            )
        };
    }
    drawn
}

fn columns(chart: &Chart, frame: &Frame) -> String {
    let mut drawn = String::new();
    let width = (frame.slot() * 0.68).min(46.0);
    let fits = widest_words(chart) * LETTER <= frame.slot() + 3.0;
    for at in 0..chart.categories.len() {
        let mut below = 0.0;
        let left = frame.x(at) - width / 2.0;
        for series in &chart.series {
            let Some(point) = series.points.get(at) else { continue };
            let Some(value) = point.value else {
                drawn.push_str(&word(frame, at, frame.y(below) - 5.0, &point.words, fits, "word"));
                continue;
            };
            let (low, high) = (frame.y(below), frame.y(below + value.max(0.0)));
            if low > high {
                let _ = writeln!(
                    drawn,
                    "<rect class=\"{}\" x=\"{left:.1}\" y=\"{high:.1}\" width=\"{width:.1}\" height=\"{:.1}\"/>",
                    series.paint.class(),
                    low - high
                );
            }
            if chart.shape == Shape::Stacked {
                below += value.max(0.0);
            } else if fits {
                drawn.push_str(&word(frame, at, high - 5.0, &point.words, true, "value"));
            }
        }
    }
    drawn
}

fn lines(chart: &Chart, frame: &Frame) -> String {
    let mut drawn = String::new();
    for series in chart.series.iter().rev() {
        let class = series.paint.class();
        let places: Vec<Option<(f64, f64)>> = series
            .points
            .iter()
            .enumerate()
            .map(|(at, point)| Some((frame.x(at), frame.y(point.value?))))
            .collect();
        for run in places.split(Option::is_none) {
            let path: Vec<String> = run.iter().flatten().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
            if path.len() > 1 {
                let _ = writeln!(
                    drawn,
                    "<polyline class=\"line {class}\" points=\"{}\"/>",
                    path.join(" ")
                );
            }
        }
        if series.paint != Paint::Goal {
            drawn.push_str(&points(series, &places, frame));
        }
    }
    drawn
}

/// The points of a line; the first and the last are told, and every word that stands for a missing one.
fn points(series: &Series, places: &[Option<(f64, f64)>], frame: &Frame) -> String {
    let mut drawn = String::new();
    let last = places.iter().rposition(Option::is_some);
    for (at, (place, point)) in places.iter().zip(&series.points).enumerate() {
        match place {
            Some((x, y)) => {
                let class = series.paint.class();
                let _ = writeln!(drawn, "<circle class=\"{class}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\"/>");
                if Some(at) == last {
                    let room = frame.width - point.words.chars().count() as f64 * LETTER / 2.0;
                    let (x, y) = (x.min(room), (y - 8.0).max(12.0));
                    let words = escaped(&point.words);
                    let _ = writeln!(
                        drawn,
                        "<text class=\"value\" x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"middle\">{words}</text>"
                    );
                }
            }
            None => drawn.push_str(&word(frame, at, frame.bottom - 5.0, &point.words, false, "word")),
        }
    }
    drawn
}

fn widest_words(chart: &Chart) -> f64 {
    let words = chart.series.iter().flat_map(|series| &series.points);
    words.map(|point| point.words.chars().count()).max().unwrap_or(0) as f64
}

/// A word above a point; upright or, where it is too wide, turned.
fn word(frame: &Frame, at: usize, y: f64, words: &str, upright: bool, class: &str) -> String {
    if words.is_empty() {
        return String::new();
    }
    let (x, words) = (frame.x(at), escaped(words));
    if upright {
        format!("<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"middle\">{words}</text>\n")
    } else {
        let x = x + 4.0;
        format!(
            "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" transform=\"rotate(-90 {x:.1} {y:.1})\">{words}</text>\n"
        )
    }
}

/// Upper end and step of an axis that reaches at least `highest`, in round numbers.
fn axis(highest: f64) -> (f64, f64) {
    if highest <= 0.0 || !highest.is_finite() {
        return (1.0, 1.0);
    }
    let raw = highest / 5.0;
    let power = 10_f64.powf(raw.log10().floor());
    let round = [1.0, 2.0, 2.5, 5.0, 10.0].map(|factor| factor * power);
    let step = round.into_iter().find(|step| *step >= raw - 1e-9).unwrap_or(raw);
    let step = if highest >= 3.0 { step.max(1.0) } else { step };
    ((highest / step - 1e-9).ceil() * step, step)
}

fn ticks(most: f64, step: f64, labels: &Labels) -> Vec<(f64, String)> {
    let mut ticks = Vec::new();
    let mut value = 0.0;
    while value <= most + step / 2.0 && ticks.len() < 12 {
        ticks.push((value, labels.number(value, 2)));
        value += step;
    }
    ticks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(value: Option<f64>, words: &str) -> Point {
        Point {
            value,
            words: words.to_owned(),
        }
    }

    #[test]
    fn a_hidden_value_has_a_word_and_no_height() {
        let points = vec![point(Some(8.0), "8"), point(None, "•"), point(Some(2.0), "2")];
        for shape in [Shape::Columns, Shape::Stacked, Shape::Lines] {
            let chart = Chart {
                shape,
                title: "A".to_owned(),
                categories: ["x", "y", "z"].map(str::to_owned).into(),
                series: vec![Series {
                    name: "S".to_owned(),
                    paint: Paint::Main,
                    points: points.clone(),
                }],
            };
            let drawn = figure(&chart, 1, &Labels::load("en"));
            let marks = drawn.matches("<rect").count() + drawn.matches("<circle").count();
            assert_eq!(marks, 2, "{drawn}");
            assert_eq!(
                drawn.matches("•").count(),
                2,
                "in the drawing and in the table: {drawn}"
            );
        }
    }

    #[test]
    fn axes_end_on_round_numbers() {
        assert_eq!(axis(0.0), (1.0, 1.0));
        assert_eq!(axis(8.0), (8.0, 2.0));
        assert_eq!(axis(1019.0), (1250.0, 250.0));
        assert_eq!(axis(3.0), (3.0, 1.0));
    }
}
