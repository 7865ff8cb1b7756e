//! The page as a whole: its figures, what it hides, what can stand in it.

use super::*;
use crate::logframe::figures::{Figures, Value};
use crate::people::facts::Facts;
use crate::project::model::Localized;
use crate::report::fixture::{self, World};
use crate::report::labels::MISSING;
use crate::report::sheets::sheets;

fn shown(world: &World, lang: &str) -> String {
    let report = world.report(lang);
    page(&report, &sheets(&report), "0123456789abcdef")
}

/// What a reader sees: the page without its tags and its style.
fn text(page: &str) -> String {
    let body = page.split_once("<body>").map_or(page, |(_, body)| body);
    let mut text = String::new();
    let mut inside = false;
    for sign in body.chars() {
        match sign {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            sign if !inside => text.push(sign),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every element that is opened is closed, in order; attributes stand in quotes.
fn well_formed(page: &str) {
    const VOID: [&str; 5] = ["meta", "br", "rect", "line", "circle"];
    let mut open: Vec<&str> = Vec::new();
    let body = page.split_once("</style>").map_or(page, |(_, rest)| rest);
    for piece in body.split('<').skip(1) {
        let (tag, _) = piece.split_once('>').expect("a tag ends");
        assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
        if let Some(name) = tag.strip_prefix('/') {
            let last = open.pop();
            if name == "head" && last.is_none() {
                continue;
            }
            assert!(
                last == Some(name) || (name == "html" && last.is_none()),
                "{name} closes {last:?}"
            );
        } else if !tag.ends_with('/') {
            let name = tag.split(' ').next().unwrap_or(tag);
            if !VOID.contains(&name) {
                open.push(name);
            }
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn the_figures_of_the_page_are_those_of_the_report() {
    let world = fixture::world();
    for (lang, figures) in [
        (
            "en",
            ["5,532", "51.1 %", "6 persons", "60 % of the target", "5 – 7", "behind"],
        ),
        ("uk", ["5 532", "51,1 %", "6 осіб", "60 % цілі", "5 – 7", "відстає"]),
    ] {
        let page = shown(&world, lang);
        well_formed(&page);
        let text = text(&page).replace(['\u{a0}', '\u{202f}'], " ");
        for figure in figures {
            let figure = figure.replace(" persons", "").replace(" осіб", "");
            assert!(text.contains(&figure), "{figure} in {lang}: {text}");
        }
        assert!(!page.contains(MISSING), "{lang}");
        assert!(page.contains(&format!("<html lang=\"{lang}\">")));
        for unwanted in ["<script", "http://", "https://", "@import", "url(", "<img", "<link"] {
            assert!(!page.contains(unwanted), "{unwanted}");
        }
    }
    assert!(shown(&world, "en") == shown(&world, "en"));
}

#[test]
fn texts_of_definitions_are_no_markup_and_keep_their_direction() {
    let mut world = fixture::world();
    let text = "<script>alert('x')</script> & \"q\" \u{1b}[2J\u{202e} مرحبا 😀";
    world.project.name = Localized::same(text);
    for indicator in &mut world.project.indicators {
        indicator.statement = Localized::same(format!("{text} {}", "слово ".repeat(400)));
        indicator.code = "<b onclick=\"\">".to_owned();
    }
    let page = shown(&world, "uk");
    well_formed(&page);
    assert!(!page.contains("<script") && !page.contains("<b onclick") && !page.contains('\u{1b}'));
    assert!(!page.contains('\u{202e}'));
    assert!(page.contains("<h1 dir=\"auto\">&lt;script&gt;"));
    assert!(page.contains("مرحبا 😀"));
}

#[test]
fn nothing_tells_a_hidden_figure() {
    let mut world = fixture::world();
    world.project.settings.small_numbers = 2000;
    for figure in &mut world.figures.figures {
        figure.value = Value::Suppressed;
        (figure.low, figure.high) = (Some(4242.0), Some(4343.0));
        figure.achieved = figure.achieved.map(|_| 77.0);
    }
    let page = shown(&world, "en");
    well_formed(&page);
    let text = text(&page);
    assert!(text.contains("•"));
    for told in ["4,242", "4,343", "77", "▼", "✓", "5,532", "51.1"] {
        assert!(!text.contains(told), "{told}: {text}");
    }
    let bars = page.matches("class=\"bar\"").count();
    assert_eq!(bars, 0, "no bar has a height that tells");
}

#[test]
fn a_report_without_data_is_a_whole_page() {
    let mut world = fixture::world();
    world.facts = Facts::default();
    world.figures = Figures::default();
    let page = shown(&world, "en");
    well_formed(&page);
    assert!(text(&page).contains("No data for this period"));
    world.project.indicators.clear();
    world.project.name = Localized::default();
    let page = shown(&world, "uk");
    well_formed(&page);
    assert!(page.contains("<h1"));
}

#[test]
fn headings_go_down_one_step_at_a_time() {
    let page = shown(&fixture::world(), "en");
    let levels: Vec<u32> = page
        .match_indices("<h")
        .filter_map(|(at, _)| page[at + 2..].chars().next()?.to_digit(10))
        .collect();
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
}

#[test]
fn three_hundred_indicators_and_sixty_periods_are_a_page() {
    let mut world = fixture::world();
    let one = world.project.indicators[1].clone();
    world.project.indicators = std::iter::repeat_n(one, 300).collect();
    let page = shown(&world, "en");
    well_formed(&page);
    assert_eq!(page.matches("<tr class=\"main\">").count(), 300);
}
