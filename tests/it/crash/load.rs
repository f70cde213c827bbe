//! Clients that send as fast as they are answered, and what is done with their ledger after the restart.

use futures_util::StreamExt;
use futures_util::stream::iter;
use holdfast::phrase::sample::Draw;
use reqwest::{Client, Method, Response, StatusCode};
use serde_json::{Value, json};

use super::ledger::{Findings, Ledger, Sent, What};
use crate::support::process::Installation;

/// Clients at once.
const SOURCES: u32 = 12;
const PEOPLE: u32 = 4;
/// Accounts that a round's alerts are about, and those that alerts of every round are about.
const ACCOUNTS: usize = 40;
const LASTING: usize = 3;

const KINDS: [&str; 5] =
    ["withdrawal.requested", "auth.login", "account.changed", "chain.transfer-out", "account.api-key"];

pub struct Load<'a> {
    pub installation: &'a Installation,
    pub client: Client,
    pub address: String,
    pub round: u32,
}

impl Load<'_> {
    /// Sends until the server is gone.
    pub async fn run(&self, seed: u64, ledger: &Ledger) {
        let draws = |from: u32, count: u32| {
            (from..from + count).map(move |number| (number, Draw::new(seed ^ u64::from(number) << 32)))
        };
        let sources = draws(0, SOURCES).map(|(number, draw)| self.source(number, draw, ledger));
        let people = draws(SOURCES, PEOPLE).map(|(number, draw)| self.person(number, draw, ledger));
        tokio::join!(futures_util::future::join_all(sources), futures_util::future::join_all(people));
    }

    async fn source(&self, number: u32, mut draw: Draw, ledger: &Ledger) {
        for count in 0.. {
            let mark = format!("mark-{}-{number}-{count}", self.round);
            let account = match draw.below(10) {
                0 => format!("lasting-{}", draw.below(LASTING)),
                _ => format!("account-{}-{}", self.round, draw.below(ACCOUNTS)),
            };
            let data = json!({"account": account, "title": format!("{mark} of {account}"), "severity": "high", "country": "DE", "amount": draw.below(10_000).to_string()});
            let body = json!({"type": draw.one_of(&KINDS), "timestamp": "2026-03-02T09:00:00Z", "data": data})
                .to_string()
                .into_bytes();
            ledger
                .note(&mark, Sent { round: self.round, what: What::Alert { body: body.clone() }, acknowledged: None });
            let Some(answer) =
                answered(self.installation.event((&self.client, &self.address), (&mark, &body)).send().await).await
            else {
                return;
            };
            ledger.acknowledge(&mark, answer);
        }
    }

    async fn person(&self, number: u32, mut draw: Draw, ledger: &Ledger) {
        for count in 0.. {
            let mark = format!("mark-{}-{number}-{count}", self.round);
            let body = json!({"text": format!("{mark} somebody took all coins out of my wallet, what now?"), "happening_now": draw.below(2) == 0});
            let key = format!("{:016x}{:016x}", draw.number(), draw.number());
            ledger.note(
                &mark,
                Sent {
                    round: self.round,
                    what: What::Report { body: body.clone(), key: key.clone() },
                    acknowledged: None,
                },
            );
            let Some(answer) = self.report(&body, &key).await else { return };
            ledger.acknowledge(&mark, answer.clone());
            if count % 3 == 0 {
                let mark = format!("{mark}-said");
                ledger.note(&mark, Sent { round: self.round, what: What::Message, acknowledged: None });
                let Some(answer) = self.message(&answer["case"], &mark).await else { return };
                ledger.acknowledge(&mark, answer);
            }
        }
    }

    async fn report(&self, body: &Value, key: &str) -> Option<Value> {
        let request =
            self.client.post(format!("{}/api/v1/reports", self.address)).header("idempotency-key", key).json(body);
        answered(request.send().await).await
    }

    async fn message(&self, case: &Value, mark: &str) -> Option<Value> {
        let link = case["link"].as_str().unwrap().rsplit('/').next().unwrap();
        let path = format!("{}/api/v1/cases/{}/messages", self.address, case["reference"].as_str().unwrap());
        let request = self
            .client
            .request(Method::POST, path)
            .header("authorization", format!("Case {link}.{}", case["code"].as_str().unwrap()));
        answered(request.json(&json!({"text": format!("{mark} and they are still at it")})).send().await).await
    }

    pub async fn is_ready(&self) {
        let response = self.client.get(format!("{}/health/ready", self.address)).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
    }

    /// Sends everything of the round again, as a sender does that is not sure: what was acknowledged must be known.
    pub async fn send_again(&self, ledger: &Ledger, findings: &mut Findings) {
        let again = iter(ledger.of_round(self.round)).map(|(mark, sent)| async move {
            let answer = match &sent.what {
                What::Alert { body } => {
                    answered(self.installation.event((&self.client, &self.address), (&mark, body)).send().await).await
                }
                What::Report { body, key } => self.report(body, key).await,
                What::Message => return None,
            };
            let answer = answer.expect("a running server answers");
            match (&sent.what, &sent.acknowledged) {
                (What::Alert { .. }, Some(first)) => {
                    let known =
                        answer["accepted"] == 0 && answer["duplicates"] == 1 && answer["signals"] == first["signals"];
                    (!known).then_some(mark)
                }
                (What::Report { .. }, Some(first)) => (*first != answer).then_some(mark),
                (What::Message, _) => None,
                (What::Alert { .. } | What::Report { .. }, None) => {
                    ledger.acknowledge(&mark, answer);
                    None
                }
            }
        });
        let lost: Vec<Option<String>> = again.buffer_unordered(16).collect().await;
        findings.lost.extend(lost.into_iter().flatten());
    }

    /// Reads the whole queue, and every incident that is new or has changed.
    pub async fn read_back(&self, ledger: &mut Ledger, findings: &mut Findings) {
        let at = (&self.client, self.address.as_str());
        let mut path = "/api/v1/queue?limit=200".to_owned();
        loop {
            let page = self.installation.staff_get(at, &path).await;
            let rows: Vec<(String, i64)> = page["rows"]
                .as_array()
                .unwrap()
                .iter()
                .map(|row| (row["id"].as_str().unwrap().to_owned(), row["version"].as_i64().unwrap()))
                .collect();
            let news = rows.into_iter().filter(|(id, version)| !ledger.knows(id, *version));
            let read = iter(news).map(|(id, _)| async move {
                let incident = self.installation.staff_get(at, &format!("/api/v1/incidents/{id}")).await;
                (id, incident)
            });
            let read: Vec<(String, Value)> = read.buffer_unordered(8).collect().await;
            for (id, incident) in &read {
                ledger.see(id, incident);
            }
            let Some(next) = page["next"].as_str() else { break };
            path = format!("/api/v1/queue?limit=200&cursor={next}");
        }
        ledger.compare(findings);
    }
}

/// The body of a 2xx; nothing when the connection broke. Any other status is a fault of the server.
async fn answered(sent: reqwest::Result<Response>) -> Option<Value> {
    let response = sent.ok()?;
    let status = response.status();
    let text = response.text().await.ok()?;
    assert!(status.is_success(), "{status}: {text}");
    serde_json::from_str(&text).ok()
}
