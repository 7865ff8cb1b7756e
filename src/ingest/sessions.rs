//! Sessions: what makes two rows one session, and which signed list belongs to which line of a log.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use indexmap::IndexMap;

use ustr::{Ustr, UstrMap};

use super::records::{Place, RowId, Session, SessionId, TextId};
use super::rows::RawSession;
use super::vocabulary::{self, Vocabulary};

/// What tells one session from another. Words are compared after normalising.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct SessionKey {
    pub(crate) activity: TextId,
    pub(crate) population: u16,
    pub(crate) date: NaiveDate,
    /// Title, group, site, facilitator, number, hour, as far as they tell sessions apart.
    pub(crate) words: [String; 6],
    /// What the names of sheet and file tell, where nothing else tells sessions apart.
    pub(crate) named: String,
    /// Tells sessions apart that share everything else: columns of one register, rows that are sessions of their own.
    pub(crate) nth: u32,
}

/// Names of the session fields that a definition may list, in the order of [`SessionKey::words`].
pub(crate) const FIELDS: [&str; 6] = ["title", "group", "site", "facilitator", "number", "time"];

/// Words of sessions as they are compared, by what was written: the rows of a list say the same over and over.
#[derive(Debug, Default)]
pub(crate) struct Plain(UstrMap<String>);

impl Plain {
    /// The words of a row's session that tell it from others, by the fields that count (all of them by default).
    pub(crate) fn words(
        &mut self,
        session: &RawSession,
        only: Option<&[String]>,
        vocabulary: &Vocabulary,
    ) -> [String; 6] {
        let written = [
            &session.title,
            &session.group,
            &session.site,
            &session.facilitator,
            &session.number,
            &session.time,
        ];
        let mut words = [const { String::new() }; 6];
        for (index, word) in written.into_iter().enumerate() {
            let counts = only.is_none_or(|fields| fields.iter().any(|field| field == FIELDS[index]));
            if let (true, Some(word)) = (counts, word) {
                words[index].clone_from(self.plain(*word, vocabulary));
            }
        }
        words
    }

    fn plain(&mut self, word: Ustr, vocabulary: &Vocabulary) -> &String {
        self.0
            .entry(word)
            .or_insert_with(|| plain(&vocabulary.strip_settlement(&word)))
    }
}

