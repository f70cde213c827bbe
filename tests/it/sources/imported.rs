//! Alerts from a file: each row once, however often the file is given, and from where it stood when it was cut off.

use std::process::Output;

use crate::support::process::Installation;

fn run(installation: &Installation, arguments: &[&str], code: i32) -> String {
    let Output { status, stdout, stderr } = installation.command(arguments).output().unwrap();
    let (out, notes) = (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
    assert_eq!(status.code(), Some(code), "{arguments:?}: {out}{notes}");
    out
}

#[test]
fn a_file_is_taken_in_once_row_by_row() {
    let folder = tempfile::tempdir().unwrap();
    let installation = Installation::new("", "error");
    run(&installation, &["migrate"], 0);
    let file = folder.path().join("alerts.jsonl");
    let row = |number: u32| {
        format!(
            "{{\"type\":\"auth.threat\",\"timestamp\":\"2026-03-01T08:{:02}:00Z\",\"data\":{{\"account\":\"a-{number}\",\"severity\":\"high\"}}}}\n",
            number % 60
        )
    };
    std::fs::write(&file, (0..300).map(row).collect::<String>()).unwrap();
    let command = |file: &std::path::Path, code: i32| {
        let arguments = ["import", file.to_str().unwrap(), "--endpoint", "events"];
        run(&installation, &arguments, code)
    };
    assert_eq!(
        command(&file, 0),
        "300 rows: 0 were in before, 300 signals, 0 copies, 0 left out, 0 could not be read\n"
    );
    assert_eq!(
        command(&file, 0),
        "300 rows: 300 were in before, 0 signals, 0 copies, 0 left out, 0 could not be read\n"
    );
    let longer = folder.path().join("longer.jsonl");
    std::fs::write(&longer, (0..301).map(row).collect::<String>() + "not json\n").unwrap();
    let told = command(&longer, 1);
    assert_eq!(told, "302 rows: 0 were in before, 1 signals, 300 copies, 0 left out, 1 could not be read\n");
    let table = folder.path().join("rows.csv");
    std::fs::write(&table, "type,timestamp\nmonitoring.alert,2026-03-01T08:00:00Z\n").unwrap();
    assert!(command(&table, 0).starts_with("1 rows: 0 were in before, 1 signals"));
}
