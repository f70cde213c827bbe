//! What `assess` promises, on the built-in playbooks.

use indicatif::ProgressBar;
use serde_json::Value;

use super::lines::Lines;
use super::{Desk, run, set};
use crate::cli::arguments::AssessArguments;
use crate::cli::files::read_mappings;
use crate::cli::screen::{Ending, written};
use crate::text::Language;
use crate::time::Timestamp;

const NOW: Timestamp = Timestamp::from_millis(1_767_225_600_000);
const PHRASE: &str = "legal winner thank year wave sausage worth useful legal winner thank yellow";

fn of_text(text: &str) -> AssessArguments {
    AssessArguments {
        text: Some(text.to_owned()),
        report: None,
        alert: None,
        jsonl: None,
        source: None,
        headers: Vec::new(),
        json: false,
        lenient: false,
        language: None,
        playbooks: None,
    }
}

fn lines(input: &str) -> (Ending, Vec<Value>, String) {
    let desk = Desk { set: set(None).unwrap(), language: None, now: NOW };
    let mappings = read_mappings(None, &desk.set.vocabulary).unwrap().unwrap();
    let reading = Lines { desk: &desk, mappings: &mappings, lenient: false };
    let (ending, out, notes) = written(|screen| reading.read(&mut input.as_bytes(), &ProgressBar::hidden(), screen));
    (ending, out.lines().map(|line| serde_json::from_str(line).unwrap()).collect(), notes)
}

/// Blocks of the printed sums: the points above each rule, and the sum below it.
fn sums(printed: &str) -> Vec<(i32, i32)> {
    let (mut blocks, mut running) = (Vec::new(), 0);
    let mut below = false;
    for line in printed.lines() {
        let first = line.split_whitespace().next().unwrap_or_default();
        if first == "-------" {
            below = true;
        } else if first.starts_with(['+', '-'])
            && let Ok(points) = first.parse::<i32>()
            && line.starts_with("  ")
            && !line.starts_with("           ")
        {
            if below {
                blocks.push((running, points));
                (running, below) = (0, false);
            } else {
                running += points;
            }
        }
    }
    blocks
}

#[test]
fn the_printed_points_add_up_to_the_printed_sum() {
    for text in [
        "我的波场钱包转不出去了，提示没有权限，被多签了，钱包被盗，有人转走",
        "someone logged in to my account from an unknown device, i was hacked, funds stolen",
        "hello",
    ] {
        let (ending, out, _) = written(|screen| run(&of_text(text), NOW, screen));
        assert_eq!(ending, Ending::Fine);
        let sums = sums(&out);
        assert!(!sums.is_empty(), "{out}");
        assert!(sums.iter().all(|(points, sum)| points == sum), "{sums:?}\n{out}");
    }
}

#[test]
fn contributions_of_a_row_add_up_to_its_confidence() {
    let (ending, rows, notes) = lines("{\"text\": \"钱包被盗，币被转走了，不是我操作的\"}\n");
    assert_eq!((ending, notes.as_str()), (Ending::Fine, ""));
    let points: i64 =
        rows[0]["contributions"].as_array().unwrap().iter().map(|line| line["points"].as_i64().unwrap()).sum();
    let odds = 10_f64.powf(f64::from(i32::try_from(points).unwrap()) / 1_000.0);
    let confidence = rows[0]["confidence"].as_f64().unwrap();
    assert!((odds / (1.0 + odds) - confidence).abs() < 1e-6, "{points} {confidence}");
    assert_eq!(
        (rows[0]["class"].as_str(), rows[0]["lane"].as_str(), rows[0]["id"].as_i64()),
        (Some("security"), Some("security"), Some(1))
    );
    assert!(!rows[0]["steps"].as_array().unwrap().is_empty());
}

#[test]
fn a_bad_line_does_not_stop_the_others() {
    let (ending, rows, notes) = lines(
        "{\"id\": \"a\", \"text\": \"hello\"}\nnot json\n\n{\"id\": \"b\", \"text\": \" \"}\n{\"id\": \"c\", \"source\": \"okat\", \"body\": {}}\n{\"id\": \"d\", \"text\": \"hello\"}",
    );
    assert_eq!(ending, Ending::Findings);
    assert_eq!(rows.iter().map(|row| row["id"].as_str().unwrap()).collect::<Vec<_>>(), ["a", "d"]);
    assert!(
        notes.contains("line 2: ")
            && notes.contains("line 4: text: say in a few words")
            && notes.contains("did you mean \"okta\"?"),
        "{notes}"
    );
}

#[test]
fn labelled_lines_end_in_a_summary() {
    let input = "{\"id\":\"i\",\"lang\":\"zh\",\"text\":\"钱包被盗，币被转走了，不是我操作的\",\"label\":\"incident\",\"kind\":\"unknown-theft\"}\n{\"id\":\"r\",\"lang\":\"en\",\"text\":\"how long does a transfer take\",\"label\":\"routine\",\"kind\":\"how-to\"}\n";
    let (ending, rows, notes) = lines(input);
    assert_eq!((ending, rows.len()), (Ending::Fine, 2));
    assert!(
        notes.contains("recall of incidents  1 of 1 (100.0 %)   zh 1 of 1")
            && notes.contains("routine that jumps  0 of 1 (0.0 %)   en 0 of 1"),
        "{notes}"
    );
}

#[test]
fn a_pasted_phrase_comes_out_of_no_form() {
    let text = format!("i gave them {PHRASE}");
    let plain = written(|screen| run(&of_text(&text), NOW, screen)).1;
    let json = written(|screen| run(&AssessArguments { json: true, ..of_text(&text) }, NOW, screen)).1;
    for out in [&plain, &json] {
        assert!(out.contains("secret-removed") && !out.contains("sausage"), "{out}");
    }
    assert!(serde_json::from_str::<Value>(&json).unwrap()["standings"].is_array());
}

#[test]
fn the_language_asked_for_is_that_of_the_steps() {
    let (_, out, _) = written(|screen| {
        run(
            &AssessArguments { language: Some(Language::Zh), json: true, ..of_text("my coins were stolen") },
            NOW,
            screen,
        )
    });
    let document: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(document["language"], "zh");
    assert!(!document["steps"][0]["text"].as_str().unwrap().is_ascii());
}

#[test]
fn an_alert_is_judged_through_the_mapping_of_its_source() {
    let body = r#"{"eventType":"com.okta.event_hook","data":{"events":[{"uuid":"u1","published":"2025-12-31T10:00:00.000Z","eventType":"user.account.report_suspicious_activity_by_enduser","severity":"WARN","actor":{"id":"a1","alternateId":"a@b.example","type":"User"},"outcome":{"result":"SUCCESS"}}]}}"#;
    let (ending, rows, notes) = lines(&format!(
        "{{\"id\":\"x\",\"source\":\"okta\",\"headers\":{{}},\"body\":{body}}}\n{{\"id\":\"y\",\"endpoint\":\"okta\",\"body\":{{}}}}\n"
    ));
    assert_eq!(ending, Ending::Fine, "{notes}");
    assert_eq!((rows[0]["id"].as_str(), rows[0]["contributions"][0]["line"].as_str()), (Some("x"), Some("prior")));
    assert_eq!((rows[1]["unmapped"].as_bool(), rows[1]["class"].is_null()), (Some(true), true), "{}", rows[1]);
}
