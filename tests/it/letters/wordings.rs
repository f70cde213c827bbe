//! The operator's own words: in force in what leaves, framed by ours, checked by `/check` whatever the files say by then; and
//! what a person was sent stands in their export.

use std::path::Path;

use holdfast::config::Config;
use holdfast::guidance::template::Templates;
use holdfast::respond::{Right, sweep};
use holdfast::text::Language;
use holdfast::time::Span;
use serde_json::{Value, json};

use super::mails::{ANNA, case, mails, with_mail, write};
use super::server::Speaks;
use crate::support::app::{Plan, on_sqlite_with};

fn words(folder: &Path, file: &str, text: &str) -> String {
    let folder = folder.join("words");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(file), text).unwrap();
    folder.display().to_string()
}

fn settings(config: &mut Config) {
    (crate::letters::mails::settings)(config);
    let text = "mail-answered-subject = Example Wallet answered { $reference }\nmail-answered-text = Dear customer, an answer waits.\nmail-taken-text = Your code is { $code }\nalarm-waits = ALERT { $level } { $kind } { $reference } { $wait }\n";
    config.templates = words(&config.data, "en.ftl", text);
}

#[test]
fn mails_and_alarms_leave_in_the_operators_words_and_what_was_sent_stands_in_the_export() {
    with_mail(Speaks::Plain, |plan| {
        on_sqlite_with(Plan { settings, ..plan }, async |app| {
            let (holder, id) = case(&app, &json!({"email": ANNA}), "en").await;
            write(&app, &id, "we looked at it").await;
            let mail = mails(1).await.remove(0);
            assert_eq!(mail.subject(), format!("Example Wallet answered {}", holder.reference));
            let text = mail.text();
            assert!(text.starts_with("Dear customer, an answer waits."), "{text}");
            assert!(
                text.contains("Reference: HF-") && text.contains("We never ask for") && text.contains("Check number"),
                "{text}"
            );
            let body = json!({ "message": text, "secret": holder.code });
            let check: Value =
                app.visitor().post(app.url("/api/v1/check")).json(&body).send().await.unwrap().json().await.unwrap();
            assert_eq!(check["outcome"], "confirmed", "{check}");
            sweep(&app.house.respond).await.unwrap();
            app.clock.pass(Span::from_minutes(601));
            sweep(&app.house.respond).await.unwrap();
            let all = mails(2).await;
            let alarm = all.iter().find(|mail| mail.to == ["desk@wallet.example"]).unwrap();
            assert!(alarm.subject().starts_with("ALERT "), "{}", alarm.subject());
            assert!(alarm.text().contains("/staff/incidents/"), "{}", alarm.text());

            let respond = &app.house.respond;
            let incident = id.parse().unwrap();
            let request = respond.ask_privacy(Right::Export, incident, "ada").await.unwrap();
            let (_, of_person) = respond.decide_privacy(request, "bo", true).await.unwrap().unwrap();
            let told = respond.exported(&of_person).await.unwrap();
            let sent = told["incidents"][0]["cases"][0]["mails"].as_array().unwrap().clone();
            let answered = sent.iter().find(|mail| mail["what"] == "answered").unwrap();
            assert_eq!((&answered["through"], answered["sent"].is_string()), (&json!("post"), true), "{answered}");
            assert!(!Value::from(sent.clone()).to_string().contains("Dear customer"), "what, not the words: {sent:?}");
        });
    });
}

/// A wording that does not pass is refused with its place and a hint, the built-in one is used, and the others stay.
#[test]
fn a_wording_that_does_not_pass_is_told_with_its_place_and_ours_is_used() {
    let folder = tempfile::tempdir().unwrap();
    let mut config = Config::read(None, &holdfast::config::Overrides::default()).unwrap();
    config.templates = words(
        folder.path(),
        "zh.ftl",
        "# 我们的话\nmail-taken-text = 您的验证码是 { $code }\nmail-closed-text = 我们结束了您的案件。\n",
    );
    words(folder.path(), "fr.ftl", "mail-taken-text = Bonjour\n");
    let (templates, faults): (Templates, _) = config.templates();
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!((templates.count(), told.len()), (1, 2), "{told:?}");
    assert!(told.iter().any(|fault| fault.contains("zh.ftl:2:") && fault.contains("code")), "{told:?}");
    assert!(told.iter().any(|fault| fault.contains("fr.ftl")), "{told:?}");
    assert!(templates.render("mail-closed-text", Language::ZhHant, &[]).unwrap().contains("結束"));
    config.templates = folder.path().join("nowhere").display().to_string();
    assert_eq!((config.templates().0.count(), config.templates().1.len()), (0, 1));
}
