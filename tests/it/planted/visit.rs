//! One round through every door, a secret in every field there is.

use std::collections::BTreeMap;
use std::sync::Mutex;

use holdfast::phrase::sample::Draw;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};

use super::garden::Garden;
use crate::support::parts::{Sent, with_file};
use crate::support::process::Installation;

/// A house under test, seen from the street.
pub struct Street<'a> {
    pub installation: &'a Installation,
    pub client: Client,
    pub address: String,
    pub garden: Garden,
    /// Everything that was ever answered.
    pub answers: Mutex<Vec<u8>>,
    /// How often a door answered with which status.
    pub statuses: Mutex<BTreeMap<(&'static str, u16), u64>>,
}

impl Street<'_> {
    /// Goes round once; `number` sets this round apart from others.
    pub async fn visit(&self, number: u64) {
        let case = self.reports(number).await;
        self.page().await;
        self.alerts(number).await;
        self.case(&case).await;
        self.addresses().await;
    }

    async fn send(&self, door: &'static str, request: RequestBuilder) -> Value {
        let line = |field| self.garden.line(field);
        let request = match door {
            "report" | "form" | "alert" | "staff note" => request
                .header("user-agent", line("header user-agent"))
                .header("x-forwarded-for", line("header x-forwarded-for")),
            "case message" | "address" => request
                .header("referer", line("header referer"))
                .header("accept-language", line("header accept-language")),
            _ => request,
        };
        let response = request.send().await.unwrap_or_else(|error| panic!("{door}: {error}"));
        let status = response.status();
        assert!(!status.is_server_error(), "{door}: {status}");
        *self.statuses.lock().unwrap().entry((door, status.as_u16())).or_default() += 1;
        let body = response.bytes().await.unwrap();
        self.answers.lock().unwrap().extend_from_slice(&body);
        serde_json::from_slice(&body).unwrap_or_default()
    }

    fn to(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.address))
    }

    async fn reports(&self, number: u64) -> Value {
        let text = |field| self.garden.text(field);
        let report = json!({
            "text": text("report text"), "happening_now": true, "account": text("report account"), "tried": [text("report tried"), text("report tried")],
            "assets": [{"chain": text("report assets.chain"), "asset": text("report assets.asset"), "usd": "100"}],
            "contact": {"phone": text("report contact.phone"), "telegram": text("report contact.telegram")},
        });
        let key = format!("{number:032}");
        let kept = self
            .send("report", self.to(Method::POST, "/api/v1/reports").header("idempotency-key", key).json(&report))
            .await;
        // What a rule refuses: nothing of it may stay anywhere either.
        let refused = json!({
            "text": text("report text"), "language": text("report language"), "wallets": [{"chain": text("report wallets.chain"), "address": text("report wallets.address")}],
            "assets": [{"amount": text("report assets.amount"), "usd": text("report assets.usd")}], "contact": {"email": text("report contact.email")},
            "answers": {text("report answers, question"): text("report answers, choice")},
        });
        self.send(
            "report refused",
            self.to(Method::POST, "/api/v1/reports")
                .header("idempotency-key", self.garden.line("header idempotency-key"))
                .json(&refused),
        )
        .await;
        let unknown = json!({"text": "help", text("report, unknown name"): 1});
        self.send("report unknown name", self.to(Method::POST, "/api/v1/reports").json(&unknown)).await;
        self.send(
            "report not JSON",
            self.to(Method::POST, "/api/v1/reports")
                .header("content-type", "application/json")
                .body(text("report, not JSON")),
        )
        .await;
        kept["case"].clone()
    }

    async fn page(&self) {
        let text = |field| self.garden.text(field);
        let form = [
            ("key", text("form key")),
            ("text", text("form text")),
            ("now", text("form now")),
            ("wallet", text("form wallet")),
            ("chain", text("form chain")),
            ("left", text("form left")),
            ("contact", text("form contact")),
            ("account", text("form account")),
            ("lang", "zh".to_owned()),
        ];
        self.send("form", self.to(Method::POST, "/report").form(&form)).await;
        self.send("form unknown name", self.to(Method::POST, "/report").form(&[(text("form, unknown name"), "x")]))
            .await;
    }

    async fn alerts(&self, number: u64) {
        let text = |field| self.garden.text(field);
        let mut draw = Draw::new(number);
        let words = [
            "title", "text", "error", "event", "agent", "account", "user", "login", "email", "phone", "wallet",
            "device", "country", "outcome", "chain", "asset", "from", "to", "tx", "url", "domain", "amount",
            "severity", "nested",
        ];
        let mut data: serde_json::Map<String, Value> =
            words.iter().map(|word| ((*word).to_owned(), json!(text("alert data")))).collect();
        data.insert("nested".to_owned(), json!({"deep": [{text("alert, name of a member"): [text("alert, nested")]}]}));
        let kind = draw.one_of(&["account.changed", "withdrawal.requested", "auth.login", "no.such-kind"]);
        let body = json!({"type": kind, "timestamp": text("alert timestamp"), "data": data}).to_string();
        let id = self.garden.id("alert webhook-id");
        let at = (&self.client, self.address.as_str());
        self.send("alert", self.installation.event(at, (&id, body.as_bytes()))).await;
        let other = json!({"type": text("alert type"), "data": {"title": text("alert, contradiction")}}).to_string();
        self.send("alert contradicts", self.installation.event(at, (&id, other.as_bytes()))).await;
        let id = |suffix| format!("visit-{number}-{suffix}");
        for (suffix, body) in [
            (
                "cut",
                format!(
                    "{{\"type\": \"account.changed\", \"data\": {{\"title\": {}",
                    json!(text("alert, not decodable"))
                ),
            ),
            ("list", json!([text("alert, not an object")]).to_string()),
            ("bare", text("alert, not JSON")),
            ("empty", json!({"data": {"title": text("alert, unmapped")}}).to_string()),
        ] {
            self.send("alert unreadable", self.installation.event(at, (&id(suffix), body.as_bytes()))).await;
        }
        let bytes = [&[0xff, 0xfe], text("alert, not UTF-8").as_bytes(), &[0xc0]].concat();
        self.send("alert unreadable", self.installation.event(at, (&id("bytes"), &bytes))).await;
        self.send(
            "alert unsigned",
            self.to(Method::POST, "/api/v1/alerts/events")
                .header("webhook-signature", self.garden.line("header webhook-signature"))
                .body(text("alert, unsigned")),
        )
        .await;
    }

    async fn case(&self, case: &Value) {
        let text = |field| self.garden.text(field);
        let token = case["link"].as_str().unwrap().rsplit('/').next().unwrap();
        let (reference, code) = (case["reference"].as_str().unwrap(), case["code"].as_str().unwrap());
        let holder = |path: &str| {
            self.to(Method::POST, &format!("/api/v1/cases/{reference}/{path}"))
                .header("authorization", format!("Case {token}.{code}"))
        };
        self.send("case message", holder("messages").json(&json!({"text": text("case message")}))).await;
        let file = text("case file");
        let name = String::from_utf8_lossy(self.garden.line("case file, name").as_bytes()).into_owned();
        let sent = Sent { name: &name, kind: "text/plain", bytes: file.as_bytes() };
        self.send("case file", with_file(holder("attachments"), &[], &sent)).await;
        self.send(
            "case answer",
            holder("answers")
                .json(&json!({"question": text("case answer, question"), "choice": text("case answer, choice")})),
        )
        .await;
        self.send("case step", holder("steps/stop").json(&json!({"state": text("case step")}))).await;
        self.send("case code", self.to(Method::POST, &format!("/c/{token}")).form(&[("code", text("case code"))]))
            .await;

        let staff = |path: String| self.to(Method::POST, &path).bearer_auth(&self.installation.token);
        let incident = self.send("staff claim", staff("/api/v1/queue/claim".to_owned())).await;
        let Some(id) = incident["id"].as_str() else { return };
        let act = |action: &str| staff(format!("/api/v1/incidents/{id}/{action}"));
        self.send("staff note", act("note").json(&json!({"text": text("staff note")}))).await;
        let seen = self.send("staff message", act("message").json(&json!({"text": text("staff message")}))).await;
        let version = seen["version"].as_i64().unwrap_or(0);
        let seen = self
            .send(
                "staff escalate",
                act("escalate").json(&json!({"version": version, "level": 1, "reason": text("staff escalate reason")})),
            )
            .await;
        let mut version = seen["version"].as_i64().unwrap_or(version);
        for step in seen["steps"].as_array().into_iter().flatten().filter(|step| step["required"] == true) {
            let waived = json!({"step": step["id"], "state": "waived", "fence": incident["fence"], "reason": text("staff step reason")});
            let seen = self.send("staff step", act("step").json(&waived)).await;
            version = seen["version"].as_i64().unwrap_or(version);
        }
        let verdict = json!({"version": version, "verdict": "answered", "reason": text("staff verdict reason")});
        let seen = self.send("staff verdict", act("verdict").json(&verdict)).await;
        let version = seen["version"].as_i64().unwrap_or(version);
        self.send(
            "staff reopen",
            act("reopen").json(&json!({"version": version, "reason": text("staff reopen reason")})),
        )
        .await;
        let wrong = json!({"version": version, "verdict": text("staff verdict"), "kind": text("staff verdict kind"), "reason": text("staff verdict reason")});
        self.send("staff verdict refused", act("verdict").json(&wrong)).await;
    }

    /// Where nobody should write, and somebody will.
    async fn addresses(&self) {
        let line = |field| self.garden.line(field);
        let escaped =
            |field| url::form_urlencoded::byte_serialize(self.garden.text(field).as_bytes()).collect::<String>();
        self.send("address", self.to(Method::GET, &format!("/c/{}", escaped("address, case link")))).await;
        self.send("address", self.to(Method::GET, &format!("/?lang={}", escaped("address, query")))).await;
        self.send("address", self.to(Method::GET, &format!("/nowhere/{}", escaped("address, unknown path")))).await;
        self.send("address", self.to(Method::POST, &format!("/api/v1/alerts/{}", escaped("address, endpoint")))).await;
        let read = self
            .to(Method::GET, &format!("/api/v1/queue?cursor={}", escaped("address, cursor")))
            .bearer_auth(&self.installation.token);
        self.send("address", read).await;
        self.send("address", self.to(Method::GET, "/case").header("cookie", line("header cookie"))).await;
        self.send(
            "address",
            self.to(Method::GET, "/api/v1/queue").header("authorization", line("header authorization")),
        )
        .await;
        self.send("address", self.to(Method::POST, "/csp-reports").body(self.garden.text("csp report"))).await;
        self.send(
            "address",
            self.to(Method::POST, "/staff/sign-in").form(&[("token", self.garden.text("staff sign-in token"))]),
        )
        .await;
    }
}
