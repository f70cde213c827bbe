//! `holdfast playbook draft`, `versions`, `publish`, `rollback`, `replay` on the database of an installation.

use std::process::Output;

use holdfast::playbook::Files;
use serde_json::Value;

use super::{digest, small, with, write};
use crate::support::process::Installation;

/// Runs a command that must end with this code and gives what it wrote: the answer and what was said beside it.
pub fn run(installation: &Installation, arguments: &[&str], code: i32) -> (String, String) {
    let Output { status, stdout, stderr } = installation.command(arguments).output().unwrap();
    let (out, notes) = (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
    assert_eq!(status.code(), Some(code), "{arguments:?}: {out}{notes}");
    (out.trim_end().to_owned(), notes)
}

/// Keeps files as a draft by the command; gives the digest.
pub fn draft(installation: &Installation, files: &Files, note: &str) -> String {
    run(installation, &["migrate"], 0);
    let folder = tempfile::tempdir().unwrap();
    write(files, folder.path());
    let arguments = ["playbook", "draft", folder.path().to_str().unwrap(), "--note", note];
    run(installation, &arguments, 0).0
}

#[test]
fn a_set_is_drafted_listed_published_and_rolled_back() {
    let installation = Installation::new("", "error");
    let loud = draft(&installation, &small(), "teapots count");
    assert_eq!(loud, digest(&small()));
    let (listed, _) = run(&installation, &["playbook", "versions"], 0);
    assert!(listed.contains(&loud[..12]) && listed.contains("teapots count"), "{listed}");

    run(&installation, &["playbook", "publish", &loud[..10]], 0);
    run(&installation, &["playbook", "publish", &loud], 1);
    let (listed, _) = run(&installation, &["playbook", "versions", "--json"], 0);
    let listed: Value = serde_json::from_str(&listed).unwrap();
    let version = &listed["versions"][0];
    assert_eq!((version["state"].as_str(), version["in_force"].as_bool()), (Some("published"), Some(true)));
    assert_eq!((version["origin"].as_str(), listed["behind"].as_i64()), (Some("command"), Some(0)));

    let (told, _) = run(&installation, &["doctor"], 0);
    assert!(
        told.contains(&format!("{}, published; the built-in set of this program is another", &loud[..12])),
        "{told}"
    );
    run(&installation, &["playbook", "rollback"], 0);
    run(&installation, &["playbook", "rollback"], 1);
    run(&installation, &["playbook", "reload"], 0);
    run(&installation, &["playbook", "publish", "ffffffffff"], 1);
}

#[test]
fn a_faulty_draft_and_one_whose_examples_fail_are_refused() {
    let installation = Installation::new("", "error");
    run(&installation, &["migrate"], 0);
    let folder = tempfile::tempdir().unwrap();
    let directory = folder.path().to_str().unwrap();
    write(&with("sim-swap.yaml", |yaml| yaml.replacen("prior:", "piror:", 1)), folder.path());
    let (_, notes) = run(&installation, &["playbook", "draft", directory], 1);
    assert!(notes.contains("did you mean \"prior\"?"), "{notes}");

    let mut fails = small();
    let theft = fails.get_mut("unauthorized-transfer-unknown.yaml").unwrap();
    *theft = theft.replacen("expect: { class: security }", "expect: { class: routine }", 1);
    let folder = tempfile::tempdir().unwrap();
    let directory = folder.path().to_str().unwrap();
    write(&fails, folder.path());
    for command in ["draft", "replay"] {
        let (_, notes) = run(&installation, &["playbook", command, directory], 1);
        assert!(notes.contains("unauthorized-transfer-unknown example"), "{notes}");
    }
    assert!(run(&installation, &["playbook", "versions", "--json"], 0).0.contains("\"versions\":[]"));
}

#[test]
fn a_command_that_reads_makes_no_database_where_none_is() {
    let installation = Installation::new("", "error");
    let elsewhere = installation.data().join("mistyped");
    let data = elsewhere.to_str().unwrap();
    for command in [
        &["playbook", "versions", "--data", data][..],
        &["playbook", "rollback", "--data", data],
        &["token", "list", "--data", data],
    ] {
        let (_, notes) = run(&installation, command, 1);
        assert!(notes.contains("there is no database in this folder"), "{notes}");
        assert!(!elsewhere.exists(), "{command:?}");
    }
    run(&installation, &["migrate", "--data", data], 0);
    run(&installation, &["token", "list", "--data", data], 0);
}

#[test]
fn a_draft_that_a_source_mapping_cannot_be_read_with_is_refused() {
    let installation = Installation::new("", "error");
    run(&installation, &["migrate"], 0);
    let mut files = small();
    let vocabulary = files.get_mut("vocabulary.yaml").unwrap();
    let lines: Vec<&str> = vocabulary.lines().filter(|line| !line.contains("monitoring.resolved")).collect();
    *vocabulary = lines.join("\n");
    let folder = tempfile::tempdir().unwrap();
    write(&files, folder.path());
    let (_, notes) = run(&installation, &["playbook", "draft", folder.path().to_str().unwrap()], 1);
    assert!(notes.contains("source mapping sources/prometheus-alertmanager.yaml"), "{notes}");
}
