//! What a holder carries to an exchange or the police.

use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::support::app::{on_both, on_sqlite};
use crate::support::browser::Browser;
use crate::support::case::Holder;

const TEXT: &str = "Someone drained my wallet 0x52908400098527886E0F7030069857D2E4169EE7 in \
    0x88df016429689c079f3b2f6ad39fa052532c56795b733da78a91ebe6a713944b after I opened https://evil.example/airdrop";

#[test]
fn the_pack_names_addresses_transactions_and_times_and_never_link_or_code() {
    on_both(async |app| {
        let holder = Holder::of(&app.report(TEXT).await);
        let keys = format!("my link is {}/c/{} and my code {}", app.url(""), holder.token, holder.code);
        holder.does(&app, "/messages", &json!({"text": keys})).await;
        holder
            .does(&app, "/messages", &json!({"text": format!("or {}", holder.code.replace('-', "").to_lowercase())}))
            .await;
        let mut browser = Browser::new(&app);
        browser.post(&format!("/c/{}", holder.token), &[("code", &holder.code)]).await;
        let page = browser.get("/case/evidence?region=SG").await.text;
        let text = browser.get("/case/evidence/text?region=SG").await.text;
        let response = browser.request(Method::GET, "/case/evidence/pack?region=SG").send().await.unwrap();
        assert_eq!(response.headers()["content-type"], "application/zip");
        let name = format!("attachment; filename=\"{}.zip\"", holder.reference);
        assert_eq!(response.headers()["content-disposition"], name.as_str());
        // Files are stored as they are, so the bytes can be read.
        let pack = String::from_utf8_lossy(&response.bytes().await.unwrap()).into_owned();
        let program = holder.request(&app, Method::GET, "/evidence?region=SG").send().await.unwrap();
        let program = String::from_utf8_lossy(&program.bytes().await.unwrap()).into_owned();
        // The page shows addresses in groups.
        let page = ["<wbr>", "<span>", "</span>", "<b>", "</b>"].iter().fold(page, |page, tag| page.replace(tag, ""));
        for shown in [&page, &text, &pack, &program] {
            assert!(shown.contains("0x52908400098527886e0f7030069857d2e4169ee7"), "{shown}");
            assert!(shown.contains("0x88df016429689c079f3b2f6ad39fa052532c56795b733da78a91ebe6a713944b"));
            assert!(shown.contains("2026-03-02 09:00 UTC") && shown.contains(&holder.reference));
            assert!(shown.contains("1799") && shown.contains("hxxps://evil[.]example/airdrop"));
            let lower = shown.to_lowercase().replace(['-', ' '], "");
            assert!(!lower.contains(&holder.token.to_lowercase()), "the link");
            assert!(!lower.contains(&holder.code.replace('-', "").to_lowercase()), "the code");
        }
        assert!(pack.contains("MANIFEST.sha256") && pack.contains("letter-police.en.txt"));
    });
}

