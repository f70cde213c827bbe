//! What becomes of a file on its way in.

use image::ImageFormat;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::corpus;
use super::{add, added, fetch, holder, holds, id};
use crate::support::app::{on_both, on_sqlite};
use crate::support::parts::{Sent, with_file};

/// IN-13: by content and not by name; written anew, so that nothing of what came along is left; under a name of ours; and no
/// browser shows it as a page.
#[test]
fn files_are_told_by_their_content_and_written_anew_under_names_of_ours() {
    on_both(async |app| {
        for files in corpus::taken().chunks(8) {
            let holder = holder(&app).await;
            for (number, (what, bytes, kind)) in (1..).zip(files) {
                let kept = added(&app, &holder, bytes).await;
                assert_eq!(kept["kind"], *kind, "{what}");
                let ending = match *kind {
                    "jpeg" => "jpg",
                    "text" => "txt",
                    other => other,
                };
                assert_eq!(kept["name"], format!("{}-{number}.{ending}", holder.reference), "{what}");
                let response = fetch(&app, &holder, id(&kept)).await;
                assert_eq!(response.status(), StatusCode::OK, "{what}");
                let header = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
                assert_eq!(header("content-security-policy"), "sandbox; default-src 'none'", "{what}");
                assert_eq!(header("x-content-type-options"), "nosniff", "{what}");
                assert_eq!(header("cache-control"), "no-store", "{what}");
                let name = kept["name"].as_str().unwrap();
                assert_eq!(header("content-disposition"), format!("attachment; filename=\"{name}\""), "{what}");
                let types = ["image/png", "image/jpeg", "application/pdf", "text/plain; charset=utf-8"];
                assert!(types.contains(&header("content-type").as_str()), "{what}");
                let bytes = response.bytes().await.unwrap();
                assert_eq!(kept["size"], bytes.len(), "{what}");
                for mark in corpus::MARKS {
                    assert!(!holds(&bytes, mark), "{what} still holds {}", String::from_utf8_lossy(mark));
                }
                if name.ends_with('g') {
                    let seen = image::load_from_memory(&bytes).unwrap();
                    assert_eq!((seen.width(), seen.height()), (60, 40), "{what}");
                }
            }
        }
    });
}

/// IN-13: what is no picture, PDF or plain text, and what is one and something else besides, is refused by a word that says so.
#[test]
fn files_that_want_to_be_something_else_are_refused() {
    on_sqlite(async |app| {
        let holder = holder(&app).await;
        for (what, bytes, word) in corpus::refused() {
            let response = add(&app, &holder, &bytes).await;
            assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY, "{what}");
            let problem: Value = response.json().await.unwrap();
            assert_eq!(problem["type"], "urn:holdfast:problem:file-not-taken", "{what}");
            let refused = holdfast::attachment::clean(&bytes).err().map(holdfast::attachment::Refused::as_str);
            assert_eq!(refused, Some(word), "{what}");
        }
        assert_eq!(holder.case(&app).await["attachments"], json!([]));
    });
}

/// IN-05: no more than 5 MiB, no more than ten, and no form that could be read in two ways.
#[test]
fn a_case_takes_ten_files_of_five_megabytes() {
    on_both(async |app| {
        let holder = holder(&app).await;
        let large = vec![b'a'; holdfast::attachment::LIMIT + 100 * 1024];
        assert_eq!(add(&app, &holder, &large).await.status(), StatusCode::PAYLOAD_TOO_LARGE);
        let just_over = vec![b'a'; holdfast::attachment::LIMIT + 1];
        assert_eq!(add(&app, &holder, &just_over).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let request = || holder.request(&app, Method::POST, "/attachments");
        let file = Sent::misnamed(b"they called");
        let more = with_file(request(), &[("name", "a.png")], &file).send().await.unwrap();
        assert_eq!(more.status(), StatusCode::UNPROCESSABLE_ENTITY, "a field that nobody asked for");
        let twice = with_file(request(), &[("file", "they wrote")], &file).send().await.unwrap();
        assert_eq!(twice.status(), StatusCode::BAD_REQUEST, "two files");
        let none = request().header("content-type", "multipart/form-data; boundary=x").body("--x--\r\n");
        assert_eq!(none.send().await.unwrap().status(), StatusCode::UNPROCESSABLE_ENTITY, "no file");
        for (kind, body) in
            [("multipart/form-data", "x"), ("multipart/mixed; boundary=x", "--x--"), ("text/plain", "x")]
        {
            let sent = request().header("content-type", kind).body(body).send().await.unwrap();
            assert_eq!(sent.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE, "{kind}");
        }
        for number in 0..10 {
            added(&app, &holder, format!("note {number}").as_bytes()).await;
        }
        let eleventh = add(&app, &holder, b"one more").await;
        assert_eq!(eleventh.status(), StatusCode::CONFLICT);
        assert_eq!(holder.case(&app).await["attachments"].as_array().unwrap().len(), 10);
    });
}

/// CRY-09: a text file is scrubbed before it is kept, and its sender is told at once to move what the words open.
#[test]
fn a_recovery_phrase_in_a_text_file_is_gone_before_it_is_kept() {
    on_both(async |app| {
        let holder = holder(&app).await;
        let phrase = "legal winner thank year wave sausage worth useful legal winner thank yellow";
        let kept = added(&app, &holder, format!("my words:\n{phrase}\n").as_bytes()).await;
        let text = fetch(&app, &holder, id(&kept)).await.text().await.unwrap();
        assert!(text.contains("[removed") && !text.contains("sausage"), "{text}");
        let notices = holder.case(&app).await["notices"].to_string();
        assert!(notices.contains("words") || notices.contains("phrase"), "{notices}");
        let incident = app.staff_get(&format!("/api/v1/incidents/{}", id(&app.queue().await[0]))).await;
        assert!(incident["signals"].to_string().contains("recovery-phrase"), "{}", incident["signals"]);
    });
}

/// Two at a time is no fewer than everybody's turn.
#[test]
fn many_pictures_at_once_are_all_taken() {
    on_sqlite(async |app| {
        let picture = corpus::picture(ImageFormat::Jpeg);
        let mut cases = Vec::new();
        for _ in 0..12 {
            cases.push(holder(&app).await);
        }
        let sent = futures_util::future::join_all(cases.iter().map(|holder| add(&app, holder, &picture))).await;
        assert!(sent.iter().all(|response| response.status() == StatusCode::OK));
    });
}
