//! With the real program: a backup that is put back brings nobody back, and the trail tells who could be affected.

use serde_json::Value;

use crate::support::process::{Installation, Running, client};

fn tokio() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

fn report(running: &Running, text: &str) -> Value {
    let request = client().post(format!("{}/api/v1/reports", running.address)).json(&serde_json::json!({"text": text}));
    tokio().block_on(async { request.send().await.unwrap().json().await.unwrap() })
}

fn queue(house: &Installation, running: &Running) -> Vec<String> {
    let client = client();
    let rows = tokio().block_on(house.staff_get((&client, &running.address), "/api/v1/queue"));
    rows["rows"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

/// Runs a command that must succeed and gives what it said.
fn command(house: &Installation, arguments: &[&str]) -> String {
    let output = house.command(arguments).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{arguments:?}: {said}{}", String::from_utf8_lossy(&output.stderr));
    said
}

/// A file with a token that may handle persons.
fn token(house: &Installation, person: &str) -> String {
    let said = command(house, &["token", "create", "--program", person, "--scopes", "persons:handle"]);
    let file = house.data().join(format!("{person}.token"));
    std::fs::write(&file, said.lines().next().unwrap()).unwrap();
    file.to_str().unwrap().to_owned()
}

/// PRIV-05: the erased case of a restored backup is erased again before the listener opens; PRIV-04 by command.
#[test]
fn an_erased_case_stays_erased_after_a_restore() {
    let house = Installation::new("", "warn");
    let running = house.start();
    let answer = report(&running, "someone drained my wallet");
    report(&running, "somebody else");
    running.kill();
    let (ada, bo) = (token(&house, "ada"), token(&house, "bo"));
    let files = ["holdfast.db", "holdfast.db-wal"].map(|name| house.data().join(name));
    let backup = files.each_ref().map(|file| std::fs::read(file).unwrap_or_default());

    let reference = answer["case"]["reference"].as_str().unwrap();
    let asked = command(&house, &["person", "erase", reference, "--token-file", &ada]);
    let request = asked.lines().next().unwrap();
    assert!(!house.command(&["person", "grant", request, "--token-file", &ada]).output().unwrap().status.success());
    let done = command(&house, &["person", "grant", request, "--token-file", &bo]);
    assert!(done.starts_with("1 incidents are erased"), "{done}");

    drop(std::fs::remove_file(house.data().join("holdfast.db-shm")));
    for (file, bytes) in files.iter().zip(backup) {
        std::fs::write(file, bytes).unwrap();
    }
    drop(std::fs::remove_file(house.data().join("audit-checkpoints")));
    let running = house.start();
    assert_eq!(queue(&house, &running).len(), 1);
    drop(running);
    let gone = house.command(&["person", "erase", reference, "--token-file", &ada]).output().unwrap();
    assert!(String::from_utf8_lossy(&gone.stderr).contains("no such case"));
}

/// PRIV-08: from the trail and the inventory, who could be affected and by what, within a command.
#[test]
fn a_breach_report_names_cases_fields_and_times() {
    let house = Installation::new("", "warn");
    let running = house.start();
    for number in 0..3 {
        report(&running, &format!("someone drained my wallet {number}"));
    }
    let ids = queue(&house, &running);
    let client = client();
    for id in &ids[..2] {
        tokio().block_on(house.staff_get((&client, &running.address), &format!("/api/v1/incidents/{id}")));
    }
    let told = command(&house, &["breach", "--since", "2026-01-01T00:00:00Z", "--person", "responder", "--json"]);
    let told: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(told["people"], 2);
    assert_eq!(told["deeds"]["incident.view"], 2);
    let mut seen: Vec<&str> = told["incidents"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
    let mut expected: Vec<&str> = ids[..2].iter().map(String::as_str).collect();
    seen.sort_unstable();
    expected.sort_unstable();
    assert_eq!(seen, expected);
    let fields = told["fields"].to_string();
    assert!(fields.contains("message.body") && fields.contains("reporter_case.contact"), "{fields}");
    let nobody = command(&house, &["breach", "--since", "2026-01-01T00:00:00Z", "--person", "nobody"]);
    assert!(nobody.contains("Nobody's data was touched"), "{nobody}");
}
