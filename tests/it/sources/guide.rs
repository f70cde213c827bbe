//! The guide for a new source, followed to the letter.

use std::fs;
use std::process::Command;

const GUIDE: &str = include_str!("../../../playbooks/sources/README.md");

/// The first block of the guide in a language, without the indent of the list it stands in.
fn block(language: &str) -> String {
    let fence = format!("```{language}\n");
    let (_, rest) = GUIDE.split_once(&fence).unwrap();
    let before = GUIDE[..GUIDE.find(&fence).unwrap()].rsplit('\n').next().unwrap();
    let (inside, _) = rest.split_once("```").unwrap();
    inside
        .lines()
        .map(|line| line.strip_prefix(before).unwrap_or(line))
        .fold(String::new(), |text, line| text + line + "\n")
}

#[test]
fn the_guide_for_a_new_source_works_as_it_is_written() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("sample.json"), block("json")).unwrap();
    fs::write(folder.path().join("night-watch.yaml"), block("yaml")).unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_holdfast"));
        let ran = command.current_dir(folder.path()).args(arguments).output().unwrap();
        let told = format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
        assert!(ran.status.success(), "{told}");
        told
    };
    assert!(run(&["source", "schema"]).contains("json-schema.org"));
    let tried = run(&["source", "try", "night-watch.yaml", "sample.json", "--places"]);
    for part in ["/alert/customer/number", "account.two-factor-changed", "c-1001", "203.0.113.7", "high", "Assessment"]
    {
        assert!(tried.contains(part), "{part}\n{tried}");
    }
    assert!(run(&["source", "check", "."]).contains("1 sources, 0 faulty; 1 samples, 0 failed"));
}
