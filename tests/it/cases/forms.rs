//! No form of a case page is taken that was not made for this session (SES-08).

use reqwest::{Method, RequestBuilder, StatusCode};

use crate::support::app::{App, on_both, on_sqlite};
use crate::support::browser::Browser;

const FORMS: [(&str, [(&str, &str); 2]); 3] = [
    ("/case/steps/do-not-share", [("state", "done"), ("unused", "")]),
    ("/case/answers", [("question", "x"), ("choice", "y")]),
    ("/case/messages", [("text", "planted by another site"), ("unused", "")]),
];

fn form(browser: &Browser, (path, fields): (&str, [(&str, &str); 2]), csrf: Option<&str>) -> RequestBuilder {
    let mut all: Vec<(&str, &str)> = fields.into_iter().filter(|(name, _)| *name != "unused").collect();
    all.extend(csrf.map(|csrf| ("csrf", csrf)));
    browser.request(Method::POST, path).form(&all)
}

async fn two(app: &App) -> (Browser, String, String) {
    let (mut mine, mut other) = (Browser::new(app), Browser::new(app));
    mine.report("someone drained my wallet").await;
    other.report("someone drained my wallet too").await;
    let (own, foreign) = (mine.get("/case").await.csrf(), other.get("/case").await.csrf());
    (mine, own, foreign)
}

#[test]
fn a_form_without_its_token_or_with_that_of_another_session_is_refused() {
    on_both(async |app| {
        let (mut browser, own, foreign) = two(&app).await;
        for target in FORMS {
            for csrf in [None, Some(""), Some("x"), Some(foreign.as_str()), Some(&own[1..]), Some(&format!("{own}0"))] {
                let page = browser.send(form(&browser, target, csrf)).await;
                assert_eq!(page.status, StatusCode::FORBIDDEN, "{target:?} {csrf:?}");
            }
        }
        assert!(!browser.get("/case").await.text.contains("planted"));
    });
}

#[test]
fn a_form_that_another_site_sends_is_refused_with_the_right_token() {
    on_sqlite(async |app| {
        let (mut browser, own, _) = two(&app).await;
        for target in FORMS {
            for site in ["cross-site", "same-site", "none", "Same-Origin", ""] {
                let request = form(&browser, target, Some(&own)).header("sec-fetch-site", site);
                assert_eq!(browser.send(request).await.status, StatusCode::FORBIDDEN, "{target:?} {site}");
            }
            for origin in ["https://holdfast.example", "http://127.0.0.1", "https://127.0.0.1:1", "file://"] {
                let request = form(&browser, target, Some(&own)).header("origin", origin);
                assert_eq!(browser.send(request).await.status, StatusCode::FORBIDDEN, "{target:?} {origin}");
            }
        }
        assert!(!browser.get("/case").await.text.contains("planted"));
    });
}

#[test]
fn a_form_of_the_page_itself_is_taken_whatever_a_browser_says_of_its_origin() {
    on_sqlite(async |app| {
        let (mut browser, own, _) = two(&app).await;
        let home = app.url("");
        for headers in [
            vec![],
            vec![("sec-fetch-site", "same-origin")],
            vec![("origin", "null")],
            vec![("origin", home.as_str())],
            vec![("origin", "null"), ("sec-fetch-site", "same-origin")],
        ] {
            let request = form(&browser, ("/case/messages", [("text", "mine"), ("unused", "")]), Some(&own));
            let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
            assert_eq!(browser.send(request).await.status, StatusCode::SEE_OTHER, "{headers:?}");
        }
    });
}

#[test]
fn another_kind_of_body_or_a_method_in_disguise_is_refused() {
    on_sqlite(async |app| {
        let (mut browser, own, _) = two(&app).await;
        let body = format!("csrf={own}&text=planted");
        for kind in ["text/plain", "multipart/form-data; boundary=x", "application/json"] {
            let request =
                browser.request(Method::POST, "/case/messages").header("content-type", kind).body(body.clone());
            assert_eq!(browser.send(request).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{kind}");
        }
        for name in ["x-http-method-override", "x-method-override", "x-http-method"] {
            let request =
                browser.request(Method::GET, &format!("/case/messages?{body}&_method=POST")).header(name, "POST");
            assert_eq!(browser.send(request).await.status, StatusCode::METHOD_NOT_ALLOWED, "{name}");
        }
        assert!(!browser.get("/case").await.text.contains("planted"));
    });
}
