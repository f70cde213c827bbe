//! The desk: words that outlive a claim, who looks, the list and its counts, deeds on many, taking back.

use reqwest::StatusCode;
use serde_json::json;

use super::{LOST, ROUTINE, TRON, id};
use crate::support::app::{App, on_both, on_sqlite};
use crate::support::browser::Browser;
use crate::support::settle::settle;
use holdfast::access::Scopes;
use holdfast::respond::sweep;
use holdfast::time::Span;

/// The console of somebody new.
async fn desk_of(app: &App, person: &str) -> Browser {
    let token = app.token_of(person, Scopes::all()).await;
    let mut browser = Browser::new(app);
    browser.sign_in(&token).await;
    browser
}

/// The number behind a choice of the list's side, by the address it leads to.
fn count_at(page: &str, address: &str) -> i64 {
    let address = address.replace('&', "&amp;");
    let (_, rest) = page.split_once(&format!("href=\"{address}\"")).unwrap_or_else(|| panic!("{address} in {page}"));
    let (_, rest) = rest.split_once("class=\"count\">").unwrap();
    rest.split('<').next().unwrap().parse().unwrap()
}

fn rows(page: &str) -> usize {
    page.matches("data-row").count()
}

#[test]
fn a_claim_comes_back_by_itself_and_the_half_written_reply_is_kept_without_secrets() {
    on_both(async |app| {
        app.report(LOST).await;
        let incident = app.queue().await[0].clone();
        let path = format!("/staff/incidents/{}", id(&incident));
        let (mut ada, mut bob) = (desk_of(&app, "Ada").await, desk_of(&app, "Bob").await);
        let csrf = ada.get("/staff").await.csrf();
        ada.post("/staff/claim", &[("csrf", &csrf)]).await;
        let words = "First revoke legal winner thank year wave sausage worth useful legal winner thank yellow";
        let kept = ada.post(&format!("{path}/draft"), &[("csrf", &csrf), ("field", "reply"), ("text", words)]).await;
        assert_eq!((kept.status, kept.location), (StatusCode::SEE_OTHER, format!("{path}#talk")));
        app.clock.pass(Span::from_minutes(31));
        sweep(&app.house.respond).await.unwrap();
        assert_eq!(app.queue().await[0]["id"], incident["id"], "nobody has it in hand");
        let mut ada = desk_of(&app, "Ada").await;
        let own = ada.get(&path).await.text;
        assert!(own.contains("First revoke") && !own.contains("sausage"), "kept, and the phrase is not");
        let mut again = desk_of(&app, "Bob").await;
        let other = again.get(&path).await.text;
        assert!(other.contains("began a reply") && other.contains("First revoke"), "for whoever takes it next");
        let csrf = ada.get(&path).await.csrf();
        ada.post(&format!("{path}/message"), &[("csrf", &csrf), ("text", "First revoke the approval.")]).await;
        assert!(!again.get(&path).await.text.contains("began a reply"), "sent words are no draft");
        assert_eq!(bob.get("/staff").await.status, StatusCode::SEE_OTHER, "idle for too long");
    });
}

#[test]
fn whoever_else_looks_is_shown_for_a_few_minutes() {
    on_both(async |app| {
        app.report(LOST).await;
        let path = format!("/staff/incidents/{}", id(&app.queue().await[0]));
        let (mut ada, mut bob) = (desk_of(&app, "Ada").await, desk_of(&app, "Bob").await);
        assert!(!ada.get(&path).await.text.contains("Also looking"));
        assert!(bob.get(&path).await.text.contains("Also looking: <b><bdi>Ada"));
        assert!(ada.get(&path).await.text.contains("<b><bdi>Bob"));
        app.clock.pass(Span::from_minutes(6));
        assert!(!bob.get(&path).await.text.contains("Also looking"), "Ada is gone by now");
    });
}

