//! No answer says what the house is made of, or repeats what was sent (OUT-09).

use reqwest::Method;

use crate::support::app::on_sqlite;
use holdfast::web::routes;

/// What would stand in an answer that quotes a database, a path, a library or a panic.
const MARKS: [&str; 40] = [
    "sqlx",
    "sqlite",
    "postgres",
    "SQLSTATE",
    "select count(",
    "insert into",
    "update incident",
    "reporter_case",
    "incident_subject",
    "data_key",
    "unique constraint",
    "syntax error",
    "no such table",
    "relation \"",
    "panicked",
    "backtrace",
    "RUST_",
    ".rs:",
    "src/web",
    "/root/",
    "/home/",
    "/tmp/",
    "/etc/passwd:",
    "os error",
    "no such file",
    "permission denied (",
    "unwrap()",
    "called `",
    "err(",
    "some(",
    "thread '",
    "0x7f",
    "master.key",
    "holdfast.db",
    "tokio",
    "hyper",
    "axum",
    "serde",
    "ring::",
    "cargo",
];
const CANARY: &str = "canary-5f2b9c";

#[test]
fn no_answer_holds_a_mark_of_the_inside_or_the_value_that_was_sent() {
    on_sqlite(async |app| {
        app.report("someone drained my wallet").await;
        let mut answers = 0;
        for route in routes::declared(&app.house) {
            for (place, body) in bodies().into_iter().enumerate() {
                let values =
                    ["'; drop table incident; --", "..%2f..%2fetc%2fpasswd", "%00", "9".repeat(400).as_str(), CANARY]
                        .map(str::to_owned);
                let value = &values[place % values.len()];
                let path = filled(route.path, value);
                let method: Method = route.method.parse().unwrap();
                for kind in ["application/json", "application/x-www-form-urlencoded"] {
                    let request = app.visitor().request(method.clone(), app.url(&path)).header("content-type", kind);
                    let request = request.bearer_auth(&app.token).body(body.clone());
                    let response = request.send().await.unwrap();
                    assert!(response.status() != 500, "{route:?} {path}");
                    let problem =
                        response.headers().get("content-type").is_some_and(|kind| kind == "application/problem+json");
                    let text = String::from_utf8_lossy(&response.bytes().await.unwrap()).into_owned();
                    let lower = text.to_lowercase();
                    let document = route.path == "/api/openapi.json";
                    for mark in MARKS.iter().filter(|_| !document) {
                        assert!(
                            !holds(&lower, &mark.to_lowercase()),
                            "{mark} in the answer of {route:?} {path}: {text}"
                        );
                    }
                    assert!(!problem || !text.contains(CANARY), "{route:?} {path}: {text}");
                    answers += 1;
                }
            }
        }
        assert!(answers > 300, "{answers}");
    });
}

/// Whether a text holds a mark. A short one must begin a word: the random letters of a token may spell it within them.
fn holds(text: &str, mark: &str) -> bool {
    let within = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_alphanumeric());
    let begins_a_word = |at: usize| !within(mark.chars().next()) || !within(text[..at].chars().next_back());
    text.match_indices(mark).any(|(at, _)| mark.len() > 6 || begins_a_word(at))
}

#[test]
fn a_mark_is_seen_where_it_is_said_and_not_in_random_letters() {
    assert!(holds("error from axum: gone", "axum") && holds("at src/web/api.rs:14", ".rs:"));
    assert!(holds("at 0x7ffe3012", "0x7f") && holds("(sqlite) says", "sqlite") && holds("postgresql://", "postgres"));
    assert!(!holds("nonce=qwaxumz0", "axum"));
}

fn filled(path: &str, value: &str) -> String {
    path.split('/').map(|part| if part.starts_with('{') { value } else { part }).collect::<Vec<_>>().join("/")
}

fn bodies() -> Vec<Vec<u8>> {
    vec![
        format!("{{\"text\": \"{CANARY}\", \"no-such-field\": \"{CANARY}\"}}").into_bytes(),
        format!("{{\"text\": {{\"x\": [\"{CANARY}\"]}}}}").into_bytes(),
        format!("text={CANARY}&no-such-field={CANARY}%ff&code={CANARY}&csrf={CANARY}&state={CANARY}").into_bytes(),
        b"{\"text\": \"\xff\xfe\"}".to_vec(),
        b"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[".to_vec(),
        format!("{{\"version\": -1e999, \"verdict\": \"{CANARY}\", \"reason\": \"{CANARY}\"}}").into_bytes(),
        Vec::new(),
    ]
}
