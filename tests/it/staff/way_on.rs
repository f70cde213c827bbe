//! After something stood in the way: back to where one was, with what was typed, and told who did what meanwhile.

use holdfast::time::Span;
use reqwest::StatusCode;

use super::{LOST, id};
use crate::support::app::{App, Plan, on_both, on_both_with};
use crate::support::person::{Member, member};

const BACKEND: Plan = Plan {
    settings: crate::orders::settings,
    set_up: true,
    rounds: holdfast::app::Rounds::Own,
    console: holdfast::app::Console::TokensToo,
};

async fn reported(app: &App, account: &str) -> String {
    let body = serde_json::json!({"text": LOST, "account": account});
    let sent = app.visitor().post(app.url("/api/v1/reports")).json(&body).send().await.unwrap();
    assert_eq!(sent.status(), StatusCode::CREATED);
    let rows = app.queue().await;
    let newest = rows.iter().map(|row| id(row).to_owned()).max();
    newest.unwrap()
}

fn between<'a>(text: &'a str, (before, after): (&str, &str)) -> &'a str {
    let (_, rest) = text.split_once(before).unwrap_or_else(|| panic!("no {before} in {text}"));
    rest.split(after).next().unwrap()
}

/// SES-07: the second factor once more, then the case again, and the reason that was typed is not lost.
#[test]
fn a_second_factor_shown_again_leads_back_to_the_case_with_what_was_typed() {
    on_both_with(BACKEND, async |app| {
        let case = format!("/staff/incidents/{}", reported(&app, "User-7").await);
        let mut ada = member(&app, ("ada", "responder")).await;
        let page = ada.browser.get(&case).await.text;
        let account = between(between(&page, ("id=\"order-account\"", "</select>")), ("value=\"", "\"")).to_owned();
        app.clock.pass(Span::from_minutes(6));
        let csrf = ada.browser.get(&case).await.csrf();
        let form = [
            ("csrf", csrf.as_str()),
            ("deed", "ask"),
            ("action", "hold-withdrawals"),
            ("account", &account),
            ("reason", "The thief & I both write <now>."),
        ];
        let asked = ada.browser.post(&format!("{case}/orders"), &form).await;
        assert_eq!(asked.status, StatusCode::FORBIDDEN);
        assert!(asked.text.contains(&format!("name=\"then\" value=\"{case}#orders\"")), "{}", asked.text);
        assert!(asked.text.contains("The thief &amp; I both write &lt;now&gt;."), "to be copied");
        let code = ada.code(&app);
        let fields = [("csrf", asked.csrf()), ("then", format!("{case}#orders")), ("code", code)];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let again = ada.browser.post("/staff/step-up", &fields).await;
        assert_eq!((again.status, again.location), (StatusCode::SEE_OTHER, format!("{case}#orders")));
        let csrf = ada.browser.get(&case).await.csrf();
        let preview =
            [("csrf", csrf.as_str()), ("deed", "preview"), ("action", "hold-withdrawals"), ("account", &account)];
        let preview = ada.browser.post(&format!("{case}/orders"), &preview).await.text;
        assert!(!preview.contains(&ada.id.to_string()), "a name in the top line");
        let mut form = form;
        form[0].1 = &csrf;
        assert_eq!(ada.browser.post(&format!("{case}/orders"), &form).await.status, StatusCode::SEE_OTHER);
    });
}

/// SES-07: none of these leads anywhere but to a page of ours.
#[test]
fn no_address_makes_the_second_factor_lead_out_of_the_house() {
    on_both(async |app| {
        let mut ada = member(&app, ("ada", "responder")).await;
        for then in [
            "https://evil.example/staff",
            "//evil.example/staff",
            "/\\evil.example",
            "/staff/../../evil",
            "/staff//evil.example",
            "/staff/incidents/%0d%0aLocation:%20https://evil.example",
            "/staff/incidents/0195570e-0000-7000-8000-000000000001\r\nset-cookie: a=b",
            "/staff@evil.example",
            "/staff.evil.example",
            "javascript:alert(1)",
            "/staff/incidents/javascript:alert(1)",
            "/staff/sign-out",
            "",
        ] {
            let csrf = ada.browser.get("/staff/me").await.csrf();
            let code = ada.code(&app);
            let page = ada.browser.post("/staff/step-up", &[("csrf", &csrf), ("then", then), ("code", &code)]).await;
            assert_eq!((page.status, page.location.as_str()), (StatusCode::SEE_OTHER, "/staff"), "{then}");
        }
    });
}

