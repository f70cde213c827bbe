//! What is not proved leaves no trace, and is told nothing (HK-01, HK-02, HK-05).

use reqwest::{RequestBuilder, Response, StatusCode};
use serde_json::Value;

use super::permission_changed;
use crate::support::app::{App, EVENTS_SECRET, STATIC_SECRET, on_both, on_sqlite};
use crate::support::rows;
use holdfast::intake::verify::{Key, KeyForm, Secret, sign};
use holdfast::time::Clock;

/// A delivery whose headers can be spoiled.
struct Delivery {
    endpoint: &'static str,
    id: &'static str,
    seconds: String,
    signature: String,
    body: Vec<u8>,
}

fn signed(id: &str, seconds: i64, body: &[u8]) -> String {
    let key = Key::decode(&Secret::new(EVENTS_SECRET.to_owned()).unwrap(), KeyForm::Whsec).unwrap();
    sign::sign_standard(&key, id, seconds, body)
}

impl Delivery {
    fn sound(app: &App) -> Self {
        Self::at(app, 0)
    }

    /// Signed for a time so many seconds from now.
    fn at(app: &App, offset: i64) -> Self {
        let seconds = app.clock.now().millis() / 1_000 + offset;
        let body = serde_json::to_vec(&permission_changed("account-1")).unwrap();
        Self {
            endpoint: "events",
            id: "msg_1",
            seconds: seconds.to_string(),
            signature: signed("msg_1", seconds, &body),
            body,
        }
    }

    fn request(&self, app: &App) -> RequestBuilder {
        let url = app.url(&format!("/api/v1/alerts/{}", self.endpoint));
        let request = app.visitor().post(url).body(self.body.clone());
        request
            .header("webhook-id", self.id)
            .header("webhook-timestamp", &self.seconds)
            .header("webhook-signature", &self.signature)
    }
}

/// Status, the headers that tell something, and the body without the number of the request.
async fn told(response: Response) -> (StatusCode, String, Value) {
    let (status, scheme) = (response.status(), format!("{:?}", response.headers().get("www-authenticate")));
    let mut body: Value = response.json().await.unwrap();
    body.as_object_mut().unwrap().remove("instance");
    (status, scheme, body)
}

#[test]
fn whatever_is_not_proved_gets_one_answer_and_no_row() {
    on_both(async |app| {
        let before = rows::counts(&app).await;
        let sound = || Delivery::sound(&app);
        let mut changed = sound();
        changed.body[10] ^= 1;
        let mut requests = vec![
            Delivery { endpoint: "nobody", ..sound() }.request(&app),
            Delivery { endpoint: "okta", ..sound() }.request(&app),
            Delivery { id: "msg_2", ..sound() }.request(&app),
            changed.request(&app),
            Delivery { seconds: "1772442001".to_owned(), ..sound() }.request(&app),
            Delivery::at(&app, -301).request(&app),
            Delivery::at(&app, 301).request(&app),
        ];
        let signature = sound().signature;
        for wrong in [
            "",
            "v1,",
            "v1",
            "v2,",
            &signature[..10],
            &signature[..signature.len() - 1],
            &signature.replace("v1,", "v2,"),
            &"v1,AAAA ".repeat(60),
        ] {
            requests.push(Delivery { signature: wrong.to_owned(), ..sound() }.request(&app));
        }
        for wrong in ["", "now", "1772442000.5", "9223372036854775808", "-1772442000", " "] {
            requests.push(Delivery { seconds: wrong.to_owned(), ..sound() }.request(&app));
        }
        requests.push(app.visitor().post(app.url("/api/v1/alerts/events")).body(sound().body));
        requests.push(app.visitor().post(app.url("/api/v1/alerts/alertmanager")).bearer_auth("wrong").body("{}"));
        requests.push(
            app.visitor().post(app.url(&format!("/api/v1/alerts/alertmanager?token={STATIC_SECRET}"))).body("{}"),
        );
        requests.push(
            app.visitor().post(app.url("/api/v1/alerts/github")).header("x-hub-signature-256", "sha256=00").body("{}"),
        );
        requests.push(app.visitor().get(app.url("/api/v1/alerts/nobody")));
        requests.push(app.visitor().get(app.url("/api/v1/alerts/okta")));
        let refused = told(app.visitor().post(app.url("/api/v1/alerts/nobody")).send().await.unwrap()).await;
        assert_eq!(refused.0, StatusCode::UNAUTHORIZED);
        for request in requests {
            let shown = format!("{request:?}");
            assert_eq!(told(request.send().await.unwrap()).await, refused, "{shown}");
        }
        assert_eq!(rows::counts(&app).await, before, "no row was written");
        assert!(app.queue().await.is_empty());
    });
}

