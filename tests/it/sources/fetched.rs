//! Lists of what is known to be bad that come from an address: taken over when they are plausible, told when they are not.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{OriginalUri, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use holdfast::app::lists::{Lists, Outcome};
use holdfast::audit::Actor;
use holdfast::config::{Config, KnownBad, Overrides};
use holdfast::respond::{ListChange, Taken};
use holdfast::time::Span;
use serde_json::json;

use crate::support::app::{App, on_both, on_sqlite};
use crate::support::browser::Browser;
use crate::support::server::serve;

const HOUR: Span = Span::from_minutes(60);

/// What a server of lists has, and what it was asked with.
#[derive(Clone, Default)]
struct Shop(Arc<Mutex<Shelf>>);

#[derive(Default)]
struct Shelf {
    status: u16,
    body: String,
    etag: String,
    asked: Vec<BTreeMap<String, String>>,
}

impl Shop {
    fn open() -> (Self, String) {
        let shop = Self::default();
        let address = serve(Router::new().fallback(hand_out).with_state(shop.clone()));
        (shop, format!("http://{address}/lists/k3y.txt"))
    }

    fn put(&self, (status, etag): (u16, &str), body: &str) {
        let mut held = self.0.lock().unwrap();
        (held.status, held.body, held.etag) = (status, body.to_owned(), etag.to_owned());
    }

    fn asked(&self) -> Vec<BTreeMap<String, String>> {
        self.0.lock().unwrap().asked.clone()
    }
}

async fn hand_out(State(shop): State<Shop>, OriginalUri(_): OriginalUri, headers: HeaderMap) -> Response {
    let mut shelf = shop.0.lock().unwrap();
    let told = headers.iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
    shelf.asked.push(told.collect());
    if headers.get(header::IF_NONE_MATCH).is_some_and(|etag| etag.as_bytes() == shelf.etag.as_bytes()) {
        return StatusCode::NOT_MODIFIED.into_response();
    }
    let status = StatusCode::from_u16(shelf.status).unwrap();
    let head = [(header::ETAG, shelf.etag.clone()), (header::LOCATION, "http://127.0.0.1/elsewhere".to_owned())];
    (status, head, shelf.body.clone()).into_response()
}

fn lists(url: &str, token: Option<std::path::PathBuf>) -> Lists {
    let mut config = Config::read(None, &Overrides::default()).unwrap();
    config.known_bad = vec![KnownBad {
        name: "lures".to_owned(),
        category: "lure".to_owned(),
        url: url.to_owned(),
        hours: 1,
        field: String::new(),
        secret_file: token,
        secret_env: None,
        networks: vec!["127.0.0.0/8".to_owned()],
    }];
    Lists::new(&config).unwrap()
}

async fn fetch(app: &App, lists: &Lists, accepted: bool) -> Outcome {
    let feed = lists.feed("lures").unwrap();
    lists.fetch(&app.house.respond, feed, (HOUR, accepted)).await.unwrap()
}