#[test]
fn the_letters_come_in_the_language_of_the_case_and_in_english() {
    on_sqlite(async |app| {
        let mut browser = Browser::new(&app);
        browser.report_with(&[("lang", "zh"), ("text", "我的U被转走了")]).await;
        let page = browser.get("/case/evidence?region=CN").await.text;
        let police = page.split_once("Letter to the police").unwrap().1;
        assert!(police.contains("Police (110)"), "whom it goes to");
        assert!(page.contains("致警方") && page.contains("Letter to the police") && page.contains("96110"));
        assert!(
            page.contains("The reporting person states that") && page.contains("报案人称"),
            "we know nothing of it"
        );
        assert!(!page.contains("my wallet") && !page.contains("本人"), "whose words they are is said");
        assert!(!page.contains("18222"), "another region's lines stay away");
        let any = browser.get("/case/evidence").await.text;
        assert!(any.contains("96110") && any.contains("18222"), "all of them while none is chosen");
        assert_eq!(browser.get("/case/evidence?region=XX").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    });
}

#[test]
fn taking_evidence_out_is_in_the_trail_and_needs_the_session() {
    on_both(async |app| {
        let mut browser = Browser::new(&app);
        for path in ["/case/evidence", "/case/evidence/text", "/case/evidence/pack"] {
            assert_eq!(browser.get(path).await.status, StatusCode::UNAUTHORIZED, "{path}");
        }
        browser.report(TEXT).await;
        browser.get("/case/evidence/pack").await;
        let mut tx = app.house.respond.db.read().await.unwrap();
        let entries = holdfast::store::audit::page(&mut tx, 0, 1_000).await.unwrap();
        assert!(entries.iter().any(|entry| entry.entry.action == "case.evidence"));
    });
}

#[test]
fn another_case_is_never_in_the_pack() {
    on_sqlite(async |app| {
        app.report("another reporter lost 0x00000000219ab540356cBB839Cbe05303d7705Fa").await;
        let mut browser = Browser::new(&app);
        browser.report(TEXT).await;
        let text = browser.get("/case/evidence/text").await.text;
        assert!(!text.contains("another reporter") && !text.to_lowercase().contains("0x00000000219ab540"));
    });
}

/// What exporters have been made to fetch by what stood in their input (OUT-07).
fn hooks(port: u16) -> Vec<String> {
    let own = format!("http://127.0.0.1:{port}/fetched");
    let addresses = [&own, "file:///etc/passwd", "php://filter/resource=/etc/passwd", "\\\\127.0.0.1\\share\\x"];
    let shapes = [
        "<img src=\"X\">",
        "<iframe src=\"X\"></iframe>",
        "<link rel=\"stylesheet\" href=\"X\">",
        "<object data=\"X\"></object>",
        "<!DOCTYPE a [<!ENTITY x SYSTEM \"X\">]><a>&x;</a>",
        "<svg><image href=\"X\"/></svg>",
        "@import url(X);",
        "![x](X)",
        "{{ include X }}",
        "\\input{X}",
        "=WEBSERVICE(\"X\")",
    ];
    addresses.iter().flat_map(|address| shapes.map(|shape| shape.replace('X', address))).collect()
}

#[test]
fn a_pack_fetches_nothing_that_stands_in_it_and_takes_no_markup() {
    on_sqlite(async |app| {
        let bait = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        bait.set_nonblocking(true).unwrap();
        let port = bait.local_addr().unwrap().port();
        let (hooks, address) = (hooks(port), format!("http://127.0.0.1:{port}"));
        assert_eq!(hooks.len(), 44);
        for some in hooks.chunks(11) {
            let mut browser = Browser::new(&app);
            browser.report(&format!("someone drained my wallet {}", some.join(" "))).await;
            let page = browser.get("/case/evidence").await.text;
            let text = browser.get("/case/evidence/text").await.text;
            let pack = browser.request(Method::GET, "/case/evidence/pack").send().await.unwrap();
            let pack = String::from_utf8_lossy(&pack.bytes().await.unwrap()).into_owned();
            assert!(text.contains("someone drained my wallet") && pack.contains("someone drained my wallet"));
            for shown in [&page, &text, &pack] {
                assert!(!shown.contains("root:"), "a file of this machine");
                assert!(!shown.contains(&address), "an address that leads somewhere");
            }
            for markup in
                ["<img src", "<iframe", "<object", "<svg><image", "<!DOCTYPE a", "rel=\"stylesheet\" href=\"X"]
            {
                assert!(!page.contains(markup), "{markup}");
            }
        }
        assert_eq!(bait.accept().unwrap_err().kind(), std::io::ErrorKind::WouldBlock, "nobody came");
    });
}

#[test]
fn a_report_of_one_tap_has_a_pack_that_says_what_was_tapped() {
    on_sqlite(async |app| {
        let mut browser = Browser::new(&app);
        browser.report_with(&[("lang", "en"), ("happened", "transfer-not-mine")]).await;
        let page = browser.get("/case").await;
        let details = [("csrf", page.csrf()), ("first_sign", "hours".into()), ("used_device", "not-sure".into())];
        let details: Vec<(&str, &str)> = details.iter().map(|(name, value)| (*name, value.as_str())).collect();
        browser.post("/case/details", &details).await;
        let text = browser.get("/case/evidence/text").await.text;
        assert!(text.contains("I see a transfer I did not make"), "{text}");
        assert!(text.contains("First sign"), "{text}");
        assert!(!text.contains("not-sure"), "what nobody knows is not told");
    });
}