#[test]
fn a_signature_is_good_for_five_minutes_both_ways() {
    on_both(async |app| {
        for (offset, id) in [(-300, "msg_1"), (0, "msg_2"), (300, "msg_3")] {
            let mut delivery = Delivery::at(&app, offset);
            delivery.id = id;
            delivery.signature = signed(id, delivery.seconds.parse().unwrap(), &delivery.body);
            assert_eq!(delivery.request(&app).send().await.unwrap().status(), StatusCode::ACCEPTED, "{offset}");
        }
    });
}

#[test]
fn a_body_beyond_its_limits_is_refused_as_too_large() {
    on_both(async |app| {
        let deep = |levels: usize| {
            format!(
                "{{\"type\":\"auth.login\",\"data\":{{\"account\":{}1{}}}}}",
                "[".repeat(levels),
                "]".repeat(levels)
            )
        };
        let members: Vec<String> = (0..2_001).map(|number| format!("\"m{number}\":0")).collect();
        let long = |size: usize| format!("{{\"type\":\"auth.login\",\"data\":{{\"text\":\"{}\"}}}}", "x".repeat(size));
        let padded = |size: usize| {
            let mut body = br#"{"type":"auth.login","data":{"account":"account-1"}}"#.to_vec();
            body.resize(size, b' ');
            body
        };
        let before = rows::counts(&app).await;
        let over =
            [deep(40), deep(100_000), format!("{{{}}}", members.join(",")), long(8 * 1024 + 1)].map(String::into_bytes);
        for (number, body) in over.into_iter().chain([padded(256 * 1024 + 1)]).enumerate() {
            let status = app.signed(&format!("msg_{number}"), &body).await.status();
            assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE, "{number}");
        }
        assert_eq!(rows::counts(&app).await, before);
        assert_eq!(app.signed("msg_fits", &padded(256 * 1024)).await.status(), StatusCode::ACCEPTED);
        assert_eq!(app.signed("msg_also", long(8 * 1024).as_bytes()).await.status(), StatusCode::ACCEPTED);
    });
}

#[test]
fn strangers_cannot_use_up_the_quota_of_a_source() {
    on_sqlite(async |app| {
        let client = app.visitor();
        for _ in 0..1_300 {
            let forged =
                client.post(app.url("/api/v1/alerts/events")).header("webhook-signature", "v1,AAAA").body("{}");
            assert_eq!(forged.send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
        }
        assert_eq!(app.event("msg_1", &permission_changed("account-1")).await.status(), StatusCode::ACCEPTED);
    });
}

#[test]
fn a_source_over_its_quota_is_told_when_to_come_back_and_others_go_on() {
    let narrow = crate::support::app::Plan { settings: |config| config.limits.alerts_burst = 2, ..Default::default() };
    crate::support::app::on_sqlite_with(narrow, async |app| {
        for (id, status) in [("msg_1", 202), ("msg_2", 202), ("msg_3", 429)] {
            let response = app.event(id, &permission_changed("account-1")).await;
            assert_eq!(response.status().as_u16(), status);
            assert_eq!(response.headers().contains_key("retry-after"), status == 429);
        }
        let other = app.visitor().post(app.url("/api/v1/alerts/alertmanager")).bearer_auth(STATIC_SECRET).body("{}");
        assert_eq!(other.send().await.unwrap().status(), StatusCode::ACCEPTED);
    });
}
