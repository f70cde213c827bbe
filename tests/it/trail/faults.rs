//! What cannot be written down does not happen.

use serde_json::json;

use crate::support::app::{App, on_both_with};
use crate::support::deeds::{Scene, plan};
use crate::support::rows::{contents, spoil};

/// From here on no entry can be written.
async fn break_the_trail(app: &App) {
    if app.database.is_empty() {
        spoil(app, "create trigger broken before insert on audit begin select raise(abort, 'no entry'); end").await;
        return;
    }
    let function = "create or replace function broken() returns trigger language plpgsql as
                    $$ begin raise exception 'no entry'; end $$";
    spoil(app, function).await;
    spoil(app, "create trigger broken before insert on audit for each row execute function broken()").await;
}

async fn mend_the_trail(app: &App) {
    spoil(app, if app.database.is_empty() { "drop trigger broken" } else { "drop trigger broken on audit" }).await;
}

/// The tables that differ.
async fn changed(app: &App, before: &std::collections::BTreeMap<String, Vec<String>>) -> Vec<String> {
    let after = contents(app).await;
    // That somebody tried a password is counted before anything else, so that a guess counts whatever breaks.
    let differs = |(table, rows): &(String, Vec<String>)| table != "staff_guess" && before[table] != *rows;
    after.into_iter().filter(differs).map(|(table, _)| table).collect()
}

/// AUD-01: with an audit trail that takes no entry, no report, message, tick, wish, view, note, claim, verdict, setting,
/// invitation or order happens: each is answered as a fault and leaves every row as it was. With the trail mended each succeeds.
#[test]
fn what_cannot_be_written_down_does_not_happen() {
    on_both_with(plan(), async |app| {
        let mut scene = Scene::set(&app).await;
        let mut number = 0;
        while let Some(deed) = scene.deed(&app, number).await {
            break_the_trail(&app).await;
            let before = contents(&app).await;
            let refused = deed.request(&app, &[]).send().await.unwrap();
            assert!(refused.status().is_server_error(), "{}: {}", deed.what, refused.status());
            let changed = changed(&app, &before).await;
            assert!(changed.is_empty(), "{} changed {changed:?}", deed.what);
            mend_the_trail(&app).await;
            let done = deed.request(&app, &[]).send().await.unwrap();
            let status = done.status();
            assert!(status.is_success(), "{}: {status} {}", deed.what, done.text().await.unwrap());
            number += 1;
        }
        assert!(number >= 25, "{number}");
    });
}

/// AUD-01: the same for a source, for a token and for somebody who signs in.
#[test]
fn no_alert_token_or_session_comes_about_without_its_entry() {
    on_both_with(plan(), async |app| {
        let scene = Scene::set(&app).await;
        drop(scene);
        let body = json!({"type": "auth.threat", "data": {"account": "acct-1", "severity": "high"}});
        break_the_trail(&app).await;
        let before = contents(&app).await;
        assert!(app.event("one", &body).await.status().is_server_error());
        let new = holdfast::respond::NewToken {
            person: "program".to_owned(),
            scopes: holdfast::access::Scopes::default(),
            days: 1,
        };
        assert!(app.house.respond.new_token(new).await.is_err());
        let mut people = app.people.lock().await;
        let mut browser = crate::support::browser::Browser::new(&app);
        let login = ("first", crate::support::person::PASSWORD);
        let page = crate::support::person::password(&mut browser, login).await;
        assert!(page.status.is_server_error(), "{}", page.status);
        let ended = people.get_mut("second").unwrap();
        let csrf = ended.browser.get("/staff/me").await.csrf();
        let page = ended.browser.post("/staff/sign-out", &[("csrf", &csrf)]).await;
        assert!(page.status.is_server_error(), "{}", page.status);
        let changed = changed(&app, &before).await;
        assert!(changed.is_empty(), "{changed:?}");
        drop(people);
        mend_the_trail(&app).await;
        assert!(app.event("one", &body).await.status().is_success());
    });
}
