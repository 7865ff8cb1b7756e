//! Good files: registers, lists, logs and registries made here in six languages, and small pieces of the samples.

use chrono::NaiveTime;
use tallyframe::ingest::table::{Cell, Workbook};
use tallyframe::ingest::workbook;

use crate::base::{CAME, EN, ES, LANGUAGES, Language, RO, RU, UK, day, days, number, plain, register, sheet, text};
use crate::support::repository;

/// A row of a sheet.
type Row = Vec<Option<Cell>>;

/// A file that is read without a doubt.
pub(crate) struct Good {
    /// What to call it.
    pub(crate) shown: String,
    /// File name.
    pub(crate) name: String,
    /// What stands in it.
    pub(crate) workbook: Workbook,
    /// Whether its own sums hold every mark and every row against the others.
    pub(crate) summed: bool,
    /// What stands before a sum in its language.
    pub(crate) total: &'static str,
    /// What a note in its language says.
    pub(crate) note: &'static str,
}

/// Rows of a sample that are taken.
const ROWS: u32 = 60;
/// Sheets of a sample that are taken.
const SHEETS: usize = 2;

/// Words of a language that lists and logs need.
struct Words {
    present: &'static str,
    absent: &'static str,
    marks: [&'static str; 2],
    flag: &'static str,
    event: &'static str,
    coming: [&'static str; 2],
    heads: [&'static str; 3],
    sex: [&'static str; 3],
    birth: &'static str,
    phone: &'static str,
    settlement: &'static str,
    title: &'static str,
    signed: &'static str,
    note: &'static str,
}

fn words(language: &Language) -> Words {
    match language.name {
        name if name == UK.name => Words {
            present: "присутній",
            absent: "відсутній",
            marks: ["П", "Н"],
            flag: "Присутність",
            event: "Подія",
            coming: ["Час приходу", "Час виходу"],
            heads: ["Жінок", "Чоловіків", "Всього учасників"],
            sex: ["Стать", "ж", "ч"],
            birth: "Дата народження",
            phone: "Телефон",
            settlement: "Населений пункт",
            title: "Журнал відвідування групових занять",
            signed: "Відповідальна особа ____________",
            note: "Заняття перенесено за домовленістю з громадою",
        },
        name if name == RU.name => Words {
            present: "присутствовал",
            absent: "отсутствовал",
            marks: ["+", "н"],
            flag: "Присутствие",
            event: "Мероприятие",
            coming: ["Время прихода", "Время ухода"],
            heads: ["Женщин", "Мужчин", "Всего участников"],
            sex: ["Пол", "ж", "м"],
            birth: "Дата рождения",
            phone: "Телефон",
            settlement: "Населённый пункт",
            title: "Журнал посещения групповых занятий",
            signed: "Ответственное лицо ____________",
            note: "Занятие перенесено по договорённости с общиной",
        },
        name if name == EN.name => Words {
            present: "Present",
            absent: "Absent",
            marks: ["P", "A"],
            flag: "Attended",
            event: "Event",
            coming: ["Time in", "Time out"],
            heads: ["Women", "Men", "Total participants"],
            sex: ["Sex", "F", "M"],
            birth: "Date of birth",
            phone: "Phone",
            settlement: "Settlement",
            title: "Attendance register of group sessions",
            signed: "Responsible person ____________",
            note: "The session was moved at the request of the community",
        },
        name if name == RO.name => Words {
            present: "prezent",
            absent: "absent",
            marks: ["P", "A"],
            flag: "Prezență",
            event: "Activitate",
            coming: ["Ora sosirii", "Ora plecării"],
            heads: ["Femei", "Bărbați", "Total participanți"],
            sex: ["Sex", "F", "M"],
            birth: "Data nașterii",
            phone: "Telefon",
            settlement: "Localitatea",
            title: "Registru de prezență la ședințele de grup",
            signed: "Persoana responsabilă ____________",
            note: "Ședința a fost mutată la cererea comunității",
        },
        name if name == ES.name => Words {
            present: "presente",
            absent: "ausente",
            marks: ["A", "F"],
            flag: "Asistencia",
            event: "Actividad",
            coming: ["Hora de entrada", "Hora de salida"],
            heads: ["Mujeres", "Hombres", "Total de participantes"],
            sex: ["Sexo", "F", "M"],
            birth: "Fecha de nacimiento",
            phone: "Teléfono",
            settlement: "Localidad",
            title: "Registro de asistencia a las sesiones de grupo",
            signed: "Persona responsable ____________",
            note: "La sesión se trasladó a petición de la comunidad",
        },
        _ => Words {
            present: "présent",
            absent: "absent",
            marks: ["P", "A"],
            flag: "Présence",
            event: "Activité",
            coming: ["Heure d'arrivée", "Heure de départ"],
            heads: ["Femmes", "Hommes", "Total des participants"],
            sex: ["Sexe", "F", "H"],
            birth: "Date de naissance",
            phone: "Téléphone",
            settlement: "Localité",
            title: "Registre de présence aux séances de groupe",
            signed: "Personne responsable ____________",
            note: "La séance a été déplacée à la demande de la communauté",
        },
    }
}

fn made(language: &Language, shown: &str, rows: Vec<Row>) -> Good {
    Good {
        shown: format!("{shown} in {}", language.name),
        name: "file.xlsx".to_owned(),
        workbook: Workbook {
            sheets: vec![sheet("Sheet1", rows)],
            ..Workbook::default()
        },
        summed: false,
        total: language.total,
        note: words(language).note,
    }
}

/// Registers of every language.
pub(crate) fn registers() -> Vec<Good> {
    LANGUAGES
        .into_iter()
        .flat_map(|language| {
            let [yes, no] = words(language).marks;
            let text_days = days().map(|day| text(&day.format("%d.%m.%Y").to_string()));
            [
                made(language, "plain register", plain(language)),
                made(
                    language,
                    "register of two marks",
                    register(language, days().map(day), yes, no),
                ),
                made(
                    language,
                    "register with texts around",
                    framed(language, register(language, text_days, "+", "-")),
                ),
                Good {
                    summed: true,
                    ..made(language, "register with sums", summed(language))
                },
            ]
        })
        .collect()
}

/// A title and a line for a date above, a signature below.
fn framed(language: &Language, rows: Vec<Row>) -> Vec<Row> {
    let words = words(language);
    let mut all = vec![vec![text(words.title)], Vec::new()];
    all.extend(rows);
    all.extend([Vec::new(), vec![None, text(words.signed)]]);
    all
}

/// Sums of every row and of every column.
fn summed(language: &Language) -> Vec<Row> {
    let mut rows = plain(language);
    rows[0].push(text(language.total));
    for (row, came) in rows.iter_mut().skip(1).zip(CAME) {
        row.push(number(came.iter().filter(|came| **came).count() as f64));
    }
    let mut sums = vec![None, text(language.total)];
    let of = |at: usize| CAME.iter().filter(|came| came[at]).count() as f64;
    sums.extend((0..4).map(|at| number(of(at))));
    sums.push(number((0..4).map(of).sum()));
    rows.push(sums);
    rows
}

/// Lists, logs and registries of every language.
pub(crate) fn lists() -> Vec<Good> {
    LANGUAGES
        .into_iter()
        .flat_map(|language| {
            [
                made(language, "list", list(language)),
                made(language, "list with flags", flagged(language)),
                made(language, "access log", times(language)),
                made(language, "event log", events(language)),
                made(language, "registry", registry(language)),
            ]
        })
        .collect()
}

/// Everybody who was expected on each day: day, person, whether she came.
fn expected(language: &'static Language) -> impl Iterator<Item = (Vec<Option<Cell>>, usize, bool)> {
    days().into_iter().enumerate().flat_map(move |(at, date)| {
        (0..6).map(move |person| (vec![day(date), text(language.people[person])], person, CAME[person][at]))
    })
}

fn headed(language: &Language, headings: &[&str], rows: impl Iterator<Item = Row>) -> Vec<Row> {
    let mut all = vec![vec![text(language.date), text(language.name)]];
    all[0].extend(headings.iter().map(|heading| text(heading)));
    all.extend(rows);
    all
}

fn list(language: &'static Language) -> Vec<Row> {
    let words = words(language);
    let [sex, woman, man] = words.sex;
    let came = expected(language)
        .filter(|(_, _, came)| *came)
        .map(|(mut row, person, _)| {
            row.push(text(if person % 2 == 0 { woman } else { man }));
            row
        });
    headed(language, &[sex], came)
}

fn flagged(language: &'static Language) -> Vec<Row> {
    let words = words(language);
    let all = expected(language).map(|(mut row, _, came)| {
        row.push(text(if came { words.present } else { words.absent }));
        row
    });
    headed(language, &[words.flag], all)
}

fn times(language: &'static Language) -> Vec<Row> {
    let came = expected(language)
        .filter(|(_, _, came)| *came)
        .map(|(mut row, person, _)| {
            row.extend([clock(9, person), clock(16, person)]);
            row
        });
    headed(language, &words(language).coming, came)
}

#[expect(clippy::unnecessary_wraps, reason = "a cell of a row, where others are empty")]
fn clock(hour: u32, minute: usize) -> Option<Cell> {
    let midnight = chrono::NaiveDate::from_ymd_opt(1899, 12, 31).expect("the day before the first");
    let minute = u32::try_from(minute).expect("a minute");
    Some(Cell::DateTime {
        at: midnight.and_time(NaiveTime::from_hms_opt(hour, minute, 0).expect("a time of day")),
        serial: None,
    })
}

fn events(language: &Language) -> Vec<Row> {
    let words = words(language);
    let [women, men, all] = words.heads;
    let mut rows = vec![vec![
        text(language.date),
        text(words.event),
        text(women),
        text(men),
        text(all),
    ]];
    for (at, date) in days().into_iter().enumerate() {
        let women = at as f64 + 4.0;
        let title = format!("{} {}", words.title, at + 1);
        rows.push(vec![
            day(date),
            text(&title),
            number(women),
            number(2.0),
            number(women + 2.0),
        ]);
    }
    rows
}

fn registry(language: &Language) -> Vec<Row> {
    let words = words(language);
    let headings = [
        language.number,
        language.name,
        words.birth,
        words.phone,
        words.settlement,
    ];
    let mut rows = vec![headings.map(text).to_vec()];
    for (at, person) in language.people.iter().enumerate() {
        let born = chrono::NaiveDate::from_ymd_opt(1970 + 3 * i32::try_from(at).unwrap_or(0), 5, 14).expect("a day");
        let phone = format!("067123450{at}");
        rows.push(vec![
            number(at as f64 + 1.0),
            text(person),
            day(born),
            text(&phone),
            text("Balta"),
        ]);
    }
    rows
}

/// Small pieces of the samples.
const SAMPLES: [&str; 15] = [
    "balakliya/raw/Групові консультації 2026.xlsx",
    "balakliya/raw/Дозвілля/Дозвілля_04_2026.xlsx",
    "balakliya/raw/Журнал профілактичних заходів.xlsx",
    "balakliya/raw/Індивідуальні консультації.xlsx",
    "balakliya/raw/Освітні послуги 2026.csv",
    "balakliya/raw/Реєстр клієнтів.xlsx",
    "kyiv/raw/Ведення випадку.xls",
    "kyiv/raw/МБ/МБ-4.ods",
    "mothers/raw/Grupe samopodrške.ods",
    "mothers/raw/Individualne konsultacije.csv",
    "mothers/raw/Obuke 2022-2023.xlsx",
    "mothers/raw/Prijemni list.xlsx",
    "resilience/raw/Resilience_centres_visit_form_-_all_versions_-_xml_values_-_2024-09-05.xlsx",
    "training/raw/Лист присутності 22-23.10.2025.xlsx",
    "training/raw/Тестування.csv",
];

/// The first rows of the first sheets of files of the samples.
pub(crate) fn samples() -> Vec<Good> {
    SAMPLES
        .iter()
        .map(|path| {
            let mut workbook = workbook::open(&repository("samples").join(path)).expect("a sample");
            workbook.sheets.truncate(SHEETS);
            for sheet in &mut workbook.sheets {
                sheet.rows.retain(|row| row.number <= ROWS);
                sheet.merges.retain(|merge| merge.bottom <= ROWS);
            }
            let name = path.rsplit('/').next().unwrap_or(path);
            let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            let extension = if workbook.format == "csv" { "csv" } else { "xlsx" };
            let cyrillic = !path.starts_with("mothers") && !path.starts_with("resilience");
            let language = if cyrillic { &UK } else { &EN };
            Good {
                shown: name.to_owned(),
                name: format!("{stem}.{extension}"),
                workbook,
                summed: false,
                total: language.total,
                note: words(language).note,
            }
        })
        .collect()
}