/// Words without punctuation, so that "Яковенкове, бібліотека" and "Яковенкове (бібліотека)" are one place.
fn plain(text: &str) -> String {
    let text = vocabulary::normalise(text);
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

/// Sessions as they are met.
#[derive(Debug, Default)]
pub(crate) struct Sessions {
    by_key: IndexMap<SessionKey, Session>,
}

impl Sessions {
    /// The index of the session with this key.
    pub(crate) fn find(&self, key: &SessionKey) -> Option<usize> {
        self.by_key.get_index_of(key)
    }

    /// Adds a session that was not met before.
    pub(crate) fn add(&mut self, key: SessionKey, place: Place, mut session: Session) -> usize {
        session.places.push(place);
        self.by_key.insert_full(key, session).0
    }

    /// Notes where a known session is written, once a sheet.
    pub(crate) fn note_place(&mut self, index: usize, place: Place) {
        let places = &mut self.by_key[index].places;
        if !places
            .iter()
            .any(|known| (known.file, known.sheet) == (place.file, place.sheet))
        {
            places.push(place);
        }
    }

    /// A session met before.
    pub(crate) fn get_mut(&mut self, index: usize) -> &mut Session {
        &mut self.by_key[index]
    }

    /// Joins lists with log lines, sorts by day, activity and words, and tells the new id of each index.
    pub(crate) fn finish(self) -> Finished {
        let mut entries: Vec<(SessionKey, Session)> = self.by_key.into_iter().collect();
        let joined = join_lists_to_logs(&entries);
        for (list, log) in &joined {
            let (places, title, site) = {
                let list = &entries[*list].1;
                (list.places.clone(), list.title, list.site)
            };
            let log = &mut entries[*log].1;
            log.listed = true;
            log.places.extend(places);
            log.title = log.title.or(title);
            log.site = log.site.or(site);
        }
        let of_logs: HashSet<(TextId, u16)> = entries
            .iter()
            .filter(|(_, session)| session.log_row.is_some())
            .map(|(key, _)| (key.activity, key.population))
            .collect();
        let without_event = |index: usize| {
            let (key, session) = &entries[index];
            session.listed && session.log_row.is_none() && of_logs.contains(&(key.activity, key.population))
        };
        let target: HashMap<usize, usize> = joined.iter().copied().collect();
        let mut order: Vec<usize> = (0..entries.len()).filter(|index| !target.contains_key(index)).collect();
        let unlogged: Vec<usize> = order.iter().copied().filter(|index| without_event(*index)).collect();
        let rank = |index: usize| {
            let (key, session) = &entries[index];
            (key.date, key.activity, &key.words, &key.named, session.places[0])
        };
        order.sort_by(|a, b| rank(*a).cmp(&rank(*b)));
        let mut ids = vec![SessionId(0); entries.len()];
        for (id, index) in order.iter().enumerate() {
            ids[*index] = id.into();
        }
        for (list, log) in &joined {
            ids[*list] = ids[*log];
        }
        let without_event = unlogged.into_iter().map(|index| ids[index]).collect();
        let sessions = order.into_iter().map(|index| entries[index].1.clone()).collect();
        Finished {
            sessions,
            ids,
            without_event,
        }
    }
}

/// Sessions in their final order.
#[derive(Debug)]
pub(crate) struct Finished {
    /// The sessions.
    pub(crate) sessions: Vec<Session>,
    /// Index while reading → id.
    pub(crate) ids: Vec<SessionId>,
    /// Signed lists of a logged activity that no log line reports.
    pub(crate) without_event: Vec<SessionId>,
}

/// Which lists are which log lines: (list, log), best agreement first, one to one.
fn join_lists_to_logs(entries: &[(SessionKey, Session)]) -> Vec<(usize, usize)> {
    let mut logs: HashMap<(TextId, u16, NaiveDate), Vec<usize>> = HashMap::new();
    for (index, (key, session)) in entries.iter().enumerate() {
        if session.log_row.is_some() {
            logs.entry((key.activity, key.population, key.date))
                .or_default()
                .push(index);
        }
    }
    let mut pairs: Vec<(i32, usize, usize)> = Vec::new();
    for (list, (key, session)) in entries.iter().enumerate() {
        if session.log_row.is_some() || !session.listed {
            continue;
        }
        let same_day = logs
            .get(&(key.activity, key.population, key.date))
            .map(Vec::as_slice)
            .unwrap_or_default();
        for log in same_day {
            let words = &entries[*log].0.words;
            let named = i32::from(!words[2].is_empty() && words[2] == key.named);
            pairs.extend(agreement(&key.words, words).map(|score| (score + named, list, *log)));
        }
    }
    pairs.sort_by_key(|(score, list, log)| (-score, entries[*list].1.places[0], entries[*log].1.places[0]));
    let mut joined: Vec<(usize, usize)> = Vec::new();
    let mut taken: HashSet<usize> = HashSet::new();
    for (_, list, log) in pairs {
        // No session is both a list and a log line.
        if !taken.contains(&list) && !taken.contains(&log) {
            taken.extend([list, log]);
            joined.push((list, log));
        }
    }
    joined
}

/// How well a list and a log line of one day agree; `None` where they contradict each other.
fn agreement(list: &[String; 6], log: &[String; 6]) -> Option<i32> {
    let score = |index: usize, weight: i32| match (list[index].as_str(), log[index].as_str()) {
        ("", _) | (_, "") => 0,
        (a, b) if a == b => weight,
        _ => -weight,
    };
    let number = match (list[4].trim_start_matches('0'), log[4].trim_start_matches('0')) {
        ("", _) | (_, "") => 0,
        (a, b) if a == b => 4,
        _ => return None,
    };
    let total = score(0, 2) + score(1, 1) + score(2, 1) + score(5, 1) + number;
    (total >= 0).then_some(total)
}

/// A session before anything but its key is known.
pub(crate) fn blank(key: &SessionKey, source: usize, log_row: Option<RowId>) -> Session {
    Session {
        activity: key.activity,
        date: key.date,
        site: None,
        title: None,
        group: None,
        facilitator: None,
        number: None,
        population: key.population,
        source,
        places: Vec::new(),
        log_row,
        listed: log_row.is_none(),
        form: None,
        cycle: None,
    }
}
