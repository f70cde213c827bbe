//! How long things took: exact medians and ninth tenths, counted by the database.

use super::Window;
use crate::numbers::Spread;
use crate::store::db::{Result, Row, Sql, Tx, args, in_sight};

pub(super) const STATEMENTS: &[Sql] = &[SPREADS];

// What a source or person saw first is the earliest signal's own time; it was detected when it came in.
const SPREADS: Sql = Sql::both(concat!(
    "with measured as (
         select progress.what, progress.at - incident.arrived as took, incident.id
         from progress join incident on incident.id = progress.incident
         where progress.is_first and progress.what in ('taken', 'answered', 'hold-asked', 'closed')
             and progress.at >= $1 and progress.at < $2 and incident.pool <> 'practice'
         union all
         select 'detected', incident.arrived - (select min(signal.at) from signal where signal.incident = incident.id),
                incident.id
         from incident
         where incident.arrived >= $1 and incident.arrived < $2 and incident.lane = 0 and claimable and pool <> 'practice'
     ), named as (
         select measured.what, case when measured.took < 0 then 0 else measured.took end as took, incident.lane,
                incident.level, incident.language, coalesce(measure.band, 'unknown') as band
         from measured join incident on incident.id = measured.id left join measure on measure.incident = measured.id
         where measured.took is not null and ",
    in_sight!("measured.id", "$3", "$4"),
    "), spread as (
         select what, 1 as place, 'all' as name_of, 'all' as name, took from named
         union all select what, 2, 'lane', case lane when 0 then 'security' else 'routine' end, took from named
         union all select what, 3, 'level', cast(level as text), took from named
         union all select what, 4, 'language', language, took from named
         union all select what, 5, 'band', band, took from named
     ), ranked as (
         select what, place, name_of, name, took,
                row_number() over (partition by what, name_of, name order by took) as rank_of,
                count(*) over (partition by what, name_of, name) as number
         from spread
     )
     select what, name_of, name, max(number) as number,
            max(case when rank_of = (number + 1) / 2 then took end) as median,
            max(case when rank_of = (number * 9 + 9) / 10 then took end) as ninth
     from ranked group by what, place, name_of, name order by what, place, name"
));

pub(super) async fn spreads(tx: &mut Tx, (since, until): Window) -> Result<Vec<Spread>> {
    tx.all(SPREADS, args![since, until, tx.who(), tx.at()], |row: &Row| {
        Ok(Spread {
            what: row.get("what")?,
            by: row.get("name_of")?,
            name: row.get("name")?,
            number: row.get("number")?,
            median: row.get("median")?,
            ninth: row.get("ninth")?,
        })
    })
    .await
}
