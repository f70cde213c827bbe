//! A code for a chat takes a fresh second factor, and whoever is known in one is told (ID-21).

use holdfast::config::Config;
use holdfast::time::Span;
use reqwest::StatusCode;

use super::{code, says};
use crate::letters::server::Mail;
use crate::people::mailed::{ADA, by_mail, mailed, quick, reachable};

/// ID-21, SES-07: what is done in a chat is done in somebody's name, so they are told that one knows them.
#[test]
fn a_code_for_a_chat_takes_a_fresh_factor_and_its_use_is_told() {
    fn settings(config: &mut Config) {
        super::settings(config);
        quick(config);
    }
    by_mail(settings, async |app| {
        let mut ada = reachable(&app, ("ada", "responder"), ADA).await;
        let code = code(&mut ada).await;
        let mails = mailed(&app, async || {
            let told = says(&app, ("U1", &format!("link {code}"))).await;
            assert!(told.contains("knows you now"), "{told}");
        })
        .await;
        assert_eq!(mails.iter().map(Mail::subject).collect::<Vec<_>>(), ["A chat knows your account now"]);
        app.clock.pass(Span::from_minutes(6));
        let csrf = ada.browser.get("/staff/me").await.csrf();
        let page = ada.browser.post("/staff/me/chat-code", &[("csrf", &csrf)]).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN);
        assert!(page.text.contains("/staff/step-up") && !page.text.contains("<code>link "));
    });
}
