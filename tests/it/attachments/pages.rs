//! The form on the case page and at the desk, without a script.

use reqwest::{Method, StatusCode};

use super::corpus;
use super::{DRAINED, id};
use crate::support::app::{on_both, on_sqlite};
use crate::support::browser::{Browser, Page};
use crate::support::parts::{Sent, with_file};

async fn post(browser: &mut Browser, path: &str, bytes: &[u8], from: &str) -> Page {
    let csrf = browser.get(from).await.csrf();
    let request = browser.request(Method::POST, path);
    browser.send(with_file(request, &[("csrf", &csrf)], &Sent::misnamed(bytes))).await
}

#[test]
fn a_holder_adds_a_picture_on_the_case_page_and_opens_a_closed_case_with_it() {
    on_both(async |app| {
        let mut browser = Browser::new(&app);
        browser.report(DRAINED).await;
        let page = browser.get("/case").await.text;
        let (before, after) = page.split_once("enctype=\"multipart/form-data\"").unwrap();
        let (form, _) = after.split_once("</form>").unwrap();
        assert!(before.contains("id=\"files\"") && form.contains("type=\"file\""));
        let never = form.find("Never add a picture of your recovery words").unwrap();
        assert!(never < form.find("<button").unwrap() && form.contains("where and when it was taken"));

        let sent = post(&mut browser, "/case/attachments", &corpus::picture(image::ImageFormat::Jpeg), "/case").await;
        assert_eq!((sent.status, sent.location.as_str()), (StatusCode::SEE_OTHER, "/case?file=added#files"));
        let page = browser.get("/case?file=added").await.text;
        assert!(page.contains("It is here, under the name below.") && page.contains("-1.jpg"), "{page}");
        let link = page.split("href=\"/case/attachments/").nth(1).unwrap().split('"').next().unwrap();
        let path = format!("/case/attachments/{link}");
        let response = browser.request(Method::GET, &path).send().await.unwrap();
        assert_eq!(response.headers()["content-security-policy"], "sandbox; default-src 'none'");
        assert_eq!(response.headers()["content-type"], "image/jpeg");
        assert_eq!(response.headers()["x-robots-tag"], "noindex, nofollow");

        let row = app.queue().await.remove(0);
        let close = serde_json::json!({"version": row["version"], "verdict": "false-alarm", "reason": "seen"});
        let path = format!("/api/v1/incidents/{}", id(&row));
        for step in app.staff_get(&path).await["steps"].as_array().unwrap() {
            if step["required"] == true {
                let version = app.staff_get(&path).await["version"].clone();
                let waived =
                    serde_json::json!({"step": step["id"], "state": "waived", "version": version, "reason": "seen"});
                assert_eq!(app.staff_post(&format!("{path}/step"), &waived).await.status(), StatusCode::OK);
            }
        }
        let version = app.staff_get(&path).await["version"].clone();
        let close = serde_json::json!({"version": version, "verdict": close["verdict"], "reason": close["reason"]});
        assert_eq!(app.staff_post(&format!("{path}/verdict"), &close).await.status(), StatusCode::OK);
        assert_eq!(app.queue().await.len(), 0);
        post(&mut browser, "/case/attachments", b"they called again", "/case").await;
        assert_eq!(app.queue().await.len(), 1, "a file opens it again, as words do");
    });
}

#[test]
fn a_file_that_is_not_taken_is_told_in_words_of_ones_own_language() {
    on_sqlite(async |app| {
        let mut browser = Browser::new(&app);
        browser.report(DRAINED).await;
        for (what, bytes, word) in corpus::refused() {
            let sent = post(&mut browser, "/case/attachments", &bytes, "/case").await;
            assert_eq!(
                (sent.status, sent.location),
                (StatusCode::SEE_OTHER, format!("/case?file={word}#files")),
                "{what}"
            );
        }
        let large = vec![b'a'; holdfast::attachment::LIMIT * 2];
        let sent = post(&mut browser, "/case/attachments", &large, "/case").await;
        assert_eq!(sent.location, "/case?file=too-long#files", "more than the door reads");
        for (lang, words) in [
            ("en", "up to 5 MB each"),
            ("en", "A screenshot is enough."),
            ("zh", "截图就够了"),
            ("zh-Hant", "截圖就夠了"),
            ("zh", "切勿上传助记词"),
        ] {
            let page = browser.get(&format!("/case?file=recording&lang={lang}")).await.text;
            assert!(page.contains(words), "{lang}: {words}");
        }
        let page = browser.get("/case?file=%3Cscript%3E").await.text;
        assert!(!page.contains("<script>fetch") && !page.contains("%3Cscript"), "a word that is none says nothing");
    });
}

#[test]
fn staff_add_and_download_at_the_desk() {
    on_both(async |app| {
        app.report(DRAINED).await;
        let incident = format!("/staff/incidents/{}", id(&app.queue().await[0]));
        let mut browser = Browser::new(&app);
        browser.sign_in(&app.token).await;
        let path = format!("{incident}/attachments");
        let sent = post(&mut browser, &path, &corpus::pdf(""), &incident).await;
        assert_eq!((sent.status, sent.location), (StatusCode::SEE_OTHER, format!("{incident}?file=added#files")));
        let page = browser.get(&format!("{incident}?file=added")).await.text;
        let link = page.split(&format!("href=\"{path}/")).nth(1).unwrap().split('"').next().unwrap();
        let got = browser.request(Method::GET, &format!("{path}/{link}")).send().await.unwrap();
        assert_eq!(
            got.headers()["content-disposition"].to_str().unwrap().split('"').nth(1).unwrap().rsplit('.').next(),
            Some("pdf")
        );
        assert_eq!(got.bytes().await.unwrap(), corpus::pdf(""));
        let forged = browser.request(Method::POST, &path);
        let forged = browser.send(with_file(forged, &[("csrf", "0")], &Sent::misnamed(b"x"))).await;
        assert_eq!(forged.status, StatusCode::FORBIDDEN);
    });
}
