//! Mails to the holder of a case, through a real server: that something waits, and nothing a thief could use.

use std::cell::RefCell;

use holdfast::config::Config;
use holdfast::config::target::Kind;
use holdfast::respond::sweep;
use holdfast::time::Span;
use reqwest::StatusCode;
use serde_json::{Value, json};

use super::server::{Mail, MailServer, Speaks, server};
use super::{once, secret, target};
use crate::support::app::{App, Plan, on_both_with, on_sqlite_with};
use crate::support::case::Holder;
use crate::support::settle::settle;

pub const ANNA: &str = "anna@example.org";
const WALLET: &str = "0x52908400098527886E0F7030069857D2E4169EE7";

thread_local! {
    /// The server of the story that runs on this thread.
    static SERVER: RefCell<Option<MailServer>> = const { RefCell::new(None) };
}

/// Tells a story with a mail server, or says that there is none.
pub fn with_mail(speaks: Speaks, tell: impl FnOnce(Plan)) {
    let Some(server) = server(speaks) else { return };
    SERVER.set(Some(server));
    tell(Plan { settings, ..Plan::default() });
    SERVER.set(None);
}

pub fn settings(config: &mut Config) {
    SERVER.with_borrow(|server| {
        let server = server.as_ref().unwrap();
        let mut post = target("post", Kind::Mail, format!("smtp://127.0.0.1:{}", server.port));
        post.from = Some("Example Wallet <help@wallet.example>".to_owned());
        post.to = vec!["desk@wallet.example".to_owned()];
        (post.people, post.alarms, post.after_minutes) = (true, 5, 600);
        post.plain = server.certificate.is_none();
        if let Some(authority) = server.authority() {
            post.authority_file = Some(authority);
            post.user = Some("holdfast".to_owned());
            post.secret_file = Some(secret(config, "post", "pass-word-of-tests"));
        }
        config.target = vec![post];
    });
}

/// The mails so far.
pub fn taken() -> Vec<Mail> {
    SERVER.with_borrow(|server| server.as_ref().unwrap().mails())
}

/// The mails, once there are so many.
pub async fn mails(count: usize) -> Vec<Mail> {
    once("a mail", async || {
        let mails = taken();
        (mails.len() >= count).then_some(mails)
    })
    .await
}

/// A case whose holder gave an address.
pub async fn case(app: &App, contact: &Value, language: &str) -> (Holder, String) {
    // The queue's order is that of arrival.
    app.clock.pass(Span::from_seconds(1));
    let body = json!({"text": format!("someone drained my wallet {WALLET}, my neighbour Rufus saw it"), "contact": contact, "language": language});
    let response = app.visitor().post(app.url("/api/v1/reports")).json(&body).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::CREATED);
    let answer: Value = response.json().await.unwrap();
    (Holder::of(&answer), app.queue().await.pop().unwrap()["id"].as_str().unwrap().to_owned())
}

pub async fn write(app: &App, incident: &str, text: &str) {
    let path = format!("/api/v1/incidents/{incident}/message");
    assert_eq!(app.staff_post(&path, &json!({"text": text})).await.status(), StatusCode::OK);
}

/// CA-07: in a whole life of a case no byte that leaves holds the link, the code, an amount, an address or what was written.
#[test]
fn mails_and_alarms_of_a_whole_case_hold_the_reference_and_plain_words_and_nothing_else() {
    with_mail(Speaks::Plain, |plan| {
        on_sqlite_with(plan, async |app| {
            let (holder, id) = case(&app, &json!({"email": ANNA}), "en").await;
            sweep(&app.house.respond).await.unwrap();
            app.clock.pass(Span::from_minutes(601));
            sweep(&app.house.respond).await.unwrap();
            let alarm = mails(1).await.remove(0);
            assert_eq!(
                (alarm.to.as_slice(), alarm.header("List-Unsubscribe")),
                (&["desk@wallet.example".to_owned()][..], String::new())
            );
            assert!(
                alarm.text().contains(&holder.reference) && alarm.text().contains("/staff/incidents/"),
                "{}",
                alarm.text()
            );

            let held: Value =
                app.staff_post(&format!("/api/v1/incidents/{id}/claim"), &json!({})).await.json().await.unwrap();
            app.clock.pass(Span::from_seconds(30));
            mails(2).await;
            write(&app, &id, &format!("we saw 1234.56 USDT go to {WALLET}, tell nobody")).await;
            mails(3).await;
            let ask = json!({"what": "contact", "detail": "thief@example.net"});
            assert!(holder.post(&app, "/requests", &ask).await.status().is_success());
            mails(4).await;
            let settled = settle(&app, &held).await;
            let verdict = json!({"version": settled["version"], "verdict": "confirmed", "reason": "the zebra walked off with 1234.56"});
            let closed = app.staff_post(&format!("/api/v1/incidents/{id}/verdict"), &verdict).await;
            assert_eq!(closed.status(), StatusCode::OK, "{}", closed.text().await.unwrap());
            app.clock.pass(Span::from_minutes(6));
            mails(5).await;
            app.clock.pass(Span::from_days(31));
            sweep(&app.house.respond).await.unwrap();
            let all = mails(6).await;
            let subjects: Vec<String> = all[1..].iter().map(Mail::subject).collect();
            let told = |words: &str| format!("{words} {}", holder.reference);
            assert_eq!(
                subjects,
                [
                    told("Somebody is working on your case"),
                    told("There is an answer in your case"),
                    told("Another contact was asked for in your case"),
                    told("Your case was closed"),
                    told("Beware of offers to get your money back"),
                ]
            );
            for mail in &all[1..] {
                assert_eq!((mail.to.as_slice(), mail.from.as_str()), (&[ANNA.to_owned()][..], "help@wallet.example"));
                assert!(mail.text().contains(&holder.reference));
                assert!(!mail.but_for_the_stop().contains("://"), "{}", mail.but_for_the_stop());
            }
            for mail in &all {
                let whole = format!("{}\n{}", mail.but_for_the_stop(), mail.data);
                for never in [
                    holder.token.as_str(),
                    holder.code.as_str(),
                    "/c/",
                    WALLET,
                    "1234.56",
                    "USDT",
                    "tell nobody",
                    "zebra",
                    "Rufus",
                    "thief@",
                    "responder",
                ] {
                    assert!(!whole.contains(never), "{never}: {whole}");
                }
            }
        });
    });
}

