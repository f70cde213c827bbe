//! How somebody gets to a state, step by step.

use fantoccini::Locator;
use serde_json::{Value, json};

use super::{Do, State};
use crate::browser::desk::sign_in;
use crate::browser::window::Window;
use crate::embedding::good;
use crate::support::app::App;
use crate::support::rows::spoil;
use crate::support::settle::settle_as;
use holdfast::respond::{About, Deed, NewNotice, sweep};
use holdfast::seal::Purpose;
use holdfast::store::cases;
use holdfast::text::Language;
use holdfast::time::Span;

/// What a case's code never is.
const WRONG: &str = "00000-00000";

/// Goes there, as a stranger who has never been here; what is wrong when another page is shown then.
pub async fn reach((window, app): (&Window, &App), state: &State, language: Language) -> Option<String> {
    window.client.delete_all_cookies().await.unwrap();
    // Each case later than the one before, so that the newest can be told; and what one place may do, it may do again.
    app.clock.pass(Span::from_minutes(5));
    walk((window, app), state.way, language).await;
    let found = window.client.wait().for_element(Locator::Css(state.shows)).await;
    let error = found.err()?;
    let reads: String = window.reads().await.chars().take(300).collect();
    Some(format!("is not reached, {} is not there: {error}: {reads}", state.shows))
}

async fn walk((window, app): (&Window, &App), way: &[Do], language: Language) {
    for step in way {
        match step {
            Do::Visit(path) => window.visit(path).await,
            Do::FromApp(holds) => {
                let link = if *holds { good(app) } else { "x".to_owned() };
                // In the language of the browser rather than that of the app.
                window.visit(&format!("/from/{link}?lang={language}")).await;
            }
            Do::Fill(css, words) => {
                let field =
                    window.client.find(Locator::Css(css)).await.unwrap_or_else(|error| panic!("{css}: {error}"));
                field.send_keys(words.text(language)).await.unwrap();
            }
            Do::Press(css) => window.press(css).await,
            Do::Follow(css) => window.follow(css).await,
            Do::Await(css) => drop(window.client.wait().for_element(Locator::Css(css)).await.unwrap()),
            Do::Tamper(script, css) => {
                window.client.execute(script, vec![]).await.unwrap();
                window.follow(css).await;
            }
            Do::Unsolvable => {
                let never = json!({"source": "SubtleCrypto.prototype.digest = () => new Promise(() => {})"});
                window.devtools("Page.addScriptToEvaluateOnNewDocument", never).await;
            }
            Do::MailStop => window.visit(&mail_stop(app).await).await,
            Do::SignIn => sign_in(window, &app.token).await,
            Do::ComeBackAfterADay(meanwhile) => {
                let (link, code) = keys(window).await;
                Box::pin(walk((window, app), meanwhile, language)).await;
                app.clock.pass(Span::from_minutes(25 * 60));
                window.visit(&link).await;
                window.fill("#code", &code).await;
                window.follow("form.enter > button").await;
            }
            Do::Guess(times) => guess((window, app), *times).await,
            Do::Way(way) => Box::pin(walk((window, app), way, language)).await,
            Do::StaffWrite
            | Do::StaffTake
            | Do::StaffGrant
            | Do::StaffClose(_)
            | Do::Ring
            | Do::Dead
            | Do::Served
            | Do::Announce
            | Do::MemoryDown
            | Do::Spoil(_) => in_the_house(app, step).await,
        }
    }
}

