//! The tables, each from its rows.

use std::collections::BTreeMap;

use super::loss::averted;
use super::rows::{Breach, Judged, Kind, PersonTally, Rows};
use super::series::{Steps, days};
use super::table::{Cell, Row, Table, Unit};

/// Every table, in the order they are shown.
pub const NAMES: [&str; 13] = [
    "loss",
    "steps",
    "turnover",
    "times",
    "targets",
    "breaches",
    "kinds",
    "causes",
    "verdicts",
    "satisfaction",
    "signs",
    "sources",
    "people",
];

/// The table that names members of staff.
pub const BY_PERSON: &str = "people";

/// The most rows of a table that could grow without bound.
const LONGEST: usize = 200;

/// Computes the tables of a window.
pub fn tables(rows: &Rows, steps: &Steps) -> Vec<Table> {
    vec![
        loss(rows),
        over_time(rows, steps),
        turnover(rows),
        times(rows),
        targets(rows),
        breaches(&rows.breaches),
        kinds("kinds", rows, false),
        kinds("causes", rows, true),
        judged("verdicts", &rows.verdicts),
        satisfaction(rows),
        signs(rows),
        judged("sources", &rows.sources),
        people(&rows.people),
    ]
}

fn loss(rows: &Rows) -> Table {
    let found = averted(&rows.taken);
    let row = vec![
        Cell::Count(found.cases),
        Cell::Cents(found.at_once),
        Cell::Cents(found.saved),
        Cell::Cents(found.oldest_first),
        Cell::Cents(found.gained()),
        Cell::share(found.saved, found.at_once),
        Cell::share(found.oldest_first, found.at_once),
    ];
    Table {
        name: "loss",
        columns: &[
            ("cases", Unit::Count),
            ("at_once_usd", Unit::Money),
            ("averted_usd", Unit::Money),
            ("oldest_first_usd", Unit::Money),
            ("gained_usd", Unit::Money),
            ("averted_share", Unit::Share),
            ("oldest_first_share", Unit::Share),
        ],
        rows: vec![row],
    }
}

fn over_time(rows: &Rows, steps: &Steps) -> Table {
    let open = rows.turnover.iter().filter(|row| row.by == "all").map(|row| row.open).sum();
    let row = |(slot, day): (i64, super::series::Day)| {
        vec![
            Cell::Moment(steps.begin(slot)),
            Cell::Count(day.security),
            Cell::Count(day.routine),
            Cell::Count(day.closed),
            Cell::Count(day.backlog),
        ]
    };
    Table {
        name: "steps",
        columns: &[
            ("begin", Unit::Moment),
            ("security", Unit::Count),
            ("routine", Unit::Count),
            ("closed", Unit::Count),
            ("backlog", Unit::Count),
        ],
        rows: (0..).zip(days(steps, &rows.slots, open)).map(row).collect(),
    }
}

fn turnover(rows: &Rows) -> Table {
    let row = |row: &super::rows::Turnover| {
        vec![
            Cell::word(&row.by),
            Cell::word(&row.name),
            Cell::Count(row.arrived),
            Cell::Count(row.closed),
            Cell::Count(row.open),
        ]
    };
    Table {
        name: "turnover",
        columns: &[
            ("by", Unit::Word),
            ("name", Unit::Word),
            ("arrived", Unit::Count),
            ("closed", Unit::Count),
            ("open", Unit::Count),
        ],
        rows: rows.turnover.iter().map(row).collect(),
    }
}

fn times(rows: &Rows) -> Table {
    let row = |row: &super::rows::Spread| {
        vec![
            Cell::word(&row.what),
            Cell::word(&row.by),
            Cell::word(&row.name),
            Cell::Count(row.number),
            Cell::span(Some(row.median)),
            Cell::span(Some(row.ninth)),
        ]
    };
    Table {
        name: "times",
        columns: &[
            ("what", Unit::Word),
            ("by", Unit::Word),
            ("name", Unit::Word),
            ("cases", Unit::Count),
            ("median_seconds", Unit::Span),
            ("nine_of_ten_seconds", Unit::Span),
        ],
        rows: rows.spreads.iter().map(row).collect(),
    }
}

