//! Another key-encryption key while everything runs (CRY-05).

use std::process::Stdio;
use std::time::Duration;

use crate::support::process::{Installation, client};

/// Reports something, and gives the status of the answer.
async fn report(client: &reqwest::Client, address: &str, number: usize) -> u16 {
    let body = serde_json::json!({"text": format!("someone drained my wallet {number}")});
    client.post(format!("{address}/api/v1/reports")).json(&body).send().await.unwrap().status().as_u16()
}

/// CRY-05: killed again and again in the middle, read from and written to all the while; at the end everything opens with
/// the new key alone.
#[test]
fn keys_rotate_online_and_survive_being_killed() {
    let house = Installation::new("", "warn");
    let running = house.start();
    let tokio = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (client, address) = (client(), running.address.clone());
    let report = |number| assert_eq!(tokio.block_on(report(&client, &address, number)), 201);
    let read_all = |address: &str| {
        let rows = tokio.block_on(house.staff_get((&client, address), "/api/v1/queue?limit=200"));
        let rows = rows["rows"].as_array().unwrap().clone();
        for row in &rows {
            let path = format!("/api/v1/incidents/{}", row["id"].as_str().unwrap());
            tokio.block_on(house.staff_get((&client, address), &path));
        }
        rows.len()
    };
    for number in 0..20 {
        report(number);
    }
    let key_file = house.data().join("master.key");
    let before = std::fs::read_to_string(&key_file).unwrap();
    for kill in 0..5_u64 {
        let mut command = house.command(&["key", "rotate", "--pause", "6"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        report(usize::try_from(kill).unwrap() + 100);
        drop(tokio.block_on(async {
            tokio::time::timeout(Duration::from_millis(kill * 400), std::future::pending::<()>()).await
        }));
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(read_all(&address), 21 + usize::try_from(kill).unwrap());
    }
    let output = house.command(&["key", "rotate", "--pause", "6"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    report(200);
    assert_eq!(read_all(&address), 26);
    running.kill();

    let after = std::fs::read_to_string(&key_file).unwrap();
    assert!(after.starts_with(before.trim()) && !after.contains("rotating"), "one new key is left");
    assert_eq!(after.lines().count(), 2);
    let again = house.start();
    assert_eq!(read_all(&again.address), 26);
    again.kill();
    std::fs::write(&key_file, before).unwrap();
    let refused = house.command(&[]).output().unwrap();
    assert!(String::from_utf8_lossy(&refused.stderr).contains("not the one this database was sealed with"));
}

/// CRY-05: a node whose copy of the key file is old seals nothing with the key that goes away; given the new file it goes on.
#[test]
fn a_node_with_an_old_key_file_keeps_nothing_until_it_has_the_new_one() {
    let house = Installation::new("", "warn");
    let running = house.start();
    let tokio = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (client, address) = (client(), running.address.clone());
    let report = |number| tokio.block_on(report(&client, &address, number));
    assert_eq!(report(1), 201);
    let (key_file, elsewhere) = (house.data().join("master.key"), house.data().join("elsewhere.key"));
    std::fs::copy(&key_file, &elsewhere).unwrap();
    let mut command = house.command(&["key", "rotate", "--pause", "6"]);
    let output = command.env("HOLDFAST_KEY_FILE", &elsewhere).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(report(2), 503, "the older key is gone from the file of the others");

    std::fs::copy(&elsewhere, &key_file).unwrap();
    assert_eq!(report(3), 201);
    let rows = tokio.block_on(house.staff_get((&client, &address), "/api/v1/queue?limit=200"));
    assert_eq!(rows["rows"].as_array().unwrap().len(), 2);
    running.kill();
}