#[test]
fn the_list_counts_what_it_shows_and_pages_without_a_gap() {
    on_both(async |app| {
        for number in 0..60 {
            app.report(&format!("{ROUTINE} {number}")).await;
        }
        app.report(LOST).await;
        app.report(TRON).await;
        let mut ada = desk_of(&app, "Ada").await;
        let csrf = ada.get("/staff").await.csrf();
        ada.post("/staff/claim", &[("csrf", &csrf)]).await;
        let all = ada.get("/staff/list").await.text;
        assert_eq!(rows(&all), 50);
        for address in [
            "/staff/list?lane=routine",
            "/staff/list?lane=security",
            "/staff/list?state=mine",
            "/staff/list?state=waiting",
            "/staff/list?tongue=zh",
        ] {
            let said = count_at(&all, address);
            let (mut seen, mut next) = (Vec::new(), address.to_owned());
            loop {
                let page = ada.get(&next).await.text;
                let ids = page.split("name=\"case\" value=\"").skip(1).map(|rest| rest[..36].to_owned());
                seen.extend(ids);
                let Some((before, _)) = page.split_once("\" rel=\"next\"") else { break };
                next = before.rsplit_once("href=\"").unwrap().1.replace("&amp;", "&");
            }
            assert_eq!(i64::try_from(seen.len()), Ok(said), "{address}");
            let mut once = seen.clone();
            once.sort();
            once.dedup();
            assert_eq!(once.len(), seen.len(), "{address}: no case twice");
        }
        assert!(all.contains("class=\"because\""), "with reasons in the row");
    });
}

#[test]
fn a_search_finds_by_reference_address_and_kind_and_not_by_what_people_wrote() {
    on_both(async |app| {
        let address = "TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbLSE";
        let report = app.report(&format!("{LOST} to {address}, my aunt Wilhelmina saw it")).await;
        app.report(ROUTINE).await;
        let reference = report["case"]["reference"].as_str().unwrap();
        let mut ada = desk_of(&app, "Ada").await;
        for (words, found) in
            [(reference, 1), (&reference.to_lowercase(), 1), (address, 1), ("Wilhelmina", 0), ("0x00000000000000", 0)]
        {
            let page = ada.get(&format!("/staff/list?q={words}")).await.text;
            assert_eq!(rows(&page), found, "{words}");
            assert!(page.contains("Cases like this") && page.contains("is not searched") == (found == 0), "{words}");
        }
        let alert = json!({
            "type": "chain.transfer-out",
            "timestamp": "2026-03-02T08:59:00Z",
            "data": {"account": "account-7", "chain": "tron", "severity": "high", "to": address},
        });
        assert_eq!(app.event("msg_alert", &alert).await.status(), StatusCode::ACCEPTED);
        let page = ada.get(&format!("/staff/list?q={address}")).await.text;
        assert_eq!(rows(&page), 2, "what an alert saw meets what a person wrote");
        let kind = app.queue().await[0]["title"].as_str().unwrap().to_owned();
        let page = ada.get(&format!("/staff/list?q={}", kind.replace(' ', "+"))).await.text;
        assert!(rows(&page) >= 1, "{kind}");
    });
}

#[test]
fn a_view_keeps_its_name_for_one_person_and_only_what_a_list_understands() {
    on_both(async |app| {
        let (mut ada, mut bob) = (desk_of(&app, "Ada").await, desk_of(&app, "Bob").await);
        let csrf = ada.get("/staff/list").await.csrf();
        let view = [("csrf", csrf.as_str()), ("name", "Worst"), ("query", "level=1&evil=https://elsewhere.example")];
        assert_eq!(ada.post("/staff/views", &view).await.location, "/staff/list?level=1");
        assert!(ada.get("/staff/list").await.text.contains("<bdi>Worst</bdi>"));
        assert!(!bob.get("/staff/list").await.text.contains("Worst"));
        let drop = [("csrf", csrf.as_str()), ("name", "Worst"), ("query", ""), ("drop", "yes")];
        ada.post("/staff/views", &drop).await;
        assert!(!ada.get("/staff/list").await.text.contains("Worst"));
    });
}

