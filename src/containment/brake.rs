//! How often: one person alone (RB-09), and the house by itself, which stops and asks for people (RB-10).

/// Orders of one person alone within an hour.
pub const ALONE_AN_HOUR: u32 = 10;
/// Automatic orders of the whole house within ten minutes.
pub const AUTOMATIC_TOGETHER: u32 = 30;
/// Automatic orders on one account within a day.
pub const AUTOMATIC_A_DAY: u32 = 3;

/// What was ordered before by the house itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Automatic {
    /// In the last ten minutes, on all accounts.
    pub together: u32,
    /// In the last day, on this account.
    pub account: u32,
}

/// What stopped an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Brake {
    #[error("one person alone gives at most 10 orders an hour")]
    Alone,
    #[error("the house gives at most 30 orders in ten minutes by itself")]
    Together,
    #[error("the house gives at most 3 orders a day on one account by itself")]
    Account,
}

/// Whether one person may give one more order alone after so many within the hour.
pub fn alone_may(within_hour: u32) -> Result<(), Brake> {
    if within_hour < ALONE_AN_HOUR { Ok(()) } else { Err(Brake::Alone) }
}

/// Whether the house may give one more order by itself.
pub fn automatic_may(before: Automatic) -> Result<(), Brake> {
    if before.together >= AUTOMATIC_TOGETHER {
        return Err(Brake::Together);
    }
    if before.account >= AUTOMATIC_A_DAY {
        return Err(Brake::Account);
    }
    Ok(())
}