#[test]
fn a_mail_is_in_the_persons_language_and_its_number_is_confirmed_to_whoever_holds_the_case_alone() {
    with_mail(Speaks::Plain, |plan| {
        on_both_with(plan, async |app| {
            let before = taken().len();
            let (holder, id) = case(&app, &json!({"email": ANNA}), "zh-Hant").await;
            write(&app, &id, "please look").await;
            let mail = mails(before + 1).await.pop().unwrap();
            assert_eq!(mail.subject(), format!("您的案件有了回覆 {}", holder.reference));
            let text = mail.text();
            assert!(text.contains("核對編號：CK-"), "{text}");
            let check = async |message: &str, code: &str| {
                let body = json!({"message": message, "secret": code});
                let response = app.visitor().post(app.url("/api/v1/check")).json(&body).send().await.unwrap();
                response.json::<Value>().await.unwrap()
            };
            let pasted = text.trim_end().trim_end_matches("Holdfast").to_owned();
            let confirmed = check(&pasted, &holder.code).await;
            assert_eq!(
                (&confirmed["outcome"], &confirmed["message"]["words"]),
                (&json!("confirmed"), &json!("same")),
                "{confirmed}"
            );
            assert_eq!(confirmed["message"]["reference"], holder.reference.as_str());
            let within = check(&format!("{pasted} 現在請付款到我們的新帳戶"), &holder.code).await;
            assert_eq!(within["message"]["words"], "within");
            assert_eq!(check(&pasted, "AAAAA-AAAAA").await["outcome"], "refused");
            let (other, _) = case(&app, &json!({"email": "b@example.org"}), "en").await;
            assert_eq!(check(&pasted, &other.code).await["outcome"], "refused");
        });
    });
}

#[test]
fn what_was_taken_back_is_told_to_nobody_and_one_piece_of_news_is_one_mail() {
    with_mail(Speaks::Plain, |plan| {
        on_sqlite_with(plan, async |app| {
            let (_, id) = case(&app, &json!({"email": ANNA}), "en").await;
            let held: Value =
                app.staff_post(&format!("/api/v1/incidents/{id}/claim"), &json!({})).await.json().await.unwrap();
            let path = format!("/api/v1/incidents/{id}/release");
            assert_eq!(app.staff_post(&path, &json!({"fence": held["fence"]})).await.status(), StatusCode::OK);
            app.clock.pass(Span::from_minutes(1));
            write(&app, &id, "one").await;
            let first = mails(1).await;
            assert!(first[0].subject().starts_with("There is an answer"), "the claim was taken back: {first:?}");
            app.staff_post(&format!("/api/v1/incidents/{id}/claim"), &json!({})).await;
            app.clock.pass(Span::from_minutes(1));
            write(&app, &id, "two").await;
            mails(2).await;
            write(&app, &id, "three").await;
            mails(3).await;
            let taken_up = taken().iter().filter(|mail| mail.subject().starts_with("Somebody is working")).count();
            assert!(taken_up <= 1, "told at most once a day");
        });
    });
}

#[test]
fn without_an_address_that_was_given_on_a_form_nobody_is_written_to() {
    with_mail(Speaks::Plain, |plan| {
        on_sqlite_with(plan, async |app| {
            let (_, first) = case(&app, &json!({"phone": "+44 20 7946 0000"}), "en").await;
            let (_, second) = case(&app, &json!({"email": "nobody@example.org"}), "en").await;
            write(&app, &first, "one").await;
            write(&app, &second, "two").await;
            let letter = once("a dead letter", async || {
                app.staff_get("/api/v1/outbox/dead").await["dead"].as_array().unwrap().first().cloned()
            })
            .await;
            assert_eq!((letter["kind"].as_str(), letter["word"].as_str()), (Some("notice"), Some("refused")));
            assert!(!letter.to_string().contains('@'), "{letter}");
            assert!(taken().is_empty());
        });
    });
}

#[test]
fn a_server_on_the_internet_is_spoken_to_under_tls_with_its_certificate_checked() {
    with_mail(Speaks::Tls, |plan| {
        on_sqlite_with(plan, async |app| {
            let (_, id) = case(&app, &json!({"email": ANNA}), "en").await;
            write(&app, &id, "one").await;
            let mail = mails(1).await.remove(0);
            assert!(mail.tls && mail.login, "{mail:?}");
        });
    });
}
