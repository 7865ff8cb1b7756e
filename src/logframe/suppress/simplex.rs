//! A small simplex: the least of one unknown among numbers that keep equations and are not below 0.

/// Rounding that does not count.
const NEAR: f64 = 1e-7;
/// Steps after which the search takes the first unknown that helps, which can't go round in circles.
const PATIENCE: usize = 400;
/// Steps after which it gives up.
const STEPS: usize = 4000;

/// Equations `Σ factor × unknown = right`, dense, every unknown at least 0.
pub(super) struct Equations {
    pub(super) unknowns: usize,
    pub(super) rows: Vec<(Vec<(usize, f64)>, f64)>,
}

impl Equations {
    /// Numbers that keep the equations and in which `cost` is least; none where there are none, or none was found.
    pub(super) fn least(&self, cost: &[(usize, f64)]) -> Option<Vec<f64>> {
        let mut table = Table::of(self);
        let artificial: Vec<(usize, f64)> = (self.unknowns..table.width).map(|at| (at, 1.0)).collect();
        if table.minimise(&artificial, table.width)? > NEAR.sqrt() {
            return None;
        }
        table.drop_artificial(self.unknowns);
        table.minimise(cost, self.unknowns)?;
        Some(table.solution(self.unknowns))
    }
}

/// Rows in terms of the basis; the right side is the last column.
struct Table {
    rows: Vec<Vec<f64>>,
    basis: Vec<usize>,
    /// Unknowns, the artificial ones among them.
    width: usize,
}

impl Table {
    fn of(equations: &Equations) -> Self {
        let width = equations.unknowns + equations.rows.len();
        let mut rows = Vec::with_capacity(equations.rows.len());
        for (at, (terms, right)) in equations.rows.iter().enumerate() {
            let sign = if *right < 0.0 { -1.0 } else { 1.0 };
            let mut row = vec![0.0; width + 1];
            for (unknown, factor) in terms {
                row[*unknown] += factor * sign;
            }
            row[equations.unknowns + at] = 1.0;
            row[width] = right * sign;
            rows.push(row);
        }
        Self {
            basis: (equations.unknowns..width).collect(),
            rows,
            width,
        }
    }

    /// Goes to the least cost among the first `usable` unknowns; the cost there.
    fn minimise(&mut self, cost: &[(usize, f64)], usable: usize) -> Option<f64> {
        let mut costs = vec![0.0; self.width + 1];
        for (unknown, factor) in cost {
            costs[*unknown] += factor;
        }
        for (row, basic) in self.rows.iter().zip(&self.basis) {
            let factor = costs[*basic];
            if factor.abs() > 0.0 {
                costs
                    .iter_mut()
                    .zip(row)
                    .for_each(|(cost, cell)| *cost -= factor * cell);
            }
        }
        for step in 0..STEPS {
            let helps = (0..usable).filter(|at| costs[*at] < -NEAR);
            let entering = if step < PATIENCE {
                helps.min_by(|a, b| costs[*a].total_cmp(&costs[*b]))
            } else {
                helps.into_iter().next()
            };
            let Some(entering) = entering else {
                return Some(-costs[self.width]);
            };
            let leaving = self.leaving(entering)?;
            self.pivot(leaving, entering);
            let factor = costs[entering];
            let row = &self.rows[leaving];
            costs
                .iter_mut()
                .zip(row)
                .for_each(|(cost, cell)| *cost -= factor * cell);
        }
        None
    }

    /// The row that limits an unknown first; of several that of the least unknown.
    fn leaving(&self, entering: usize) -> Option<usize> {
        let mut best: Option<(f64, usize)> = None;
        for (at, row) in self.rows.iter().enumerate().filter(|(_, row)| row[entering] > NEAR) {
            let ratio = row[self.width] / row[entering];
            let better = best.is_none_or(|(least, known)| {
                ratio < least - NEAR || (ratio < least + NEAR && self.basis[at] < self.basis[known])
            });
            if better {
                best = Some((ratio, at));
            }
        }
        best.map(|(_, at)| at)
    }

    fn pivot(&mut self, leaving: usize, entering: usize) {
        let by = self.rows[leaving][entering];
        self.rows[leaving].iter_mut().for_each(|cell| *cell /= by);
        let pivot = self.rows[leaving].clone();
        for (at, row) in self.rows.iter_mut().enumerate() {
            let factor = row[entering];
            if at != leaving && factor.abs() > 1e-12 {
                row.iter_mut()
                    .zip(&pivot)
                    .for_each(|(cell, other)| *cell -= factor * other);
            }
        }
        self.basis[leaving] = entering;
    }

    /// Takes unknowns that only helped to start out of the basis; a row that then says nothing goes.
    fn drop_artificial(&mut self, unknowns: usize) {
        let mut at = 0;
        while at < self.rows.len() {
            if self.basis[at] >= unknowns {
                let real = (0..unknowns).find(|unknown| self.rows[at][*unknown].abs() > NEAR);
                let Some(real) = real else {
                    self.rows.remove(at);
                    self.basis.remove(at);
                    continue;
                };
                self.pivot(at, real);
            }
            at += 1;
        }
    }

    fn solution(&self, unknowns: usize) -> Vec<f64> {
        let mut solution = vec![0.0; unknowns];
        for (row, basic) in self.rows.iter().zip(&self.basis) {
            if *basic < unknowns {
                solution[*basic] = row[self.width];
            }
        }
        solution
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_and_the_most_of_what_adds_up() {
        // x + y = 7, y + z = 4.
        let equations = Equations {
            unknowns: 3,
            rows: vec![(vec![(0, 1.0), (1, 1.0)], 7.0), (vec![(1, 1.0), (2, 1.0)], 4.0)],
        };
        let x = |cost: f64| equations.least(&[(0, cost)]).expect("numbers")[0];
        assert!((x(1.0) - 3.0).abs() < 1e-9 && (x(-1.0) - 7.0).abs() < 1e-9);
    }
}