async fn claims(who: &mut Member, case: &str) {
    let csrf = who.browser.get(case).await.csrf();
    let page = who.browser.post(&format!("{case}/claim"), &[("csrf", &csrf)]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
}

/// CL-05: who decides on an old page is told by name what happened, keeps their words, and has the way to the case.
#[test]
fn a_stale_page_says_who_did_what_meanwhile() {
    on_both(async |app| {
        let case = format!("/staff/incidents/{}", reported(&app, "User-8").await);
        let (mut ada, mut bea) = (member(&app, ("ada", "responder")).await, member(&app, ("bea", "responder")).await);
        let old = ada.browser.get(&case).await;
        let version = between(between(&old.text, ("/verdict\"", "</form>")), ("name=\"version\" value=\"", "\""));
        claims(&mut bea, &case).await;
        let form = [
            ("csrf", old.csrf()),
            ("level", "1".to_owned()),
            ("version", version.to_owned()),
            ("reason", "It is worse than it looks.".to_owned()),
        ];
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let stale = ada.browser.post(&format!("{case}/escalate"), &form).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        assert!(stale.text.contains("Name of bea") && stale.text.contains("took the case"), "{}", stale.text);
        assert!(stale.text.contains("It is worse than it looks."), "what was typed");
        assert!(stale.text.contains(&format!("href=\"{case}\"")), "the way to the case");
        assert!(!stale.text.contains(&bea.id.to_string()) && !stale.text.contains(&ada.id.to_string()));

        let csrf = old.csrf();
        let lost = ada.browser.post(&format!("{case}/claim"), &[("csrf", &csrf)]).await;
        assert_eq!(lost.status, StatusCode::CONFLICT);
        assert!(lost.text.contains("was faster") && lost.text.contains("action=\"/staff/claim\""), "{}", lost.text);
        claims(&mut bea, &case).await;
    });
}

/// UX-11: the bar offers only what can still be taken back.
#[test]
fn what_others_or_oneself_did_since_cannot_be_taken_back_and_is_not_offered() {
    on_both(async |app| {
        let case = format!("/staff/incidents/{}", reported(&app, "User-9").await);
        let mut ada = member(&app, ("ada", "responder")).await;
        claims(&mut ada, &case).await;
        app.clock.pass(Span::from_seconds(1));
        let page = ada.browser.get(&case).await;
        assert!(page.text.contains("name=\"undo\""), "just claimed");
        let csrf = page.csrf();
        let fence = between(between(&page.text, ("/release\"", "</form>")), ("name=\"fence\" value=\"", "\""));
        let released = ada.browser.post(&format!("{case}/release"), &[("csrf", &csrf), ("fence", fence)]).await;
        assert_eq!(released.location, "/staff?notice=released");
        let home = ada.browser.get("/staff").await.text;
        assert!(home.contains("name=\"undo\"") && home.contains("handed back"), "{home}");
        let mut bea = member(&app, ("bea", "responder")).await;
        claims(&mut bea, &case).await;
        assert!(!ada.browser.get("/staff").await.text.contains("name=\"undo\""), "another has it now");
    });
}

/// PH-04: a link leaves only when its sender says so, knowing what it looks like to somebody afraid.
#[test]
fn a_message_with_a_link_is_asked_about_before_it_leaves() {
    on_both(async |app| {
        let case = format!("/staff/incidents/{}", reported(&app, "User-10").await);
        let mut ada = member(&app, ("ada", "responder")).await;
        claims(&mut ada, &case).await;
        let csrf = ada.browser.get(&case).await.csrf();
        let text = "Look at https://help.example/way and then call";
        let to = format!("{case}/message");
        let asked = ada.browser.post(&to, &[("csrf", &csrf), ("text", text)]).await;
        assert_eq!(asked.status, StatusCode::OK);
        assert!(asked.text.contains("There is a link in your message") && asked.text.contains("name=\"sure\""));
        let page = ada.browser.get(&case).await.text;
        assert!(!page.contains("data-from=\"staff\""), "nothing has left");
        assert!(between(&page, ("id=\"reply\"", "</textarea>")).contains("help.example"), "the words are kept");
        let sent = ada.browser.post(&to, &[("csrf", &csrf), ("text", text), ("sure", "yes")]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER);
        let page = ada.browser.get(&case).await.text;
        assert!(page.contains("data-from=\"staff\""));
        assert!(!between(&page, ("id=\"reply\"", "</textarea>")).contains("help.example"), "the draft went with it");
        let plain = ada.browser.post(&to, &[("csrf", &csrf), ("text", "I am with you. Open the app.")]).await;
        assert_eq!(plain.status, StatusCode::SEE_OTHER, "no link, no question");
        let said = app.staff_get(&case.replace("/staff/", "/api/v1/")).await;
        let said = said["conversation"].as_array().unwrap().iter().filter(|one| one["from"] == "staff");
        let texts: Vec<&str> = said.map(|one| one["text"].as_str().unwrap()).collect();
        assert_eq!(texts.len(), 2);
        let footer = holdfast::guidance::footer::footer(holdfast::text::Language::En);
        assert!(texts.iter().all(|text| text.ends_with(&footer)), "what we never ask for stands under each: {texts:?}");
    });
}
