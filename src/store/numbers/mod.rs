//! The counts behind the desk's numbers: one statement a table, over a window, on both engines. Practice never counts, nor
//! does a case that is out of the sight of whoever asks.

mod people;
mod times;
mod verdicts;

use super::db::{Result, Row, Sql, Tx, args, in_sight};
use crate::numbers::{Rated, Rows, Slot, Steps, Taken, Turnover};
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[&[Sql]] =
    &[&[TURNOVER, SLOTS, TAKEN, RATED], times::STATEMENTS, verdicts::STATEMENTS, people::STATEMENTS];

/// The latest claims that the loss is reckoned over.
const CLAIMS: i64 = 20_000;
/// The latest missed promises that are told one by one.
const BREACHES: i64 = 200;

// Three small walks over an index each, rather than one over every incident there ever was.
const TURNOVER: Sql = Sql::both(concat!(
    "with counted as (
         select 1 as arrived, 0 as closed, 0 as waiting, id from incident
         where claimable and pool <> 'practice' and arrived >= $1 and arrived < $2
         union all
         select 0, 1, 0, id from incident
         where state = 'closed' and closed >= $1 and closed < $2 and claimable and pool <> 'practice'
         union all
         select 0, 0, 1, id from incident where state <> 'closed' and claimable and pool <> 'practice'
     ), named as (
         select counted.arrived, counted.closed, counted.waiting, incident.lane, incident.level, incident.language,
                coalesce(measure.band, 'unknown') as band
         from counted join incident on incident.id = counted.id left join measure on measure.incident = counted.id
         where ",
    in_sight!("counted.id", "$3", "$4"),
    "), grouped as (
         select lane, level, language, band, sum(arrived) as arrived, sum(closed) as closed, sum(waiting) as waiting
         from named group by lane, level, language, band
     ), spread as (
         select 1 as place, 'all' as name_of, 'all' as name, arrived, closed, waiting from grouped
         union all select 2, 'lane', case lane when 0 then 'security' else 'routine' end, arrived, closed, waiting from grouped
         union all select 3, 'level', cast(level as text), arrived, closed, waiting from grouped
         union all select 4, 'language', language, arrived, closed, waiting from grouped
         union all select 5, 'band', band, arrived, closed, waiting from grouped
     )
     select name_of, name, cast(sum(arrived) as bigint) as arrived, cast(sum(closed) as bigint) as closed,
            cast(sum(waiting) as bigint) as waiting
     from spread group by place, name_of, name order by place, name"
));

const SLOTS: Sql = Sql::both(concat!(
    "select shut, slot, lane, count(*) as number from (
         select cast(0 as bigint) as shut, (arrived - $1) / $3 as slot, lane, id from incident
         where claimable and pool <> 'practice' and arrived >= $1 and arrived < $2
         union all
         select cast(1 as bigint), (closed - $1) / $3, lane, id from incident
         where state = 'closed' and closed >= $1 and closed < $2 and claimable and pool <> 'practice'
     ) as counted where ",
    in_sight!("counted.id", "$4", "$5"),
    " group by shut, slot, lane order by shut, slot, lane"
));

const TAKEN: Sql = Sql::both(concat!(
    "select incident.arrived, progress.at, measure.stake, measure.half_life, measure.help_works
     from progress join incident on incident.id = progress.incident join measure on measure.incident = incident.id
     where progress.is_first and progress.what = 'taken' and progress.at >= $1 and progress.at < $2
         and incident.pool <> 'practice' and ",
    in_sight!("incident.id", "$4", "$5"),
    " order by progress.at desc limit $3"
));

const RATED: Sql = Sql::both(concat!(
    "select feedback.lane, feedback.level, feedback.language, count(*) as given, count(satisfaction) as rated,
            cast(coalesce(sum(satisfaction), 0) as bigint) as stars,
            count(case when solved = 'yes' then 1 end) as solved_yes,
            count(case when solved = 'partly' then 1 end) as solved_partly,
            count(case when solved = 'no' then 1 end) as solved_no
     from feedback left join reporter_case on reporter_case.id = feedback.case_id
         left join incident on incident.id = reporter_case.incident
     where feedback.at >= $1 and feedback.at < $2 and (incident.pool is null or incident.pool <> 'practice')
         and ",
    in_sight!("incident.id", "$3", "$4"),
    " group by feedback.lane, feedback.level, feedback.language
     order by feedback.lane, feedback.level, feedback.language"
));

/// A window, its end left out.
pub type Window = (Timestamp, Timestamp);

/// Counts everything for a window. What staff did is named; whoever shows it decides for whom.
pub async fn count(tx: &mut Tx, (since, until): Window, steps: &Steps) -> Result<Rows> {
    let turnover = tx.all(TURNOVER, args![since, until, tx.who(), tx.at()], |row: &Row| {
        Ok(Turnover {
            by: row.get("name_of")?,
            name: row.get("name")?,
            arrived: row.get("arrived")?,
            closed: row.get("closed")?,
            open: row.get("waiting")?,
        })
    });
    let turnover = turnover.await?;
    let slots = tx.all(SLOTS, args![steps.since, until, steps.step, tx.who(), tx.at()], |row: &Row| {
        let shut: i64 = row.get("shut")?;
        Ok(Slot { closed: shut == 1, slot: row.get("slot")?, lane: row.get("lane")?, number: row.get("number")? })
    });
    let slots = slots.await?;
    let taken = tx.all(TAKEN, args![since, until, CLAIMS, tx.who(), tx.at()], |row: &Row| {
        Ok(Taken {
            arrived: row.get("arrived")?,
            taken: row.get("at")?,
            stake_cents: row.get("stake")?,
            half_life: row.get("half_life")?,
            help_works: row.get("help_works")?,
        })
    });
    let taken = taken.await?;
    let rated = tx.all(RATED, args![since, until, tx.who(), tx.at()], |row: &Row| {
        Ok(Rated {
            lane: row.get("lane")?,
            level: row.get("level")?,
            language: row.get("language")?,
            given: row.get("given")?,
            rated: row.get("rated")?,
            stars: row.get("stars")?,
            solved: [row.get("solved_yes")?, row.get("solved_partly")?, row.get("solved_no")?],
        })
    });
    let rated = rated.await?;
    Ok(Rows {
        turnover,
        slots,
        spreads: times::spreads(tx, (since, until)).await?,
        taken,
        rated,
        verdicts: verdicts::by_kind(tx, (since, until)).await?,
        signs: verdicts::by_sign(tx, (since, until)).await?,
        sources: verdicts::by_source(tx, (since, until)).await?,
        kinds: verdicts::kinds(tx, (since, until)).await?,
        people: people::tallies(tx, (since, until)).await?,
        breaches: super::promises::breaches(tx, (since, until), BREACHES).await?,
        targets: super::promises::report(tx, (since, until)).await?,
    })
}
