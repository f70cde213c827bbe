//! What each member of staff did, how quickly, and what people said of it.

use super::Window;
use crate::numbers::PersonTally;
use crate::store::db::{Result, Row, Sql, Tx, args, in_sight};

pub(super) const STATEMENTS: &[Sql] = &[DEEDS, STARS, IN_HAND];

// Reply and closing count from the moment the same person took the case up: waiting before that is not theirs.
const DEEDS: Sql = Sql::both(concat!(
    "with done as (
         select progress.person, progress.what,
                case when progress.what = 'taken' then 0 else progress.at - (
                    select max(began.at) from progress as began
                    where began.incident = progress.incident and began.person = progress.person
                        and began.what = 'taken' and began.at <= progress.at) end as took
         from progress join incident on incident.id = progress.incident
         where progress.person is not null and progress.what in ('taken', 'answered', 'closed')
             and progress.at >= $1 and progress.at < $2 and incident.pool <> 'practice' and ",
    in_sight!("incident.id", "$3", "$4"),
    "), ranked as (
         select person, what, took,
                row_number() over (partition by person, what order by case when took is null then 1 else 0 end, took)
                    as place,
                count(took) over (partition by person, what) as timed, count(*) over (partition by person, what) as number
         from done
     )
     select person, what, max(number) as number, coalesce(max(case when place = (timed + 1) / 2 then took end), 0) as middle
     from ranked group by person, what order by person, what"
));

// Stars go to whoever closed the case last.
const STARS: Sql = Sql::both(concat!(
    "select progress.person, 'stars' as what, count(*) as number, cast(sum(feedback.satisfaction) as bigint) as middle
     from feedback join reporter_case on reporter_case.id = feedback.case_id
         join incident on incident.id = reporter_case.incident
         join progress on progress.id = (
             select max(ended.id) from progress as ended
             where ended.incident = incident.id and ended.what = 'closed' and ended.person is not null)
     where feedback.satisfaction is not null and feedback.at >= $1 and feedback.at < $2 and incident.pool <> 'practice'
         and ",
    in_sight!("incident.id", "$3", "$4"),
    " group by progress.person order by progress.person"
));

const IN_HAND: Sql = Sql::both(concat!(
    "select holder as person, 'in-hand' as what, count(*) as number, cast(0 as bigint) as middle from incident
     where state = 'held' and pool <> 'practice' and ",
    in_sight!("incident.id", "$1", "$2"),
    " group by holder order by holder"
));

fn tally_row(row: &Row) -> Result<PersonTally> {
    Ok(PersonTally {
        person: row.get("person")?,
        what: row.get("what")?,
        number: row.get("number")?,
        middle: row.get("middle")?,
    })
}

pub(super) async fn tallies(tx: &mut Tx, (since, until): Window) -> Result<Vec<PersonTally>> {
    let mut tallies = tx.all(DEEDS, args![since, until, tx.who(), tx.at()], tally_row).await?;
    tallies.extend(tx.all(STARS, args![since, until, tx.who(), tx.at()], tally_row).await?);
    tallies.extend(tx.all(IN_HAND, args![tx.who(), tx.at()], tally_row).await?);
    Ok(tallies)
}
