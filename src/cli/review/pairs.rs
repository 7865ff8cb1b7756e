//! The undecided pairs of a project, those that move figures most first.

use std::collections::BTreeSet;

use crate::cli::pipeline::Computed;
use crate::ingest::records::MentionId;
use crate::logframe::{self, Question};
use crate::people::model::{People, Undecided};
use crate::report::private::{Pair, address, pair_id};

/// Every undecided pair, by how many published figures it moves, then by how near it is to a toss of a coin.
pub(crate) fn pairs(computed: &Computed) -> Vec<Pair> {
    let Computed {
        project,
        records,
        people,
        facts,
        request,
        figures,
        ..
    } = computed;
    let questions: Vec<Question> = people.undecided.iter().map(|pair| question(people, pair)).collect();
    let moved = logframe::moved(project, records, facts, request, figures, &questions);
    let mut told = BTreeSet::new();
    let mut pairs: Vec<Pair> = people
        .undecided
        .iter()
        .zip(moved)
        .filter(|(pair, _)| told.insert(ends(pair.link.a, pair.link.b)))
        .map(|(pair, moves)| {
            // The earlier place stands first, whichever side the link began with.
            let (a, b) = ends(pair.link.a, pair.link.b);
            Pair {
                id: id(computed, a, b),
                a,
                b,
                link: pair.link.clone(),
                joined: pair.joined,
                moves,
            }
        })
        .collect();
    let doubt = |pair: &Pair| (pair.link.probability - 0.5).abs();
    pairs.sort_by(|one, two| {
        let by_moves = two.moves.len().cmp(&one.moves.len());
        by_moves
            .then_with(|| doubt(one).total_cmp(&doubt(two)))
            .then_with(|| (one.a, one.b).cmp(&(two.a, two.b)))
    });
    pairs
}

/// Which pairs are put before somebody.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Choice {
    /// Also those that somebody looked at and could not decide.
    pub(crate) again: bool,
    /// Only those that move a figure of the period.
    pub(crate) moving: bool,
}

/// The pairs to ask about, and how many were left out.
pub(crate) struct ToAsk {
    pub(crate) asked: Vec<Pair>,
    /// Somebody looked and could not decide.
    pub(crate) unsure: usize,
    /// No figure of the period hangs on them.
    pub(crate) still: usize,
}

/// The pairs that a human is to decide.
pub(crate) fn to_ask(computed: &Computed, choice: Choice) -> ToAsk {
    let unsure: BTreeSet<(MentionId, MentionId)> = computed.records.unsure.iter().copied().collect();
    let (mut asked, mut looked_at) = (pairs(computed), 0);
    if !choice.again {
        let all = asked.len();
        asked.retain(|pair| !unsure.contains(&ends(pair.a, pair.b)));
        looked_at = all - asked.len();
    }
    let all = asked.len();
    if choice.moving {
        asked.retain(|pair| !pair.moves.is_empty());
    }
    ToAsk {
        unsure: looked_at,
        still: all - asked.len(),
        asked,
    }
}

/// The short name of a pair of mentions.
pub(crate) fn id(computed: &Computed, a: MentionId, b: MentionId) -> String {
    let records = &computed.records;
    let [one, other] = [a, b].map(|mention| address(records, records.mentions[mention.index()].place));
    pair_id(one, other)
}

fn ends(a: MentionId, b: MentionId) -> (MentionId, MentionId) {
    (a.min(b), a.max(b))
}

fn question(people: &People, pair: &Undecided) -> Question {
    let (a, b) = (pair.link.a.index(), pair.link.b.index());
    let sides = if pair.joined {
        [people.high[a], people.high[b]]
    } else {
        [people.best[a].0, people.best[b].0]
    };
    // A side that cannot be told from the other moves nothing.
    let apart = sides[0] != sides[1];
    Question {
        joined: pair.joined,
        sides: sides.map(|block| if apart { vec![block] } else { Vec::new() }),
    }
}