#[test]
fn many_routine_requests_close_after_a_preview_and_open_again_within_five_minutes() {
    on_both(async |app| {
        app.report(LOST).await;
        for number in 0..3 {
            app.report(&format!("How do I change the display currency? {number}")).await;
        }
        let mut ada = desk_of(&app, "Ada").await;
        let csrf = ada.get("/staff/list").await.csrf();
        for row in app.queue().await {
            settle(&app, &row).await;
        }
        let ids: Vec<String> = app.queue().await.iter().map(|row| id(row).to_owned()).collect();
        let mut form: Vec<(&str, &str)> =
            vec![("csrf", &csrf), ("what", "close"), ("text", "told them all"), ("back", "/staff/list?lane=routine")];
        form.extend(ids.iter().map(|id| ("case", id.as_str())));
        let preview = ada.post("/staff/bulk", &form).await.text;
        assert!(preview.contains("Close 3 routine requests") && preview.contains("A security case"), "{preview}");
        assert_eq!(app.queue().await.len(), 4, "a preview changes nothing");
        let cases: Vec<String> = preview
            .split("name=\"case\" value=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap().to_owned())
            .collect();
        assert_eq!(cases.len(), 3);
        // One of them changes between the preview and the word.
        let noted =
            app.staff_post(&format!("/api/v1/incidents/{}/claim", &cases[0][..36]), &serde_json::json!({})).await;
        assert_eq!(noted.status(), 200);
        let mut go: Vec<(&str, &str)> =
            vec![("csrf", &csrf), ("go", "yes"), ("what", "close"), ("text", "told them all"), ("back", "/staff/list")];
        go.extend(cases.iter().map(|case| ("case", case.as_str())));
        let done = ada.post("/staff/bulk", &go).await;
        assert_eq!(done.location, "/staff/list?done=2&left=1");
        assert_eq!(app.queue().await.len(), 1, "the incident alone waits");
        app.clock.pass(Span::from_minutes(4));
        let page = ada.get("/staff/list").await;
        let (_, undo) = page.text.split_once("name=\"undo\" value=\"").expect("it can be taken back");
        let back = [("csrf", csrf.as_str()), ("undo", &undo[..36]), ("back", "/staff/list")];
        assert_eq!(ada.post("/staff/undo", &back).await.location, "/staff/list?notice=undone");
        assert_eq!(app.queue().await.len(), 3);
        assert_eq!(ada.post("/staff/undo", &back).await.location, "/staff/list?notice=late", "once");
    });
}

#[test]
fn one_deed_can_be_taken_back_for_ten_seconds_by_whoever_did_it() {
    on_both(async |app| {
        app.report(LOST).await;
        let (mut ada, mut bob) = (desk_of(&app, "Ada").await, desk_of(&app, "Bob").await);
        let csrf = ada.get("/staff").await.csrf();
        let claimed = ada.post("/staff/claim", &[("csrf", &csrf)]).await.location;
        let page = ada.get(&claimed).await.text;
        let undo = page.split_once("name=\"undo\" value=\"").unwrap().1[..36].to_owned();
        let others = bob.get("/staff").await.csrf();
        let foreign = bob.post("/staff/undo", &[("csrf", &others), ("undo", &undo), ("back", "/staff")]).await;
        assert_eq!(foreign.location, "/staff?notice=late");
        assert!(app.queue().await.is_empty());
        let outside = [("csrf", csrf.as_str()), ("undo", undo.as_str()), ("back", "//elsewhere.example/staff")];
        assert_eq!(ada.post("/staff/undo", &outside).await.location, "/staff?notice=undone", "never out of the house");
        assert_eq!(app.queue().await.len(), 1);
        ada.post("/staff/claim", &[("csrf", &csrf)]).await;
        let page = ada.get(&claimed).await.text;
        let undo = page.split_once("name=\"undo\" value=\"").unwrap().1[..36].to_owned();
        app.clock.pass(Span::from_seconds(11));
        assert!(!ada.get(&claimed).await.text.contains("name=\"undo\""));
        let late = ada.post("/staff/undo", &[("csrf", &csrf), ("undo", &undo), ("back", "/staff")]).await;
        assert_eq!(late.location, "/staff?notice=late");
        assert!(app.queue().await.is_empty());
    });
}

#[test]
fn new_cases_are_counted_above_the_list_and_only_then_shown() {
    on_sqlite(async |app| {
        app.report(ROUTINE).await;
        let mut ada = desk_of(&app, "Ada").await;
        let page = ada.get("/staff/list").await.text;
        let since = page.split_once("data-since=\"").unwrap().1[..36].to_owned();
        app.clock.pass(Span::from_seconds(1));
        app.report(LOST).await;
        app.report("有人拿着刀逼我转账").await;
        let fresh = ada.get(&format!("/staff/list?since={since}")).await.text;
        assert!(fresh.contains("2 new cases"), "{fresh}");
        assert!(fresh.contains(&format!("data-since=\"{since}\"")), "counted from what the reader saw");
    });
}