fn domains(count: usize) -> String {
    (0..count).map(|at| format!("claim-{at}.example.com")).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_fetched_list_is_evidence_with_its_version_and_asked_for_again_only_when_it_changed() {
    on_both(async |app| {
        let (shop, url) = Shop::open();
        let token = app.data.join("lists.token");
        std::fs::write(&token, "a-token-for-lists").unwrap();
        let lists = lists(&url, Some(token));
        shop.put((200, "\"one\""), &domains(10));
        let Outcome::Taken(Taken::Changed(changed)) = fetch(&app, &lists, false).await else {
            panic!("it is taken over")
        };
        assert_eq!(changed.entries, 10);
        assert!(changed.version.ends_with("-2026-03-02T09:00"), "what and when: {}", changed.version);
        assert!(matches!(fetch(&app, &lists, false).await, Outcome::NotDue), "whichever node comes second");
        app.report("I connected my wallet at https://eth.claim-3.example.com/go and now I worry").await;
        let id = app.queue().await[0]["id"].as_str().unwrap().to_owned();
        let facts = app.staff_get(&format!("/api/v1/incidents/{id}")).await["signals"][0]["facts"].clone();
        assert_eq!(facts["known-bad-list"], json!(format!("lures@{}", changed.version)));

        app.clock.pass(HOUR);
        assert!(matches!(fetch(&app, &lists, false).await, Outcome::Taken(Taken::Same)));
        app.clock.pass(HOUR);
        shop.put((200, "\"two\""), &domains(12));
        assert!(matches!(fetch(&app, &lists, false).await, Outcome::Taken(Taken::Changed(_))));
        assert_eq!(app.house.respond.room().known_bad.len(), 12);
        let asked = shop.asked();
        assert_eq!(asked.len(), 3);
        assert!(asked.iter().all(|asked| asked["authorization"] == "Bearer a-token-for-lists"));
        assert_eq!((asked[0].get("if-none-match"), &asked[1]["if-none-match"]), (None, &"\"one\"".to_owned()));
    });
}

#[test]
fn a_fetch_that_fails_keeps_the_old_list_and_says_so() {
    on_both(async |app| {
        let (shop, url) = Shop::open();
        let lists = lists(&url, None);
        shop.put((200, "\"one\""), &domains(10));
        fetch(&app, &lists, false).await;
        for (status, body, word) in
            [(500, "sorry", "status"), (302, "over there", "redirect"), (200, "{\"a\": 1}", "form")]
        {
            app.clock.pass(HOUR);
            shop.put((status, "\"two\""), body);
            assert!(matches!(fetch(&app, &lists, false).await, Outcome::Nothing(told) if told == word), "{word}");
            let shown = app.staff_get("/api/v1/known-bad").await["lists"][0].clone();
            assert_eq!((&shown["fetched"]["word"], &shown["entries"]), (&json!(word), &json!(10)));
        }
        // A server in a network that the settings do not name is not called.
        let closed = lists_without_networks(&url);
        assert!(closed.is_err(), "plain http to one's own network needs the network");
    });
}

fn lists_without_networks(url: &str) -> anyhow::Result<Lists> {
    let mut config = Config::read(None, &Overrides::default()).unwrap();
    let list = json!({"name": "lures", "category": "lure", "url": url});
    config.known_bad = vec![serde_json::from_value(list).unwrap()];
    Lists::new(&config)
}

#[test]
fn an_implausible_change_waits_for_a_person() {
    on_both(async |app| {
        let (shop, url) = Shop::open();
        let lists = lists(&url, None);
        shop.put((200, "\"one\""), &domains(10));
        fetch(&app, &lists, false).await;
        for (etag, body, would) in [("\"two\"", domains(4), 4), ("\"three\"", String::new(), 0)] {
            app.clock.pass(HOUR);
            shop.put((200, etag), &body);
            let held = fetch(&app, &lists, false).await;
            assert!(matches!(held, Outcome::Taken(Taken::Held { was: 10, would: held }) if held == would));
            assert_eq!(app.house.respond.room().known_bad.len(), 10);
        }
        let shown = app.staff_get("/api/v1/known-bad").await["lists"][0].clone();
        assert_eq!(shown["fetched"]["held"], json!([10, 0]));
        let mut browser = Browser::new(&app);
        browser.sign_in(&app.token).await;
        let page = browser.get("/staff/sources").await;
        assert!(page.text.contains("holdfast known-bad fetch lures --accept") && page.text.contains("0 / 10"));
        app.clock.pass(HOUR);
        shop.put((200, "\"four\""), &domains(4));
        let taken = fetch(&app, &lists, true).await;
        assert!(matches!(taken, Outcome::Taken(Taken::Changed(changed)) if changed.entries == 4));
        let shown = app.staff_get("/api/v1/known-bad").await["lists"][0].clone();
        assert_eq!(shown["fetched"].get("held"), None);
    });
}

/// A list of many thousands is written some at a time, so whoever writes meanwhile waits for one piece and not for all.
#[test]
fn a_long_list_leaves_room_for_others_and_is_there_whole_or_not_at_all() {
    on_both(async |app| {
        let change = |count: usize, name: &str| ListChange {
            name: name.to_owned(),
            category: "lure".to_owned(),
            replace: true,
            add: domains(count).lines().map(str::to_owned).collect(),
            remove: Vec::new(),
        };
        let respond = &app.house.respond;
        respond.change_list(Actor::System, change(3_000, "lures")).await.unwrap();
        let writing = respond.change_list(Actor::System, change(30_000, "lures"));
        let others = async {
            let mut seen = Vec::new();
            for number in 0..10 {
                app.report(&format!("somebody took my coins, number {number}")).await;
                respond.know().await.unwrap();
                seen.push(respond.room().known_bad.len());
            }
            seen
        };
        let (written, seen) = tokio::join!(writing, others);
        assert_eq!(written.unwrap().entries, 30_000);
        assert!(seen.iter().all(|count| [3_000, 30_000].contains(count)), "never a part of it: {seen:?}");
        assert_eq!(respond.room().known_bad.len(), 30_000);
        let rows = crate::support::rows::counts(&app).await;
        assert_eq!(rows["known_bad_entry"], 30_000, "the writing before is gone");
        respond.drop_list(Actor::System, "lures").await.unwrap();
        assert_eq!(crate::support::rows::counts(&app).await["known_bad_entry"], 0);
    });
}

#[test]
fn two_changes_at_once_are_both_there() {
    on_sqlite(async |app| {
        let respond = &app.house.respond;
        let change = |entry: &str| ListChange {
            name: "lures".to_owned(),
            category: "lure".to_owned(),
            replace: false,
            add: vec![entry.to_owned()],
            remove: Vec::new(),
        };
        let (one, two) = tokio::join!(
            respond.change_list(Actor::System, change("one.example.com")),
            respond.change_list(Actor::System, change("two.example.com"))
        );
        assert!(one.is_ok() && two.is_ok());
        assert_eq!(respond.known_lists().await.unwrap()[0].entries, 2);
        assert_eq!(respond.room().known_bad.len(), 2);
    });
}
