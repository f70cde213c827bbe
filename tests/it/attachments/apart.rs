//! Whose files are whose.

use std::collections::BTreeSet;

use reqwest::{Method, StatusCode};
use serde_json::Value;

use super::{add_by_staff, added, fetch, holder, id};
use crate::support::app::{App, on_both, on_sqlite};
use crate::support::parts::{Sent, with_file};

async fn incidents(app: &App) -> Vec<String> {
    app.queue().await.iter().map(|row| id(row).to_owned()).collect()
}

/// CA-13: the id is 160 random bits, and it opens nothing to another case's holder, to a stranger or beside another incident.
#[test]
fn an_attachment_is_found_by_its_own_case_and_incident_alone() {
    on_both(async |app| {
        let (mine, theirs) = (holder(&app).await, holder(&app).await);
        let kept = added(&app, &mine, b"my own words").await;
        let other = added(&app, &theirs, b"their own words").await;
        assert_eq!(fetch(&app, &mine, id(&kept)).await.text().await.unwrap(), "my own words");
        assert_eq!(fetch(&app, &mine, id(&other)).await.status(), StatusCode::NOT_FOUND);
        assert_eq!(fetch(&app, &theirs, id(&kept)).await.status(), StatusCode::NOT_FOUND);
        let case = theirs.case(&app).await.to_string();
        assert!(!case.contains(id(&kept)), "{case}");
        let path = format!("/attachments/{}", id(&kept));
        for stranger in [mine.with_code("00000-00000"), mine.with_token(&theirs.token), theirs.with_token(&mine.token)]
        {
            let seen = stranger.request(&app, Method::GET, &path).send().await.unwrap();
            assert_eq!(seen.status(), StatusCode::UNAUTHORIZED);
        }
        for path in [format!("/case{path}"), format!("/api/v1/cases/{}{path}", mine.reference)] {
            assert_eq!(app.visitor().get(app.url(&path)).send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
        }

        let mut found = Vec::new();
        for incident in incidents(&app).await {
            let url = format!("/api/v1/incidents/{incident}/attachments/{}", id(&kept));
            found.push(app.staff(Method::GET, &url).send().await.unwrap().status());
        }
        found.sort();
        assert_eq!(found, [StatusCode::OK, StatusCode::NOT_FOUND], "one incident has it, the other has not");
    });
}

/// RB-02: what staff add is for staff; a token without the scope gets nothing, and each look stands in the trail.
#[test]
fn what_staff_add_no_holder_sees_and_every_look_of_staff_is_noted() {
    on_both(async |app| {
        let mine = holder(&app).await;
        let kept = added(&app, &mine, b"my own words").await;
        let incident = incidents(&app).await.remove(0);
        let answer = add_by_staff(&app, &incident, b"what the bank said").await;
        assert_eq!(answer.status(), StatusCode::CREATED);
        let ours: Value = answer.json().await.unwrap();
        assert_eq!(fetch(&app, &mine, id(&ours)).await.status(), StatusCode::NOT_FOUND);
        let case = mine.case(&app).await;
        assert_eq!(case["attachments"].as_array().unwrap().len(), 1);
        assert!(case["messages"].as_array().unwrap().is_empty(), "and it is no answer to them");

        let seen = app.staff_get(&format!("/api/v1/incidents/{incident}")).await;
        let names: Vec<_> =
            seen["attachments"].as_array().unwrap().iter().map(|file| (&file["name"], &file["by"])).collect();
        let name = |number: u8| Value::from(format!("{}-{number}.txt", mine.reference));
        assert_eq!(names, [(&name(1), &Value::Null), (&name(2), &Value::from("responder"))]);

        for (file, words) in [(&kept, "my own words"), (&ours, "what the bank said")] {
            let path = format!("/api/v1/incidents/{incident}/attachments/{}", id(file));
            let reader = app.token_of("reader", "queue:read incident:work".parse().unwrap()).await;
            let refused = app.visitor().get(app.url(&path)).bearer_auth(reader).send().await.unwrap();
            assert_eq!(refused.status(), StatusCode::FORBIDDEN);
            let response = app.staff(Method::GET, &path).send().await.unwrap();
            assert_eq!(response.headers()["content-security-policy"], "sandbox; default-src 'none'");
            assert_eq!(response.text().await.unwrap(), words);
        }
        let mut tx = app.house.respond.db.read().await.unwrap();
        let trail = holdfast::store::audit::page(&mut tx, 0, 1_000).await.unwrap();
        let entries = |action: &str| trail.iter().filter(|entry| entry.line().contains(action)).count();
        assert_eq!(
            (entries("\"attachment.view\""), entries("\"case.attach\""), entries("\"incident.attach\"")),
            (2, 1, 1)
        );
        assert!(trail.iter().all(|entry| !entry.line().contains("own words")));
    });
}

/// CA-13: ids neither repeat nor follow from each other, and are written in one way.
#[test]
fn attachment_ids_are_32_random_symbols() {
    on_sqlite(async |app| {
        let mut ids = BTreeSet::new();
        for _ in 0..3 {
            let holder = holder(&app).await;
            for _ in 0..10 {
                ids.insert(id(&added(&app, &holder, b"words").await).to_owned());
            }
            let last = ids.last().unwrap().to_lowercase();
            let others = [last.as_str(), "..%2f..%2fetc%2fpasswd", "0", "%00", "' or 1=1 --"];
            for other in others {
                assert_eq!(fetch(&app, &holder, other).await.status(), StatusCode::NOT_FOUND, "{other}");
            }
        }
        assert_eq!(ids.len(), 30);
        let symbols =
            |id: &String| id.len() == 32 && id.bytes().all(|s| b"0123456789ABCDEFGHJKMNPQRSTVWXYZ".contains(&s));
        assert!(ids.iter().all(symbols), "{ids:?}");
        let begins: BTreeSet<&str> = ids.iter().map(|id| &id[..4]).collect();
        assert!(begins.len() > 25, "nothing of them is the same from one to the next: {begins:?}");
    });
}

/// A form that another site makes the holder's browser send adds nothing (SES-08).
#[test]
fn a_form_of_another_site_adds_no_file() {
    on_sqlite(async |app| {
        let mut browser = crate::support::browser::Browser::new(&app);
        browser.report(super::DRAINED).await;
        let csrf = browser.get("/case").await.csrf();
        let file = Sent::misnamed(b"their words");
        for (csrf, site) in
            [("", "same-origin"), ("0".repeat(64).as_str(), "same-origin"), (csrf.as_str(), "cross-site")]
        {
            let request = browser.request(Method::POST, "/case/attachments").header("sec-fetch-site", site);
            let sent = browser.send(with_file(request, &[("csrf", csrf)], &file)).await;
            assert_eq!(sent.status, StatusCode::FORBIDDEN, "{site}");
        }
        assert!(!browser.get("/case").await.text.contains("-1.txt"));
    });
}
