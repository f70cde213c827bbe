//! What was at stake in an incident, and the signs behind a verdict: plain rows that numbers are counted from.

use serde::Serialize;

use super::db::{Result, Sql, Tx, args, rows};
use crate::id::{Id, of};

pub(super) const STATEMENTS: &[Sql] = &[PUT_MANY, PUT_SIGNS];

const PUT_MANY: Sql = Sql::forked(
    "insert into measure (incident, band, stake, half_life, help_works)
     select value ->> 'incident', value ->> 'band', value ->> 'stake', value ->> 'half_life', value ->> 'help_works'
     from json_each($1) where true
     on conflict (incident) do update set band = excluded.band, stake = excluded.stake,
         half_life = excluded.half_life, help_works = excluded.help_works",
    "insert into measure (incident, band, stake, half_life, help_works)
     select incident, band, stake, half_life, help_works
     from json_to_recordset($1::json) as given (incident text, band text, stake bigint, half_life bigint, help_works bigint)
     on conflict (incident) do update set band = excluded.band, stake = excluded.stake,
         half_life = excluded.half_life, help_works = excluded.help_works",
);

const PUT_SIGNS: Sql = Sql::forked(
    "insert into verdict_sign (verdict, kind, sign) select $1, $2, value from json_each($3)",
    "insert into verdict_sign (verdict, kind, sign) select $1, $2, value from json_array_elements_text($3::json) as given (value)",
);

/// The stakes of one incident as they are kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MeasureRow {
    pub incident: Id<of::Incident>,
    pub band: &'static str,
    /// Cents.
    pub stake: i64,
    /// Milliseconds.
    pub half_life: i64,
    /// Thousandths.
    pub help_works: i64,
}

/// Keeps the stakes of incidents, in place of what was kept of them before.
pub async fn put_many(tx: &mut Tx, measures: &[MeasureRow]) -> Result<()> {
    tx.run_exactly(measures.len(), PUT_MANY, args![rows("measure", measures)?]).await
}

/// Keeps which signs of the leading playbook a verdict was about; each once.
pub async fn put_signs(tx: &mut Tx, (verdict, kind): (Id<of::Verdict>, &str), signs: &[&str]) -> Result<()> {
    tx.run_exactly(signs.len(), PUT_SIGNS, args![verdict, kind, rows("verdict_sign", signs)?]).await
}
