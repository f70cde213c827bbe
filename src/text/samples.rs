//! Reads real reports where they lie; nothing of them is kept here.
#![expect(clippy::print_stdout, reason = "a test that was left out says so, and tells what it read")]

use super::{amounts, clean, defang, find, fold, language};

/// Prints one line and passes when the samples are not at hand.
#[test]
fn real_reports_are_survived_with_sound_places() {
    let Some(samples) = std::env::var_os("HOLDFAST_SAMPLES") else {
        println!("HOLDFAST_SAMPLES is not set: real reports are not read");
        return;
    };
    let path = std::path::Path::new(&samples).join("reports/dev.jsonl");
    let lines = std::fs::read_to_string(&path).unwrap();
    let (mut languages, mut reports) = (0, 0);
    for line in lines.lines() {
        let report: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = report["text"].as_str().unwrap();
        let folded = fold(text);
        for piece in folded.sentences().chain(folded.clauses()) {
            assert!(!text[folded.original_range(piece)].is_empty());
        }
        for found in find(text) {
            println!("{} {} {} <{}>", report["id"], found.observable.kind, found.observable.value, &text[found.at]);
        }
        for (amount, at) in amounts(text) {
            println!("{} {} {} <{}>", report["id"], amount.value, amount.unit, &text[at]);
        }
        assert_eq!(defang(&defang(text)), defang(text));
        assert!(clean(text, 10_000).is_ok());
        reports += 1;
        languages += usize::from(language::detect(text).is_some_and(|seen| seen.as_str() == report["lang"]));
    }
    println!("language told right in {languages} of {reports}");
    assert!(languages * 20 >= reports * 19);
}
