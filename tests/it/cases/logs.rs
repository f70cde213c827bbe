//! What a running house writes down of a case's link and code, at the most talkative level (CA-06).

use reqwest::Client;
use serde_json::{Value, json};

use crate::support::case::Holder;
use crate::support::process::Installation;

#[test]
fn neither_link_nor_code_is_in_the_log() {
    let installation = Installation::new("", "trace");
    let running = installation.start();
    let holder = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
        let (client, at) = (Client::new(), &running.address);
        let report = client.post(format!("{at}/api/v1/reports")).json(&json!({"text": "my usdt was stolen"}));
        let holder = Holder::of(&report.send().await.unwrap().json::<Value>().await.unwrap());
        let authorization = format!("Case {}.{}", holder.token, holder.code);
        let path = format!("{at}/api/v1/cases/{}", holder.reference);
        client.get(path).header("authorization", authorization).send().await.unwrap().error_for_status().unwrap();
        let page = format!("{at}/c/{}", holder.token);
        client.get(format!("{page}?code={}", holder.code)).send().await.unwrap();
        client.post(&page).form(&[("code", holder.code.as_str())]).send().await.unwrap();
        client.post(format!("{page}/{}", holder.code)).send().await.unwrap();
        holder
    });
    drop(running);
    let log = std::fs::read_to_string(installation.log_file()).unwrap();
    assert!(log.contains("<case-token>"), "the visits are told of");
    for secret in [&holder.token, &holder.code, &holder.code.replace('-', "")] {
        assert!(!log.contains(secret), "{secret}");
    }
}