/// What the others do meanwhile.
async fn in_the_house(app: &App, step: &Do) {
    match step {
        Do::StaffWrite => {
            let path = format!("/api/v1/incidents/{}/message", newest(app).await);
            let sent = app.staff_post(&path, &json!({"text": "Revoke the approval first; I stay with you."})).await;
            assert_eq!(sent.status(), 200);
        }
        Do::StaffTake => {
            let path = format!("/api/v1/incidents/{}/claim", newest(app).await);
            let taken = app.staff_post(&path, &json!({})).await;
            assert_eq!(taken.status(), 200);
        }
        Do::StaffGrant => {
            let id = newest(app).await;
            let seen: Value = app.staff_get(&format!("/api/v1/incidents/{id}")).await;
            let request = seen["requests"][0]["id"].as_str().unwrap().parse().unwrap();
            let deed = Deed::Decide { request, grant: true, reason: "called back".to_owned() };
            let by = ("responder", Language::En);
            assert!(app.house.respond.staff_does(id.parse().unwrap(), by, deed).await.unwrap().is_ok());
        }
        Do::StaffClose(verdict) => close_as(app, (&app.token, verdict), &newest(app).await).await,
        Do::Ring => sweep(&app.house.respond).await.unwrap(),
        Do::Dead => {
            for sql in [TARGET, LETTER] {
                spoil(app, sql).await;
            }
        }
        Do::Served => {
            for _ in 0..6 {
                app.report("someone drained my wallet").await;
                app.clock.pass(Span::from_minutes(5));
                app.staff_post("/api/v1/queue/claim", &json!({})).await;
            }
        }
        Do::Announce => {
            let notice = NewNotice {
                kind: About::Outbreak,
                en: "A false wallet app is offered in adverts since this morning. It asks for recovery words."
                    .to_owned(),
                zh: "今天上午起，有广告推广假的钱包应用，会索要助记词。".to_owned(),
                advice_en: "Install nothing from an advert.".to_owned(),
                advice_zh: "不要从广告里安装。".to_owned(),
            };
            app.house.respond.announce(notice, Span::from_days(1), None).await.unwrap();
            app.house.look_at_board().await.unwrap();
        }
        Do::Spoil(sql) => spoil(app, sql).await,
        Do::MemoryDown => app.house.respond.db.close().await,
        Do::Visit(_)
        | Do::Fill(..)
        | Do::Press(_)
        | Do::Follow(_)
        | Do::Await(_)
        | Do::Tamper(..)
        | Do::FromApp(_)
        | Do::MailStop
        | Do::SignIn
        | Do::Unsolvable
        | Do::ComeBackAfterADay(_)
        | Do::Guess(_)
        | Do::Way(_) => unreachable!("somebody else does that"),
    }
}

const TARGET: &str = "insert into outbox_target (name, fence) values ('post', 1)";
const LETTER: &str = "insert into outbox (id, target, fence, lane, kind, object, key, created, due, give_up, attempts, turn, state, word, settled)
    values ('0195570e-0000-7000-8000-000000000001', 'post', 1, 'post:1', 'notice', '0195570e-0000-7000-8000-000000000002', 'notice_1',
            1772442000000, 1772442000000, 1772701200000, 40, 40, 'dead', 'no-connection', 1772442000000)";

/// The path of the link that is shown, and its code.
async fn keys(window: &Window) -> (String, String) {
    let link = window.text("#link").await;
    let (_, token) = link.split_once("/c/").unwrap();
    (format!("/c/{token}"), window.text(".keys .code").await)
}

/// Wrong codes for the case whose link is shown, and then that link.
async fn guess((window, app): (&Window, &App), times: u8) {
    let (link, _) = keys(window).await;
    for _ in 0..times {
        let sent = app.visitor().post(app.url(&link)).form(&[("code", WRONG)]).send().await.unwrap();
        assert_eq!(sent.status(), 403);
    }
    window.visit(&link).await;
}

async fn mail_stop(app: &App) -> String {
    let respond = &app.house.respond;
    let incident = newest(app).await.parse().unwrap();
    let case = cases::of_incident(&mut respond.db.read().await.unwrap(), incident).await.unwrap().remove(0);
    let token = respond.room().keys.digests.of(Purpose::MailStop, "case", &case.id.to_string());
    format!("/mail/{}/{token}", case.reference)
}

/// Staff close an incident as one that it was.
pub async fn close(app: &App, token: &str, id: &str) {
    close_as(app, (token, "confirmed"), id).await;
}

async fn close_as(app: &App, (token, verdict): (&str, &str), id: &str) {
    let version = settle_as(app, token, id).await["version"].clone();
    let verdict = json!({"version": version, "verdict": verdict, "reason": "Seen on chain."});
    let url = app.url(&format!("/api/v1/incidents/{id}/verdict"));
    let sent = app.visitor().post(url).bearer_auth(token).json(&verdict).send().await.unwrap();
    assert_eq!(sent.status(), 200);
}

/// Ids begin with the time at which they were made.
async fn newest(app: &App) -> String {
    app.queue().await.iter().map(|row| row["id"].as_str().unwrap().to_owned()).max().expect("a case that is open")
}
