//! When somebody on the staff reads unusually many cases (RB-13): a curious or a bought colleague looks like this.

/// Different cases in an hour that are unusual for anybody.
pub const MOST: u32 = 60;
/// Up to so many nobody is unusual, however little they read before.
pub const FEW: u32 = 10;
/// Hours with views that a median needs.
const KNOWN: usize = 10;
const TIMES: u32 = 3;

/// What is unusual.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unusual {
    /// More than [`MOST`].
    Many,
    /// More than three times the person's own median of an hour in which they read any.
    MoreThanOwn { median: u32 },
}

impl Unusual {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Many => "many",
            Self::MoreThanOwn { .. } => "more-than-own",
        }
    }
}

/// Judges the different cases of the last hour by those of each hour with views in the 30 days before.
pub fn unusual(now: u32, before: &[u32]) -> Option<Unusual> {
    if now > MOST {
        return Some(Unusual::Many);
    }
    if now <= FEW || before.len() < KNOWN {
        return None;
    }
    let mut sorted = before.to_vec();
    sorted.sort_unstable();
    let median = sorted[sorted.len() / 2];
    (now > median.saturating_mul(TIMES)).then_some(Unusual::MoreThanOwn { median })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixty_are_busy_and_sixty_one_are_unusual() {
        assert_eq!(unusual(60, &[]), None);
        assert_eq!(unusual(61, &[]), Some(Unusual::Many));
        assert_eq!(unusual(61, &[90; 30]), Some(Unusual::Many));
    }

    #[test]
    fn three_times_ones_own_habit_is_unusual() {
        let habit = [4, 5, 5, 5, 6, 7, 3, 5, 5, 40, 5];
        assert_eq!(unusual(15, &habit), None);
        assert_eq!(unusual(16, &habit), Some(Unusual::MoreThanOwn { median: 5 }));
        assert_eq!(unusual(16, &habit[..5]), None, "too little is known of them");
        assert_eq!(unusual(10, &[1; 30]), None, "ten cases are nothing");
    }
}
