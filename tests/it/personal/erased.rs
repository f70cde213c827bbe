//! One person's data: all of it in a file, or none of it anywhere; by two people.

use holdfast::app::keeper::{Keeper, Wanted};
use holdfast::audit::verifier::{self, Key};
use holdfast::id::{Id, of};
use holdfast::respond::{NotDone, Right};
use holdfast::store::audit;
use serde_json::json;

use crate::support::app::{App, on_both, on_sqlite};
use crate::trail::checkpoints::{config, export};

/// Plain words that the database must not hold, and that an export must.
const MARKER: &str = "zebra-crossing-at-noon";

async fn incident_of(app: &App) -> Id<of::Incident> {
    app.queue().await[0]["id"].as_str().unwrap().parse().unwrap()
}

/// Grants somebody else's request to erase and carries it out.
async fn erase(app: &App, incident: Id<of::Incident>) -> u64 {
    let respond = &app.house.respond;
    let request = respond.ask_privacy(Right::Erase, incident, "ada").await.unwrap();
    let (_, all) = respond.decide_privacy(request, "bo", true).await.unwrap().unwrap();
    respond.erase_granted(request, all).await.unwrap().unwrap()
}

/// PRIV-04: one file with everything, asked by one and granted by another; the trail says so without the person.
#[test]
fn an_export_holds_everything_and_takes_two() {
    on_both(async |app| {
        let body =
            json!({"text": format!("someone drained my wallet {MARKER}"), "contact": {"email": "mo@example.org"}});
        let sent = app.visitor().post(app.url("/api/v1/reports")).json(&body).send().await.unwrap();
        assert_eq!(sent.status(), 201);
        let incident = incident_of(&app).await;
        app.staff_post(&format!("/api/v1/incidents/{incident}/note"), &json!({"text": "walked past the river"})).await;
        let respond = &app.house.respond;
        let request = respond.ask_privacy(Right::Export, incident, "ada").await.unwrap();
        assert_eq!(respond.decide_privacy(request, "ada", true).await.unwrap(), Err(NotDone::SamePerson));
        let (_, all) = respond.decide_privacy(request, "bo", true).await.unwrap().unwrap();
        assert_eq!(respond.decide_privacy(request, "cy", false).await.unwrap(), Err(NotDone::Decided));
        assert_eq!(respond.decide_privacy(request, "ada", true).await.unwrap(), Err(NotDone::SamePerson));
        // the file could not be written: somebody who did not ask goes on with it
        assert_eq!(respond.privacy_requests().await.unwrap().len(), 1);
        assert!(respond.decide_privacy(request, "cy", true).await.unwrap().is_ok());
        let told = respond.exported(&all).await.unwrap().to_string();
        respond.export_done(request, all.len()).await.unwrap();
        assert_eq!(respond.decide_privacy(request, "cy", true).await.unwrap(), Err(NotDone::Decided));
        assert_eq!(respond.privacy_requests().await.unwrap(), []);
        for word in [MARKER, "walked past the river", "mo@example.org"] {
            assert!(told.contains(word), "{word}");
        }
        let page = audit::page(&mut respond.db.read().await.unwrap(), 0, 1_000).await.unwrap();
        let lines: Vec<String> = page.iter().map(audit::Entry::line).collect();
        assert!(lines.iter().any(|line| line.contains("person.export")));
        assert!(lines.iter().all(|line| !line.contains(MARKER) && !line.contains("mo@example")));
    });
}

/// PRIV-04: a legal hold stands above an erasure, and lifting it lets it go on.
#[test]
fn nothing_is_erased_under_a_legal_hold() {
    on_both(async |app| {
        app.report("someone drained my wallet").await;
        let incident = incident_of(&app).await;
        let respond = &app.house.respond;
        respond.hold_for_law(incident, "ada", Some("a court asks".to_owned())).await.unwrap().unwrap();
        let request = respond.ask_privacy(Right::Erase, incident, "ada").await.unwrap();
        assert_eq!(respond.decide_privacy(request, "bo", true).await.unwrap(), Err(NotDone::Held(incident)));
        assert_eq!(respond.erase_granted(request, vec![incident]).await.unwrap(), Err(NotDone::Held(incident)));
        assert_eq!(respond.erase_again(vec![incident]).await.unwrap(), 0, "a list of what was erased does not lift it");
        assert_eq!(app.queue().await.len(), 1);
        respond.hold_for_law(incident, "ada", None).await.unwrap().unwrap();
        let (_, all) = respond.decide_privacy(request, "bo", true).await.unwrap().unwrap();
        assert_eq!(respond.erase_granted(request, all).await.unwrap(), Ok(1));
        assert_eq!(app.queue().await.len(), 0);
    });
}

/// How often bytes stand in the files of the data folder.
fn hits(app: &App, bytes: &[u8]) -> usize {
    let files = std::fs::read_dir(&app.data).unwrap().map(|entry| std::fs::read(entry.unwrap().path()).unwrap());
    files.map(|file| file.windows(bytes.len()).filter(|window| *window == bytes).count()).sum()
}

/// PRIV-04: after an erasure neither the reference of the case nor its sealed key is in any file, free pages and write-ahead
/// log included.
#[test]
fn after_an_erasure_no_file_holds_anything_of_the_case() {
    on_sqlite(async |app| {
        let answer = app.report(&format!("someone drained my wallet {MARKER}")).await;
        let reference = answer["case"]["reference"].as_str().unwrap().to_owned();
        app.report("somebody else").await;
        let respond = &app.house.respond;
        let incident = respond.named(&reference).await.unwrap().unwrap();
        let mut tx = respond.db.read().await.unwrap();
        let key = holdfast::store::incidents::get(&mut tx, incident).await.unwrap().unwrap().data_key;
        drop(tx);
        assert!(hits(&app, reference.as_bytes()) > 0 && hits(&app, &key) > 0);
        assert_eq!(erase(&app, incident).await, 1);
        for gone in [reference.as_bytes(), &key, MARKER.as_bytes()] {
            assert_eq!(hits(&app, gone), 0);
        }
        assert_eq!(respond.named(&reference).await.unwrap(), None);
        assert_eq!(app.queue().await.len(), 1, "the other case stays");
    });
}

/// AUD-06: 100 erased cases leave a trail that is proved whole, and that holds nothing of them.
#[test]
fn erasing_a_hundred_cases_leaves_the_tree_whole() {
    on_both(async |app| {
        let mut references = Vec::new();
        for number in 0..100 {
            let answer = app.report(&format!("someone drained my wallet {MARKER} {number}")).await;
            references.push(answer["case"]["reference"].as_str().unwrap().to_owned());
        }
        let respond = &app.house.respond;
        let mut keeper = Keeper::begin(&config(&app), respond).await.unwrap();
        keeper.round(Wanted::Now).await.unwrap();
        let mut all = Vec::new();
        for reference in &references {
            all.push(respond.named(reference).await.unwrap().unwrap());
        }
        assert_eq!(respond.erase_again(all).await.unwrap(), 100);
        assert_eq!(app.queue().await.len(), 0);
        Keeper::begin(&config(&app), respond).await.unwrap();
        keeper.round(Wanted::Now).await.unwrap();
        let key: Key = keeper.public_key().parse().unwrap();
        let export = export(&app).await;
        assert_eq!(verifier::verify(&export, "", &key).findings, []);
        assert!(!export.contains(MARKER));
        assert!(references.iter().all(|reference| !export.contains(reference)));
    });
}
