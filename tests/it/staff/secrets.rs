//! Secrets of channels and sources go in and never come out (RB-15).

use std::collections::BTreeSet;

use holdfast::access::{Permission, Role, Scopes};
use holdfast::config::target::Kind;
use holdfast::config::{Backend, Config, Endpoint, Target};
use holdfast::text::Language;
use holdfast::web::routes;
use reqwest::Method;

use crate::support::app::{App, EVENTS_SECRET, Plan, STATIC_SECRET, on_both_with};
use crate::support::deeds::Scene;
use crate::support::person::{asks, fresh};

const CHANNEL: &str = "planted-secret-of-a-channel-7c1f";
const HOOK: &str = "planted-part-of-an-address-52ab";
const WALLET: &str = "whsec_cGxhbnRlZC1zZWNyZXQtb2YtdGhlLXdhbGxldC1iYWNrZW5k";
const SOURCE: &str = "planted-secret-of-a-source-90de-0123456789";
const BEFORE: &str = "planted-secret-of-a-source-before-44aa-01234";

fn settings(config: &mut Config) {
    let file = |name: &str, text: &str| {
        let file = config.data.join(format!("{name}.planted"));
        std::fs::write(&file, text).unwrap();
        Some(file)
    };
    let (channel, hook) = (file("channel", CHANNEL), file("hook", &format!("http://127.0.0.1:1/{HOOK}")));
    let (wallet, source, before) = (file("wallet", WALLET), file("source", SOURCE), file("before", BEFORE));
    let target = |name: &str, kind| Target {
        name: name.to_owned(),
        kind,
        url: "http://127.0.0.1:1/".to_owned(),
        url_file: None,
        url_env: None,
        secret_file: channel.clone(),
        secret_env: None,
        networks: vec!["127.0.0.0/8".to_owned()],
        language: Language::En,
        alarms: 5,
        after_minutes: 0,
        again_minutes: 0,
        chat: None,
        from: None,
        to: Vec::new(),
        user: None,
        people: false,
        plain: false,
        authority_file: None,
    };
    let slack = Target { url: String::new(), url_file: hook, secret_file: None, ..target("slack", Kind::Slack) };
    config.target = vec![target("pager", Kind::PagerDuty), slack];
    config.backend = vec![Backend {
        name: "wallet".to_owned(),
        url: "http://127.0.0.1:1/orders".to_owned(),
        secret_file: wallet,
        networks: vec!["127.0.0.0/8".to_owned()],
        ..Backend::default()
    }];
    config.endpoint.push(Endpoint {
        name: "planted".to_owned(),
        source: "okta".to_owned(),
        secret_file: source,
        previous_secret_file: before,
        ..Endpoint::default()
    });
}

/// The secrets that an answer holds.
fn told(text: &str) -> Vec<&'static str> {
    [CHANNEL, HOOK, WALLET, SOURCE, BEFORE, EVENTS_SECRET, STATIC_SECRET]
        .into_iter()
        .filter(|secret| text.contains(secret) || text.contains(secret.trim_start_matches("whsec_")))
        .collect()
}

async fn ask(app: &App, path: &str, who: &str) -> String {
    let response = asks(app, (Method::GET, path), who).send().await.unwrap();
    let heads: Vec<String> = response.headers().values().map(|value| format!("{value:?}")).collect();
    format!("{} {}", heads.join(" "), response.text().await.unwrap())
}

/// RB-15: no page, call or answer to a change tells a secret of a channel, a source or a backend, whoever asks; and no route
/// tests a channel: that is for whoever has the machine, and sending a letter again is for admins.
#[test]
fn no_role_and_no_token_is_told_a_secret() {
    on_both_with(Plan { settings, ..Plan::default() }, async |app| {
        let mut scene = Scene::set(&app).await;
        let mut number = 0;
        while let Some(deed) = scene.deed(&app, number).await {
            let answer = deed.request(&app, &[]).send().await.unwrap().text().await.unwrap();
            assert!(told(&answer).is_empty(), "{}: {:?}", deed.what, told(&answer));
            number += 1;
        }
        holdfast::respond::sweep(&app.house.respond).await.unwrap();
        let incident = app.queue().await[0]["id"].as_str().unwrap().to_owned();
        let pages: BTreeSet<String> = routes::declared(&app.house)
            .into_iter()
            .filter(|route| route.method == "GET" && !route.path.ends_with("events"))
            .map(|route| {
                let path = route.path.replace("{id}", &incident).replace("{endpoint}", "planted");
                path.replace("{shelf}", "copies").replace("{list}", "mine")
            })
            .filter(|path| !path.contains('{'))
            .collect();
        assert!(pages.len() >= 30, "{pages:?}");
        let mut asked = 0;
        for role in Role::ALL {
            let (_, session) = fresh(&app, (role.as_str(), role.as_str())).await;
            for page in &pages {
                let answer = ask(&app, page, &session).await;
                assert!(told(&answer).is_empty(), "{role:?} {page}: {:?}", told(&answer));
                asked += 1;
            }
        }
        let token = app.token_of("all", Scopes::all()).await;
        for page in pages.iter().filter(|page| page.starts_with("/api")) {
            let answer = ask(&app, page, &token).await;
            assert!(told(&answer).is_empty(), "a token {page}: {:?}", told(&answer));
        }
        assert!(asked >= 150, "{asked}");
        let trying = |path: &str| path.split('/').any(|part| ["try", "test", "trial", "notify"].contains(&part));
        for route in routes::declared(&app.house) {
            assert!(!trying(route.path), "{route:?}");
            if route.path.contains("outbox") && route.method == "POST" {
                assert_eq!(
                    (route.permission, route.permission.roles()),
                    (Permission::ManageSources, &[Role::Admin][..])
                );
            }
        }
    });
}
