//! Rounding half away from zero on exact fractions, as officers do it by hand.

/// Numbers are compared to six decimals.
const MILLION: u32 = 1_000_000;

/// `numerator × times ÷ denominator` to so many decimals; none where the denominator is 0.
///
/// The numbers hold at most six decimals, so that the quotient is taken on whole numbers: 22.25 gives 22.3.
pub(super) fn ratio(numerator: f64, denominator: f64, times: u32, decimals: u8) -> Option<f64> {
    let (numerator, denominator) = (whole(numerator), whole(denominator));
    if denominator == 0 {
        return None;
    }
    let scale = 10_i128.pow(u32::from(decimals.min(9)));
    let scaled = numerator.saturating_mul(i128::from(times)).saturating_mul(scale);
    Some(halves_away(scaled, denominator) as f64 / scale as f64)
}

/// A number to so many decimals.
pub(super) fn round(number: f64, decimals: u8) -> f64 {
    ratio(number, 1.0, 1, decimals).unwrap_or(number)
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a float cast saturates, and no honest figure comes near"
)]
fn whole(number: f64) -> i128 {
    if number.fract() == 0.0 {
        return (number as i128).saturating_mul(i128::from(MILLION));
    }
    (number * f64::from(MILLION)).round() as i128
}

fn halves_away(numerator: i128, denominator: i128) -> i128 {
    let (quotient, rest) = (numerator / denominator, numerator % denominator);
    let sign = if (numerator < 0) == (denominator < 0) { 1 } else { -1 };
    if rest.unsigned_abs().saturating_mul(2) >= denominator.unsigned_abs() {
        quotient + sign
    } else {
        quotient
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_away_from_zero() {
        assert_eq!(round(22.25, 1).to_string(), "22.3");
        assert_eq!(round(-22.25, 1).to_string(), "-22.3");
        assert_eq!(round(0.145, 2).to_string(), "0.15");
        assert_eq!(round(2.0, 0).to_string(), "2");
    }

    #[test]
    fn a_ratio_is_rounded_once() {
        assert_eq!(
            ratio(521.0, 1019.0, 100, 1)
                .map(|percent| percent.to_string())
                .as_deref(),
            Some("51.1")
        );
        assert_eq!(
            ratio(1.0, 3.0, 1, 3).map(|share| share.to_string()).as_deref(),
            Some("0.333")
        );
        assert_eq!(ratio(1.0, 0.0, 100, 1), None);
    }
}
