//! Many open cases, made by the engine itself: with a subject, a promise and an address each, and a reporter for every third.

use super::app::App;
use super::rows::spoil;

/// How a statement is begun and where its numbers come from.
fn statement(app: &App, (from, until): (usize, usize), (insert, columns): (&str, &str)) -> String {
    if app.database.is_empty() {
        let numbers = format!(
            "with recursive given(n) as (select {from} union all select n + 1 from given where n + 1 < {until})"
        );
        return format!("{numbers} insert into {insert} select {columns} from given");
    }
    let last = until.saturating_sub(1);
    format!(
        "insert into {insert} select {columns} from (select generate_series({from}::bigint, {last}::bigint) as n) as given"
    )
}

/// A number in hex, so many digits wide.
fn hex(app: &App, width: usize) -> String {
    if app.database.is_empty() { format!("printf('%0{width}x', n)") } else { format!("lpad(to_hex(n), {width}, '0')") }
}

fn bytes(app: &App, count: usize) -> String {
    if app.database.is_empty() { format!("zeroblob({count})") } else { format!("decode(repeat('00', {count}), 'hex')") }
}

/// The id of the case of a number.
pub fn id(number: usize) -> String {
    format!("01955700-0000-7000-8000-{number:012x}")
}

/// Opens the cases of these numbers: they came hours later than whatever else there is, so that stands before them.
pub async fn open_cases(app: &App, from: usize, until: usize) {
    if from >= until {
        return;
    }
    let (span, now) = ((from, until), app.clock_now().millis());
    let playbooks = app.house.respond.room().playbooks.digest.clone();
    let (id, digest) = (format!("'01955700-0000-7000-8000-' || {}", hex(app, 12)), hex(app, 64));
    let (key, assessment) = (bytes(app, 60), bytes(app, 1_000));
    let (arrived, wait) = (format!("({now} + 18000000 + n * 50)"), "(n % 240) * 60000");
    let level = "case when n % 3 = 0 then 1 + (n / 3) % 4 else 5 end";
    let kind = "case n % 6 when 0 then 'sim-swap' when 1 then 'routine-other' when 2 then 'routine-tx-pending'
                when 3 then 'fake-support' when 4 then 'routine-withdrawal-delayed' else 'routine-security-question' end";
    let pool = "case when n % 3 = 0 and (n / 3) % 4 < 3 then 'second' else 'first' end";
    let insert =
        "incident (id, subject, pool, class, lane, kind, level, arrived, head_start, due, confidence, playbooks,
                            language, danger, claimable, data_key, assessment, created, updated)";
    let columns = format!(
        "{id}, {digest}, {pool}, case when n % 3 = 0 then 'security' else 'routine' end,
         case when n % 3 = 0 then 0 else 1 end, {kind}, {level}, {arrived}, {wait}, {arrived} - {wait}, 500000,
         '{playbooks}', case n % 2 when 0 then 'en' else 'zh' end, n % 500 = 0, true, {key}, {assessment}, {now}, {now}"
    );
    spoil(app, &statement(app, span, (insert, &columns))).await;
    let insert = "promise (incident, reply_due, resolve_due)";
    let columns = format!("{id}, {arrived} + 3600000, {arrived} + 86400000");
    spoil(app, &statement(app, span, (insert, &columns))).await;
    let insert = "observable (incident, kind, digest, first_seen)";
    spoil(app, &statement(app, span, (insert, &format!("{id}, 'evm-address', {digest}, {now}")))).await;
    let insert = "reporter_case (id, incident, reference, link, code, language, created)";
    let columns = format!(
        "'01955701-0000-7000-8000-' || {number}, {id}, 'HF-' || {number}, {digest}, 'x', 'en', {now}",
        number = hex(app, 12)
    );
    let cases = statement(app, span, (insert, &columns));
    spoil(app, &format!("{cases} where n % 3 = 0")).await;
    for table in ["incident", "promise", "observable", "reporter_case"] {
        let words = if app.database.is_empty() { "analyze" } else { "vacuum analyze" };
        spoil(app, &format!("{words} {table}")).await;
    }
}
