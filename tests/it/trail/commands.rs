//! The commands, as an operator and an auditor type them.

use crate::support::process::Installation;

/// AUD-03, AUD-04: what `audit export` writes, `audit verify` proves without the database; a change is a finding.
#[test]
fn an_export_is_proved_with_the_public_key_alone() {
    let house = Installation::new("", "warn");
    drop(house.start());
    let file = house.data().join("export");
    let written = house.command(&["audit", "export", "--out", file.to_str().unwrap()]).output().unwrap();
    assert!(written.status.success(), "{}", String::from_utf8_lossy(&written.stderr));
    let key = house.data().join("audit-checkpoints.pub");

    let verify = |more: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_holdfast"));
        let output = command.args(["audit", "verify"]).arg(&file).arg("--key").arg(&key).args(more).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let (code, said) = verify(&[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("checkpoints verified"), "{said}");

    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replacen("token.create", "token.revoke", 1)).unwrap();
    let (code, said) = verify(&["--json"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("\"finding\": \"changed\""), "{said}");
}

/// AUD-03: the start of the program itself stops over an older database, and `audit adopt` goes on by a person's will.
#[test]
fn the_program_does_not_start_over_an_older_database() {
    let house = Installation::new("", "warn");
    drop(house.start());
    let files = ["holdfast.db", "holdfast.db-wal"].map(|name| house.data().join(name));
    let older = files.each_ref().map(|file| std::fs::read(file).unwrap_or_default());
    for _ in 0..3 {
        assert!(house.command(&["token", "create", "--program", "second"]).output().unwrap().status.success());
    }
    assert!(house.command(&["audit", "export"]).output().unwrap().status.success());
    drop(std::fs::remove_file(house.data().join("holdfast.db-shm")));
    for (file, bytes) in files.iter().zip(older) {
        std::fs::write(file, bytes).unwrap();
    }

    let refused = house.command(&[]).output().unwrap();
    let said = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(refused.status.code(), Some(1));
    assert!(said.contains("older database was put back"), "{said}");
    assert!(house.command(&["audit", "adopt"]).output().unwrap().status.success());
    drop(house.start());
}
