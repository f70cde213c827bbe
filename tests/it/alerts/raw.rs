//! A rule of Sigma, taken over by the command line, speaks of what a sender says beyond its mapping.

use std::fs;
use std::path::Path;
use std::process::Command;

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::app::{App, Plan, on_both_with};

const RULE: &str = "\
title: Sign-in through an anonymising proxy
id: 2f1e6f0e-5a7b-4d3f-9a51-0c5b7f0c5d11
level: high
logsource: { product: wallet }
detection:
  selection: { data.client.proxy: true, data.client.network|contains: exit }
  filter: { data.client.network|endswith: .own.example.org }
  condition: selection and not filter
";

/// A folder of playbooks, one of which has the signs that the command made of the rule.
fn playbooks(folder: &Path) -> String {
    let rules = folder.join("rules");
    fs::create_dir_all(&rules).unwrap();
    fs::write(rules.join("proxy.yml"), RULE).unwrap();
    let out = folder.join("signs");
    let mut command = Command::new(env!("CARGO_BIN_EXE_holdfast"));
    let ran = command.args(["playbook", "import-sigma"]).arg(&rules).arg("--out").arg(&out).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let signs = fs::read_to_string(out.join("sigma-signs.yaml")).unwrap();
    let set = folder.join("playbooks");
    copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("playbooks").as_path(), &set);
    let file = set.join("suspicious-login.yaml");
    let text = fs::read_to_string(&file).unwrap();
    let group = format!("signs:\n  {}\n", signs.trim_end().replace('\n', "\n  "));
    fs::write(&file, text.replacen("signs:\n", &group, 1)).unwrap();
    set.to_string_lossy().into_owned()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

fn plan() -> Plan {
    Plan { settings: |config| config.playbooks = playbooks(&config.data), ..Plan::default() }
}

fn login(account: &str, network: &str) -> Value {
    json!({
        "type": "auth.login",
        "timestamp": "2026-03-02T08:50:00Z",
        "data": {
            "account": account, "ip": "203.0.113.7", "outcome": "success", "severity": "high",
            "client": { "proxy": true, "network": ["relay", network] },
        },
    })
}

async fn incident(app: &App) -> Value {
    let queue = app.queue().await;
    assert_eq!(queue.len(), 1, "{queue:?}");
    let id = queue[0]["id"].as_str().unwrap().to_owned();
    app.staff_get(&format!("/api/v1/incidents/{id}")).await
}

#[test]
fn a_rule_of_sigma_fires_on_a_signed_alert_and_stands_among_the_evidence() {
    on_both_with(plan(), async |app| {
        let response = app.event("msg_1", &login("account-1", "EXIT-7.example.net")).await;
        assert_eq!(response.status(), StatusCode::ACCEPTED);
        let incident = incident(&app).await;
        assert!(incident["assessment"].to_string().contains("\"proxy\""), "{}", incident["assessment"]);
        let facts = &incident["signals"][0]["facts"];
        assert_eq!(facts["raw.data.client.proxy"], "true");
        assert_eq!(facts["raw.data.client.network"], json!(["relay", "EXIT-7.example.net"]));
        assert_eq!(facts.as_object().unwrap().keys().filter(|name| name.starts_with("raw.")).count(), 2);
    });
}

#[test]
fn what_the_rule_leaves_out_does_not_fire() {
    on_both_with(plan(), async |app| {
        let response = app.event("msg_1", &login("account-1", "exit.own.example.org")).await;
        assert_eq!(response.status(), StatusCode::ACCEPTED);
        let incident = incident(&app).await;
        assert!(!incident["assessment"].to_string().contains("\"proxy\""), "{}", incident["assessment"]);
    });
}

#[test]
fn a_try_shows_what_the_signs_would_be_given() {
    let folder = tempfile::tempdir().unwrap();
    let set = playbooks(folder.path());
    let sample = folder.path().join("sample.json");
    fs::write(&sample, login("account-1", "exit-7").to_string()).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_holdfast"));
    command.args(["source", "try"]).arg(Path::new(&set).join("sources/standard-webhooks.yaml")).arg(&sample);
    let ran = command.args(["--playbooks", &set]).output().unwrap();
    let out = String::from_utf8_lossy(&ran.stdout);
    let line = out.lines().find(|line| line.contains("raw.data.client.network")).unwrap_or_else(|| panic!("{out}"));
    assert!(line.ends_with("relay | exit-7"), "{line}");
}