fn targets(rows: &Rows) -> Table {
    let mut groups: BTreeMap<(&str, &str), [i64; 3]> = BTreeMap::new();
    for row in &rows.targets {
        let Some((promise, state)) = row.what.split_once('-') else { continue };
        let group = groups.entry((promise, &row.name)).or_default();
        let place = match state {
            "met" => 0,
            "missed" => 1,
            _ => 2,
        };
        group[place] += row.number;
    }
    let row = |((promise, level), [met, missed, running]): ((&str, &str), [i64; 3])| {
        vec![
            Cell::word(promise),
            Cell::word(level),
            Cell::Count(met),
            Cell::Count(missed),
            Cell::Count(running),
            Cell::share(met, met + missed),
        ]
    };
    Table {
        name: "targets",
        columns: &[
            ("promise", Unit::Word),
            ("level", Unit::Word),
            ("met", Unit::Count),
            ("missed", Unit::Count),
            ("running", Unit::Count),
            ("met_share", Unit::Share),
        ],
        rows: groups.into_iter().map(row).collect(),
    }
}

fn breaches(rows: &[Breach]) -> Table {
    let row = |row: &Breach| {
        let late = row.done.map(|done| done.since(row.due).millis());
        vec![
            Cell::word(&row.incident),
            Cell::word(&row.kind),
            Cell::word(&row.promise),
            Cell::Count(row.level),
            Cell::Moment(row.due),
            row.done.map_or(Cell::Nothing, Cell::Moment),
            Cell::span(late),
        ]
    };
    Table {
        name: "breaches",
        columns: &[
            ("incident", Unit::Word),
            ("kind", Unit::Word),
            ("promise", Unit::Word),
            ("level", Unit::Count),
            ("due", Unit::Moment),
            ("done", Unit::Moment),
            ("late_seconds", Unit::Span),
        ],
        rows: rows.iter().take(LONGEST).map(row).collect(),
    }
}

fn kinds(name: &'static str, rows: &Rows, found: bool) -> Table {
    let mut kinds: Vec<&Kind> = rows.kinds.iter().filter(|kind| kind.found == found).collect();
    kinds.sort_by(|one, other| (other.now, other.before, &one.name).cmp(&(one.now, one.before, &other.name)));
    kinds.truncate(LONGEST);
    let row = |kind: &Kind| {
        vec![
            Cell::word(&kind.name),
            Cell::Count(kind.now),
            Cell::Count(kind.before),
            Cell::Count(kind.now - kind.before),
        ]
    };
    Table {
        name,
        columns: &[("kind", Unit::Word), ("now", Unit::Count), ("before", Unit::Count), ("change", Unit::Count)],
        rows: kinds.into_iter().map(row).collect(),
    }
}

const VERDICTS: &[(&str, Unit)] = &[
    ("name", Unit::Word),
    ("confirmed", Unit::Count),
    ("false_alarm", Unit::Count),
    ("answered", Unit::Count),
    ("duplicate", Unit::Count),
    ("false_alarm_share", Unit::Share),
];

/// False alarms among those that were found to be one thing or the other; what was answered or there twice says nothing.
fn verdict_cells(judged: &Judged) -> Row {
    vec![
        Cell::Count(judged.confirmed),
        Cell::Count(judged.false_alarm),
        Cell::Count(judged.answered),
        Cell::Count(judged.duplicate),
        Cell::share(judged.false_alarm, judged.confirmed + judged.false_alarm),
    ]
}

fn judged(name: &'static str, rows: &[Judged]) -> Table {
    let row = |row: &Judged| std::iter::once(Cell::word(&row.name)).chain(verdict_cells(row)).collect();
    Table { name, columns: VERDICTS, rows: rows.iter().take(LONGEST).map(row).collect() }
}

fn signs(rows: &Rows) -> Table {
    let row =
        |row: &Judged| [Cell::word(&row.name), Cell::word(&row.sign)].into_iter().chain(verdict_cells(row)).collect();
    Table {
        name: "signs",
        columns: &[
            ("kind", Unit::Word),
            ("sign", Unit::Word),
            ("confirmed", Unit::Count),
            ("false_alarm", Unit::Count),
            ("answered", Unit::Count),
            ("duplicate", Unit::Count),
            ("false_alarm_share", Unit::Share),
        ],
        rows: rows.signs.iter().take(LONGEST).map(row).collect(),
    }
}

