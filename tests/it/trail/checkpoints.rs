//! Checkpoints are written while the house runs, and the next start holds the trail to them.

use holdfast::app::keeper::{self, Keeper, Wanted};
use holdfast::audit::verifier::{self, Key};
use holdfast::audit::{Actor, Entry};
use holdfast::config::{Config, Overrides};
use holdfast::store::{Sql, audit};
use holdfast::time::Span;

use crate::support::app::{App, on_both};

pub fn config(app: &App) -> Config {
    let overrides =
        Overrides { data: Some(app.data.clone()), database: Some(app.database.clone()), ..Overrides::default() };
    Config::read(None, &overrides).unwrap()
}

async fn note(app: &App, times: usize) {
    for _ in 0..times {
        let entry = Entry::done(app.clock_now(), Actor::System, "story.note", "story:1".to_owned());
        app.house.respond.note(entry).await.unwrap();
    }
}

/// The file of checkpoints by itself.
fn notes(app: &App) -> String {
    std::fs::read_to_string(keeper::file_of(&config(app))).unwrap()
}

pub async fn export(app: &App) -> String {
    let page = audit::page(&mut app.house.respond.db.read().await.unwrap(), 0, 1_000).await.unwrap();
    let lines: Vec<String> = page.iter().map(audit::Entry::line).collect();
    format!("{}\n\n{}", lines.join("\n"), notes(app))
}

/// AUD-03: a checkpoint over what is there when it is asked for, and the start goes on from it.
#[test]
fn a_checkpoint_vouches_for_what_was_written() {
    on_both(async |app| {
        let respond = &app.house.respond;
        note(&app, 3).await;
        let mut keeper = Keeper::begin(&config(&app), respond).await.unwrap();
        keeper.round(Wanted::WhenFull).await.unwrap();
        assert_eq!(notes(&app), "", "few entries wait for their time");
        keeper.round(Wanted::Now).await.unwrap();
        note(&app, 4).await;
        keeper.round(Wanted::Now).await.unwrap();
        let again = Keeper::begin(&config(&app), respond).await.unwrap();
        assert_eq!(again.checkpoint(), keeper.checkpoint());

        let key: Key = keeper.public_key().parse().unwrap();
        let report = verifier::verify(&export(&app).await, "", &key);
        assert_eq!(report.findings, []);
        assert_eq!((report.entries, report.checkpoints), (again.checkpoint().size, 2));
    });
}

/// AUD-03: 1,000 entries are enough for a checkpoint, whatever the time.
#[test]
fn a_thousand_entries_do_not_wait() {
    on_both(async |app| {
        let mut keeper = Keeper::begin(&config(&app), &app.house.respond).await.unwrap();
        let before = keeper.checkpoint().size;
        let entries: Vec<_> = (0..2_500).map(|_| plain()).collect();
        let mut tx = app.house.respond.db.begin().await.unwrap();
        audit::append_many(&mut tx, &entries).await.unwrap();
        tx.commit().await.unwrap();
        keeper.round(Wanted::WhenFull).await.unwrap();
        assert_eq!(keeper.checkpoint().size, before + 2_500);
        let sizes: Vec<u64> = notes(&app).lines().filter_map(|line| line.parse().ok()).collect();
        assert_eq!(sizes, [1_000, 2_000]);
    });
}

fn plain() -> audit::NewEntry {
    audit::NewEntry {
        at: holdfast::time::Timestamp::from_millis(1),
        actor: "system".to_owned(),
        session: None,
        action: "story.note".to_owned(),
        object: "story:1".to_owned(),
        outcome: "done".to_owned(),
        detail: "{}".to_owned(),
    }
}

const UNLOCK: Sql = Sql::forked("drop trigger audit_forgets_nothing", "alter table audit disable trigger user");
const UNLOCK_CHANGES: Sql = Sql::forked("drop trigger audit_keeps_entries", "select 1 from audit limit 1");
const CUT: Sql = Sql::both("delete from audit where sequence > 2");
const TURN_BACK: Sql = Sql::both("update audit_head set last = 2");
const CHANGE: Sql = Sql::both("update audit set actor = 'staff:somebody' where sequence = 1");

async fn run(app: &App, statements: &[Sql]) {
    let mut tx = app.house.respond.db.begin().await.unwrap();
    for statement in statements {
        tx.run(*statement, Vec::new()).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// AUD-03: with an older database under newer checkpoints the start stops and says so; nothing is signed over it.
#[test]
fn an_older_database_is_refused_in_plain_words() {
    on_both(async |app| {
        note(&app, 5).await;
        let mut keeper = Keeper::begin(&config(&app), &app.house.respond).await.unwrap();
        keeper.round(Wanted::Now).await.unwrap();
        let before = notes(&app);
        run(&app, &[UNLOCK, CUT, TURN_BACK]).await;
        let refused = Keeper::begin(&config(&app), &app.house.respond).await.err().unwrap().to_string();
        assert!(refused.contains("the audit trail ends at entry 2") && refused.contains("older database"), "{refused}");
        assert!(keeper.round(Wanted::Now).await.unwrap_err().to_string().contains("shrunk"));
        app.clock.pass(Span::from_minutes(1));
        note(&app, 9).await;
        let refused = Keeper::begin(&config(&app), &app.house.respond).await.err().unwrap().to_string();
        assert!(refused.contains("have changed since they were signed"), "{refused}");
        assert_eq!(notes(&app), before);
    });
}

/// AUD-03: the same for an entry that was changed behind the program's back.
#[test]
fn a_changed_entry_is_refused_at_the_start() {
    on_both(async |app| {
        note(&app, 5).await;
        let mut keeper = Keeper::begin(&config(&app), &app.house.respond).await.unwrap();
        keeper.round(Wanted::Now).await.unwrap();
        run(&app, &[UNLOCK, UNLOCK_CHANGES, CHANGE]).await;
        let refused = Keeper::begin(&config(&app), &app.house.respond).await.err().unwrap().to_string();
        assert!(refused.contains("have changed since they were signed"), "{refused}");
    });
}

/// AUD-02: what staff do carries the digest of the session or token it was done with, and not the token.
#[test]
fn deeds_of_staff_name_their_session() {
    on_both(async |app| {
        let id = app.report("someone drained my wallet").await;
        drop(id);
        let incident = app.queue().await[0]["id"].as_str().unwrap().to_owned();
        app.staff_get(&format!("/api/v1/incidents/{incident}")).await;
        let body = serde_json::json!({"text": "called the bank"});
        assert!(app.staff_post(&format!("/api/v1/incidents/{incident}/note"), &body).await.status().is_success());
        let page = audit::page(&mut app.house.respond.db.read().await.unwrap(), 0, 1_000).await.unwrap();
        let of = |action: &str| page.iter().find(|entry| entry.entry.action == action).unwrap().entry.session.clone();
        let session = of("incident.view").unwrap();
        assert_eq!(of("incident.note").as_ref(), Some(&session));
        assert_eq!(session.len(), 32);
        assert!(!app.token.contains(&session));
        assert!(page.iter().filter(|entry| entry.entry.actor == "system").all(|entry| entry.entry.session.is_none()));
    });
}
