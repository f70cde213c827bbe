//! How long files stay, and in what form.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use holdfast::respond::{Keeping, Pulse, Purged, Right};
use holdfast::store::Sql;
use holdfast::time::Span;
use reqwest::StatusCode;
use serde_json::json;

use super::{add_by_staff, added, fetch, holder, id};
use crate::support::app::{App, on_both, on_sqlite};

const MARKER: &str = "zebra-crossing-at-noon";
const KEEPING: Keeping =
    Keeping { cases: Span::from_days(180), signals: Span::from_days(180), attachments: Span::from_days(90) };

const CLOSE: Sql = Sql::both("update incident set state = 'closed', closed = updated, holder = null");

async fn close_all(app: &App) {
    let mut tx = app.house.respond.db.begin().await.unwrap();
    tx.run(CLOSE, Vec::new()).await.unwrap();
    tx.commit().await.unwrap();
}

async fn files_gone_within(app: &App, days: i64) -> u64 {
    let mut gone = 0;
    for _ in 0..days {
        app.clock.pass(Span::from_days(1));
        let pulse = Pulse { began: app.clock_now(), elapsed: Span::ZERO };
        match app.house.respond.purge(pulse, KEEPING).await.unwrap() {
            Purged::Done { attachments, .. } => gone += attachments,
            Purged::NotDue => {}
            Purged::Braked => panic!("braked"),
        }
    }
    gone
}

/// PRIV-02: files go 90 days after closing, of holders and of staff; those of an open case and of one held for the law stay.
#[test]
fn files_go_ninety_days_after_closing_and_a_legal_hold_wins() {
    on_both(async |app| {
        let (mine, held) = (holder(&app).await, holder(&app).await);
        added(&app, &mine, b"my words").await;
        added(&app, &held, b"their words").await;
        let ids: Vec<String> = app.queue().await.iter().map(|row| id(row).to_owned()).collect();
        for incident in &ids {
            add_by_staff(&app, incident, b"ours").await;
        }
        close_all(&app).await;
        let open = holder(&app).await;
        added(&app, &open, b"an open one").await;
        let reason = Some("a court asks".to_owned());
        app.house.respond.hold_for_law(ids[1].parse().unwrap(), "ada", reason).await.unwrap().unwrap();
        assert_eq!(files_gone_within(&app, 90).await, 0);
        assert_eq!(files_gone_within(&app, 2).await, 2, "both of the case that nobody holds");
        app.house.respond.hold_for_law(ids[1].parse().unwrap(), "ada", None).await.unwrap().unwrap();
        assert_eq!(files_gone_within(&app, 1).await, 2);
        assert_eq!(open.case(&app).await["attachments"].as_array().unwrap().len(), 1);
        assert_eq!(mine.case(&app).await["attachments"], json!([]), "the case itself is still there");
    });
}

/// PRIV-04: whoever asks for all that is kept of them gets their files, and an erasure takes them away.
#[test]
fn files_are_in_the_export_and_go_with_the_erasure() {
    on_both(async |app| {
        let mine = holder(&app).await;
        let kept = added(&app, &mine, MARKER.as_bytes()).await;
        let incident = id(&app.queue().await[0]).parse().unwrap();
        let respond = &app.house.respond;
        let asked = respond.ask_privacy(Right::Export, incident, "ada").await.unwrap();
        let (_, all) = respond.decide_privacy(asked, "bo", true).await.unwrap().unwrap();
        let told = respond.exported(&all).await.unwrap();
        let file = &told["incidents"][0]["attachments"][0];
        let bytes = BASE64_STANDARD.decode(file["base64"].as_str().unwrap()).unwrap();
        assert_eq!((file["name"].clone(), bytes.as_slice()), (kept["name"].clone(), MARKER.as_bytes()));
        let asked = respond.ask_privacy(Right::Erase, incident, "ada").await.unwrap();
        let (_, all) = respond.decide_privacy(asked, "bo", true).await.unwrap().unwrap();
        assert_eq!(respond.erase_granted(asked, all).await.unwrap(), Ok(1));
        assert_eq!(fetch(&app, &mine, id(&kept)).await.status(), StatusCode::UNAUTHORIZED);
    });
}

/// CRY-02: in the files of the database there is nothing of a file's bytes, and nothing of the name that it came with.
#[test]
fn the_bytes_of_a_file_are_sealed_where_they_lie() {
    on_sqlite(async |app| {
        let mine = holder(&app).await;
        added(&app, &mine, MARKER.repeat(20).as_bytes()).await;
        let files = std::fs::read_dir(&app.data).unwrap().map(|entry| entry.unwrap().path());
        for file in files.filter(|path| path.is_file()) {
            let bytes = std::fs::read(&file).unwrap();
            for piece in [MARKER, "holiday.php"] {
                assert!(!super::holds(&bytes, piece.as_bytes()), "{piece} in {}", file.display());
            }
        }
    });
}
