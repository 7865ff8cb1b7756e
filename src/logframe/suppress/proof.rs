//! Whether small numbers are safe: other numbers are looked for that fit all that is published.
//!
//! The search looks at the hidden numbers near a small one and leaves those farther away as they are. What it finds
//! fits everything, so it is a proof; where it finds nothing, it looks once more with a wider view.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::net::{NEAR, Net};
use super::simplex::Equations;

/// How many hidden numbers around a small one are moved.
const VIEWS: [usize; 2] = [40, 160];

/// The least and the greatest that each number was in anything that fits.
type Reached = Vec<(f64, f64)>;

/// Hides further numbers until each of the small ones can be anything from 1 to `most`.
pub(super) fn protect(net: &mut Net, small: &[usize], most: f64) {
    let mut reached: Reached = net.nodes.iter().map(|node| (node.value, node.value)).collect();
    for node in small {
        while !is_safe(net, *node, most, &mut reached) {
            let Some(other) = next_to_hide(net, *node) else { break };
            net.hide(other);
        }
    }
}

fn is_safe(net: &Net, node: usize, most: f64, reached: &mut Reached) -> bool {
    [false, true].into_iter().all(|up| {
        VIEWS.into_iter().any(|view| {
            let (least, greatest) = reached[node];
            if (up && greatest > most - NEAR) || (!up && least < 1.0 + NEAR) {
                return true;
            }
            let near = near(net, node, view);
            reach(net, &near, (node, most, up), reached);
            let (least, greatest) = reached[node];
            (up && greatest > most - NEAR) || (!up && least < 1.0 + NEAR)
        })
    })
}

/// Hidden numbers around one, and the laws that they stand in, the nearest first.
struct Near {
    nodes: BTreeMap<usize, usize>,
    rows: Vec<usize>,
}

fn near(net: &Net, node: usize, view: usize) -> Near {
    let mut nodes = BTreeMap::from([(node, 0)]);
    let (mut rows, mut met) = (Vec::new(), BTreeSet::new());
    let mut waiting = VecDeque::from([node]);
    while let Some(node) = waiting.pop_front() {
        for row in net.rows_of[node].iter().filter(|row| met.insert(**row)) {
            rows.push(*row);
            for (other, _) in &net.rows[*row] {
                // What stands in one law only can always be moved.
                let private = net.rows_of[*other].len() == 1;
                if net.is_hidden(*other) && !nodes.contains_key(other) && (private || nodes.len() < view) {
                    nodes.insert(*other, nodes.len());
                    waiting.push_back(*other);
                }
            }
        }
    }
    Near { nodes, rows }
}

/// Moves a number as far up or down as it must go, and notes what all others were then.
fn reach(net: &Net, near: &Near, (node, most, up): (usize, f64, bool), reached: &mut Reached) {
    let mut unknowns = near.nodes.len();
    let mut rows = Vec::with_capacity(near.rows.len() + 1);
    for row in &near.rows {
        let (mut terms, mut right) = (Vec::new(), 0.0);
        for (other, factor) in &net.rows[*row] {
            if let Some(at) = near.nodes.get(other) {
                terms.push((*at, *factor));
                right -= factor * net.floor(*other);
            } else {
                right -= factor * net.nodes[*other].value;
            }
        }
        rows.push((terms, right));
    }
    let at = near.nodes[&node];
    rows.push((vec![(at, 1.0), (unknowns, 1.0)], most - net.floor(node)));
    unknowns += 1;
    let equations = Equations { unknowns, rows };
    let Some(found) = equations.least(&[(at, if up { -1.0 } else { 1.0 })]) else {
        return;
    };
    for (other, at) in &near.nodes {
        let value = found[*at] + net.floor(*other);
        let (least, greatest) = &mut reached[*other];
        *least = least.min(value);
        *greatest = greatest.max(value);
    }
}

/// The number to hide next: in the nearest law in which only one is hidden, else in the nearest law that still shows
/// a number, the smallest.
fn next_to_hide(net: &Net, node: usize) -> Option<usize> {
    let rows = near(net, node, usize::MAX).rows;
    let shown = |row: &usize| {
        let visible = net.rows[*row]
            .iter()
            .map(|(node, _)| *node)
            .filter(|node| !net.is_hidden(*node));
        let positive = visible.filter(|node| net.nodes[*node].value > NEAR);
        positive.min_by(|a, b| net.nodes[*a].value.total_cmp(&net.nodes[*b].value).then(a.cmp(b)))
    };
    let hidden = |row: &usize| net.rows[*row].iter().filter(|(node, _)| net.is_hidden(*node)).count();
    let alone = rows.iter().filter(|row| hidden(row) == 1).find_map(shown);
    alone.or_else(|| rows.iter().find_map(shown))
}
