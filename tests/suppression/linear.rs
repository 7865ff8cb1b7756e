//! How far published sums bound a hidden number: elimination, then a simplex with Bland's rule.

use std::collections::{BTreeMap, BTreeSet};

/// Parts that add up to a whole.
pub(crate) struct Sum {
    pub(crate) parts: Vec<usize>,
    pub(crate) whole: usize,
}

const EPSILON: f64 = 1e-8;

/// The least and the most that a hidden number can be.
pub(crate) fn range(sums: &[Sum], truths: &[f64], floors: &[f64], hidden: &[bool], wanted: usize) -> (f64, f64) {
    let mut unknowns = BTreeMap::from([(wanted, 0)]);
    let mut rows: BTreeSet<usize> = BTreeSet::new();
    let mut grown = true;
    while grown {
        grown = false;
        for (at, sum) in sums.iter().enumerate() {
            let all = || sum.parts.iter().chain([&sum.whole]).filter(|number| hidden[**number]);
            if rows.contains(&at) || !all().any(|number| unknowns.contains_key(number)) {
                continue;
            }
            for number in all() {
                let next = unknowns.len();
                unknowns.entry(*number).or_insert(next);
            }
            rows.insert(at);
            grown = true;
        }
    }
    let table: Vec<Vec<f64>> = rows
        .iter()
        .map(|at| {
            let mut row = vec![0.0; unknowns.len() + 1];
            let terms = sums[*at]
                .parts
                .iter()
                .map(|part| (*part, 1.0))
                .chain([(sums[*at].whole, -1.0)]);
            for (number, factor) in terms {
                match unknowns.get(&number) {
                    Some(column) => {
                        row[*column] += factor;
                        row[unknowns.len()] -= factor * floors[number];
                    }
                    None => row[unknowns.len()] -= factor * truths[number],
                }
            }
            row
        })
        .collect();
    let table = independent(table, unknowns.len());
    let floor = floors[wanted];
    let least = extreme(&table, unknowns.len(), 1.0).map_or(floor, |least| least + floor);
    let most = extreme(&table, unknowns.len(), -1.0).map_or(f64::INFINITY, |most| floor - most);
    (least, most)
}

/// Gauss-Jordan: rows that say something new.
fn independent(mut rows: Vec<Vec<f64>>, columns: usize) -> Vec<Vec<f64>> {
    let mut done = 0;
    for column in 0..columns {
        let Some(pivot) = (done..rows.len()).find(|row| rows[*row][column].abs() > EPSILON) else {
            continue;
        };
        rows.swap(done, pivot);
        let by = rows[done][column];
        rows[done].iter_mut().for_each(|cell| *cell /= by);
        let base = rows[done].clone();
        for (at, row) in rows.iter_mut().enumerate() {
            let factor = row[column];
            if at != done && factor.abs() > EPSILON {
                row.iter_mut()
                    .zip(&base)
                    .for_each(|(cell, other)| *cell -= factor * other);
            }
        }
        done += 1;
    }
    rows.truncate(done);
    rows
}

/// The least of `sign` × the first unknown, all being at least 0; none where it has no bound.
fn extreme(rows: &[Vec<f64>], columns: usize, sign: f64) -> Option<f64> {
    let width = columns + rows.len();
    let mut table: Vec<Vec<f64>> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let flip = if row[columns] < 0.0 { -1.0 } else { 1.0 };
        let mut wide: Vec<f64> = row[..columns].iter().map(|cell| cell * flip).collect();
        wide.resize(width + 1, 0.0);
        wide[columns + at] = 1.0;
        wide[width] = row[columns] * flip;
        table.push(wide);
    }
    let mut basis: Vec<usize> = (columns..width).collect();
    let mut first = vec![0.0; width + 1];
    first[columns..width].fill(1.0);
    let begun = descend(&mut table, &mut basis, first, width).expect("nothing is below 0");
    assert!(begun.abs() < 1e-4, "the truth itself keeps all sums: {begun}");
    // What only helped to begin is worth so much that it stays at 0.
    let mut second = vec![0.0; width + 1];
    second[0] = sign;
    for at in 0..table.len() {
        if basis[at] >= columns
            && let Some(column) = (0..columns).find(|column| table[at][*column].abs() > 1e-6)
        {
            pivot(&mut table, &mut basis, at, column);
        }
    }
    descend(&mut table, &mut basis, second, columns)
}

fn descend(table: &mut [Vec<f64>], basis: &mut [usize], mut cost: Vec<f64>, usable: usize) -> Option<f64> {
    let width = cost.len() - 1;
    for (row, basic) in table.iter().zip(basis.iter()) {
        let factor = cost[*basic];
        cost.iter_mut().zip(row).for_each(|(cost, cell)| *cost -= factor * cell);
    }
    while let Some(entering) = (0..usable).find(|column| cost[*column] < -EPSILON) {
        let ratio = |row: &Vec<f64>| row[width] / row[entering];
        let able = (0..table.len()).filter(|row| table[*row][entering] > EPSILON);
        let leaving = able.min_by(|a, b| {
            let (a_ratio, b_ratio) = (ratio(&table[*a]), ratio(&table[*b]));
            if (a_ratio - b_ratio).abs() < 1e-12 {
                basis[*a].cmp(&basis[*b])
            } else {
                a_ratio.total_cmp(&b_ratio)
            }
        })?;
        pivot(table, basis, leaving, entering);
        let factor = cost[entering];
        cost.iter_mut()
            .zip(&table[leaving])
            .for_each(|(cost, cell)| *cost -= factor * cell);
    }
    Some(-cost[width])
}

fn pivot(table: &mut [Vec<f64>], basis: &mut [usize], leaving: usize, entering: usize) {
    let by = table[leaving][entering];
    table[leaving].iter_mut().for_each(|cell| *cell /= by);
    let base = table[leaving].clone();
    for (at, row) in table.iter_mut().enumerate() {
        let factor = row[entering];
        if at != leaving && factor.abs() > 1e-12 {
            row.iter_mut()
                .zip(&base)
                .for_each(|(cell, other)| *cell -= factor * other);
        }
    }
    basis[leaving] = entering;
}