fn satisfaction(rows: &Rows) -> Table {
    let row = |row: &super::rows::Rated| {
        let [yes, partly, no] = row.solved;
        vec![
            Cell::word(&row.lane),
            if row.level == 0 { Cell::Nothing } else { Cell::Count(row.level) },
            Cell::word(&row.language),
            Cell::Count(row.given),
            Cell::Count(row.rated),
            Cell::stars(row.stars, row.rated),
            Cell::Count(yes),
            Cell::Count(partly),
            Cell::Count(no),
        ]
    };
    Table {
        name: "satisfaction",
        columns: &[
            ("lane", Unit::Word),
            ("level", Unit::Count),
            ("language", Unit::Word),
            ("given", Unit::Count),
            ("rated", Unit::Count),
            ("stars", Unit::Stars),
            ("solved", Unit::Count),
            ("in_part", Unit::Count),
            ("not_solved", Unit::Count),
        ],
        rows: rows.rated.iter().map(row).collect(),
    }
}

fn people(rows: &[PersonTally]) -> Table {
    let mut people: BTreeMap<&str, BTreeMap<&str, (i64, i64)>> = BTreeMap::new();
    for row in rows {
        people.entry(&row.person).or_default().insert(&row.what, (row.number, row.middle));
    }
    let row = |(person, deeds): (&str, BTreeMap<&str, (i64, i64)>)| {
        let number = |what: &str| deeds.get(what).map_or(0, |(number, _)| *number);
        let middle = |what: &str| Cell::span(deeds.get(what).map(|(_, middle)| *middle));
        let (rated, stars) = deeds.get("stars").copied().unwrap_or_default();
        vec![
            Cell::word(person),
            Cell::Count(number("in-hand")),
            Cell::Count(number("taken")),
            Cell::Count(number("answered")),
            middle("answered"),
            Cell::Count(number("closed")),
            middle("closed"),
            Cell::Count(rated),
            Cell::stars(stars, rated),
        ]
    };
    Table {
        name: BY_PERSON,
        columns: &[
            ("person", Unit::Word),
            ("in_hand", Unit::Count),
            ("taken", Unit::Count),
            ("replied", Unit::Count),
            ("reply_median_seconds", Unit::Span),
            ("closed", Unit::Count),
            ("close_median_seconds", Unit::Span),
            ("rated", Unit::Count),
            ("stars", Unit::Stars),
        ],
        rows: people.into_iter().map(row).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Timestamp;

    #[test]
    fn a_share_is_of_what_was_found_out_and_nothing_of_nothing() {
        let judged = Judged {
            name: "okta".to_owned(),
            sign: String::new(),
            confirmed: 3,
            false_alarm: 1,
            answered: 40,
            duplicate: 2,
        };
        let none = Judged { confirmed: 0, false_alarm: 0, ..judged.clone() };
        let rows = Rows { sources: vec![judged, none], ..Rows::default() };
        let steps = Steps::of((Timestamp::from_millis(0), Timestamp::from_millis(86_400_000)));
        let tables = tables(&rows, &steps);
        let sources = tables.iter().find(|table| table.name == "sources").unwrap();
        let shares: Vec<&Cell> = sources.rows.iter().filter_map(|row| row.last()).collect();
        assert_eq!(shares, [&Cell::Share(250), &Cell::Nothing]);
        let names: Vec<&str> = tables.iter().map(|table| table.name).collect();
        assert_eq!(names, NAMES);
    }

    #[test]
    fn a_person_has_one_row_of_all_their_deeds() {
        let tally = |what: &str, number, middle| PersonTally {
            person: "mei".to_owned(),
            what: what.to_owned(),
            number,
            middle,
        };
        let rows = Rows {
            people: vec![tally("taken", 4, 0), tally("answered", 3, 61_000), tally("stars", 2, 9)],
            ..Rows::default()
        };
        let table = people(&rows.people);
        let cells: Vec<String> = table.rows[0].iter().map(Cell::text).collect();
        assert_eq!(cells, ["mei", "0", "4", "3", "61", "0", "", "2", "4.50"]);
    }
}
