//! One browser of one person: what it is like, what they do with it, what they see, and what it complained about.

use std::path::PathBuf;
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, Locator};
use serde_json::{Value, json};
use url::{ParseError, Url};

use super::driver::Driver;
use crate::support::app::App;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    Phone,
    Desk,
}

impl Screen {
    pub const ALL: [Self; 2] = [Self::Phone, Self::Desk];

    pub fn size(self) -> (u32, u32) {
        match self {
            Self::Phone => (360, 740),
            Self::Desk => (1200, 900),
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Desk => "desk",
        }
    }
}

/// How long a page may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a browser is like.
#[derive(Debug, Clone, Copy)]
pub struct Looks {
    pub screen: Screen,
    /// As in `Accept-Language`.
    pub language: &'static str,
    pub script: bool,
    pub dark: bool,
}

impl Looks {
    pub fn new(screen: Screen, language: &'static str) -> Self {
        Self { screen, language, script: true, dark: false }
    }

    pub fn without_script(self) -> Self {
        Self { script: false, ..self }
    }

    pub fn dark(self) -> Self {
        Self { dark: true, ..self }
    }

    fn capabilities(self) -> Value {
        let (width, height) = self.screen.size();
        let phone = self.screen == Screen::Phone;
        let mut arguments = vec![
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            "--force-prefers-reduced-motion",
            // Whatever a page asks of another machine fails, and is then seen in the log.
            "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
        ];
        if self.dark {
            arguments.push("--blink-settings=preferredColorScheme=0");
        }
        let mut preferences = json!({"intl.accept_languages": self.language});
        if !self.script {
            preferences["profile.managed_default_content_settings.javascript"] = json!(2);
        }
        let metrics = json!({"width": width, "height": height, "pixelRatio": if phone { 2 } else { 1 }, "mobile": phone, "touch": phone});
        json!({
            "browserName": "chrome",
            "unhandledPromptBehavior": "ignore",
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
            "goog:chromeOptions": {"args": arguments, "prefs": preferences, "mobileEmulation": {"deviceMetrics": metrics}},
        })
    }
}

/// A command that only Chromium's driver knows.
#[derive(Debug)]
struct Own(&'static str, Value);

impl WebDriverCompatibleCommand for Own {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.0))
    }

    fn method_and_body(&self, _: &Url) -> (reqwest::Method, Option<String>) {
        (reqwest::Method::POST, Some(self.1.to_string()))
    }
}

pub struct Window {
    pub client: Client,
    pub looks: Looks,
    home: String,
}

impl Window {
    pub async fn open((driver, app): (&Driver, &App), looks: Looks) -> Self {
        let capabilities = looks.capabilities().as_object().unwrap().clone();
        Self { client: driver.open(capabilities).await, looks, home: app.url("") }
    }

    /// The same at the address that the house gives itself.
    pub async fn open_by_name((driver, app): (&Driver, &App), looks: Looks) -> Self {
        let window = Self::open((driver, app), looks).await;
        Self { home: app.house.respond.room().public_url.clone(), ..window }
    }

    /// Goes to a path of the house.
    pub async fn visit(&self, path: &str) {
        self.client.goto(&format!("{}{path}", self.home)).await.unwrap();
    }

    /// Where it stands, with the fragment.
    pub async fn place(&self) -> String {
        let url = self.client.current_url().await.unwrap();
        let fragment = url.fragment().map(|fragment| format!("#{fragment}")).unwrap_or_default();
        format!("{}{fragment}", url.path())
    }

    /// The visible text of the first element, which has to come.
    pub async fn text(&self, css: &str) -> String {
        loop {
            let found = self.client.wait().for_element(Locator::Css(css)).await;
            match found.unwrap_or_else(|error| panic!("{css}: {error}")).text().await {
                // The page refreshed itself between the two and swapped the element for a new one.
                Err(error) if error.is_stale_element_reference() => {}
                text => return text.unwrap(),
            }
        }
    }

    /// The visible text of everything.
    pub async fn reads(&self) -> String {
        self.text("body").await
    }

    pub async fn has(&self, css: &str) -> bool {
        !self.client.find_all(Locator::Css(css)).await.unwrap().is_empty()
    }

    /// Waits until some element holds this text.
    pub async fn wait_for_text(&self, (css, text): (&str, &str)) {
        let shown = format!("//*[{}][contains(., {})]", condition(css), quoted(text));
        if let Err(error) = self.client.wait().for_element(Locator::XPath(&shown)).await {
            panic!("{css} with {text}: {error}: {} says {}", self.place().await, self.reads().await);
        }
    }

    pub async fn fill(&self, css: &str, text: &str) {
        self.client.find(Locator::Css(css)).await.unwrap().send_keys(text).await.unwrap();
    }

    /// Presses what a CSS selector or an `XPath` finds, with a real pointer. Stays on the page.
    pub async fn press(&self, what: &str) {
        let (x, y) = self.middle(what).await;
        for kind in ["mousePressed", "mouseReleased"] {
            let event = json!({"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1});
            self.devtools("Input.dispatchMouseEvent", event).await;
        }
    }

    /// Presses what leads to another page, and waits for that page.
    pub async fn follow(&self, what: &str) {
        let before = self.document().await;
        self.press(what).await;
        let came = async { while self.document().await == before {} };
        tokio::time::timeout(PATIENCE, came).await.unwrap_or_else(|_| panic!("{what} leads nowhere"));
    }

    /// Follows the button or link that begins with these words.
    pub async fn follow_named(&self, words: &str) {
        self.follow(&format!("//main//*[self::a or self::button][starts-with(normalize-space(.), \"{words}\")]")).await;
    }

    /// Another one after each navigation.
    async fn document(&self) -> i64 {
        let document = self.devtools("DOM.getDocument", json!({"depth": 0})).await;
        document["root"]["backendNodeId"].as_i64().unwrap()
    }

    /// Where the middle of it is, once it has been scrolled to. The driver's own way needs timers, which pages without
    /// script do not have.
    async fn middle(&self, what: &str) -> (f64, f64) {
        self.document().await;
        let found = self.devtools("DOM.performSearch", json!({"query": what})).await;
        assert!(found["resultCount"].as_i64().unwrap() > 0, "there is no {what}: {}", self.reads().await);
        let first = json!({"searchId": found["searchId"], "fromIndex": 0, "toIndex": 1});
        let node = json!({"nodeId": self.devtools("DOM.getSearchResults", first).await["nodeIds"][0]});
        self.devtools("DOM.scrollIntoViewIfNeeded", node.clone()).await;
        let quads = self.devtools("DOM.getContentQuads", node).await;
        let corner = |at: usize| quads["quads"][0][at].as_f64().unwrap_or_else(|| panic!("{what} cannot be seen"));
        (f64::midpoint(corner(0), corner(4)), f64::midpoint(corner(1), corner(5)))
    }

    /// Whether all of it can be seen before anybody scrolls.
    pub async fn is_on_the_first_screen(&self, css: &str) -> bool {
        let (_, y, _, height) = self.client.find(Locator::Css(css)).await.unwrap().rectangle().await.unwrap();
        y >= 0.0 && y + height <= f64::from(self.looks.screen.size().1)
    }

    /// Whether something like this is on the page and takes room there.
    pub async fn shows(&self, css: &str) -> bool {
        let shown = "document.querySelector({})?.checkVisibility({ contentVisibilityAuto: true }) === true";
        self.evaluate(shown.replacen("{}", &json!(css).to_string(), 1)).await == true
    }

    /// Whether the one begins above the other.
    pub async fn is_above(&self, one: &str, other: &str) -> bool {
        let one = self.client.find(Locator::Css(one)).await.unwrap().rectangle().await.unwrap();
        let other = self.client.find(Locator::Css(other)).await.unwrap().rectangle().await.unwrap();
        one.1 < other.1
    }

    /// A command of the browser itself.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Value {
        self.client.issue_cmd(Own("goog/cdp/execute", json!({"cmd": command, "params": parameters}))).await.unwrap()
    }

    /// What an expression is worth on the page, once it is settled. Like everything asked this way it stands outside the
    /// page's own policy.
    pub async fn evaluate(&self, expression: String) -> Value {
        let asked = json!({"expression": expression, "awaitPromise": true, "returnByValue": true});
        let answer = self.devtools("Runtime.evaluate", asked).await;
        let start: String = expression.chars().take(80).collect();
        assert!(answer["exceptionDetails"].is_null(), "{start}: {}", answer["exceptionDetails"]);
        answer["result"]["value"].clone()
    }

    /// Makes sure that the page does not scroll sideways, and keeps a picture of it where `TEST_SCREENSHOTS` says.
    pub async fn look(&self, name: &str) {
        let metrics = self.devtools("Page.getLayoutMetrics", json!({})).await;
        let width = metrics["cssContentSize"]["width"].as_f64().unwrap();
        let (wide, _) = self.looks.screen.size();
        assert!(width <= f64::from(wide), "{name} is {width} wide");
        let Some(folder) = std::env::var_os("TEST_SCREENSHOTS").map(PathBuf::from) else { return };
        std::fs::create_dir_all(&folder).unwrap();
        let dark = if self.looks.dark { "-dark" } else { "" };
        let stem = format!("{}-{name}{dark}", self.looks.screen.name());
        std::fs::write(folder.join(format!("{stem}.png")), self.client.screenshot().await.unwrap()).unwrap();
        let whole = self.devtools("Page.captureScreenshot", json!({"captureBeyondViewport": true})).await;
        let whole = BASE64_STANDARD.decode(whole["data"].as_str().unwrap()).unwrap();
        std::fs::write(folder.join(format!("{stem}-whole.png")), whole).unwrap();
    }

    async fn log(&self, kind: &str) -> Vec<Value> {
        let log = self.client.issue_cmd(Own("se/log", json!({"type": kind}))).await.unwrap();
        log.as_array().unwrap().clone()
    }

    /// What the console said since it was last asked: errors, warnings, what the content security policy stopped. Not
    /// what it would like better.
    pub async fn complaints(&self) -> Vec<String> {
        let log = self.log("browser").await;
        let serious = log.iter().filter(|entry| entry["level"] == "SEVERE" || entry["level"] == "WARNING");
        serious.map(|entry| entry["message"].as_str().unwrap().to_owned()).collect()
    }

    /// Whether the console only says that an answer had one of these statuses.
    pub fn expected(line: &str, statuses: &[u16]) -> bool {
        statuses.iter().any(|status| line.contains(&format!("responded with a status of {status} ")))
    }

    /// Closes it. Nothing was complained about but answers with these statuses, nothing was asked of another machine,
    /// and no cookie was refused.
    pub async fn close(self, statuses: &[u16]) {
        let mut complaints = self.complaints().await;
        complaints.retain(|line| !Self::expected(line, statuses));
        assert!(complaints.is_empty(), "the console says {complaints:#?}");
        for entry in self.log("performance").await {
            let message: Value = serde_json::from_str(entry["message"].as_str().unwrap()).unwrap();
            let (method, sent) = (message["message"]["method"].as_str().unwrap(), &message["message"]["params"]);
            if method == "Network.requestWillBeSent" {
                let url = sent["request"]["url"].as_str().unwrap();
                // The browser's own pages of trouble carry their pictures in themselves.
                assert!(url.starts_with(&self.home) || url.starts_with("data:"), "{url} is not ours");
            }
            if method == "Network.responseReceivedExtraInfo" {
                assert_eq!(sent["blockedCookies"].as_array().map_or(0, Vec::len), 0, "{}", sent["blockedCookies"]);
            }
        }
        self.client.close().await.unwrap();
    }
}

/// A class or an id as `XPath` has it.
fn condition(css: &str) -> String {
    match css.strip_prefix('#') {
        Some(id) => format!("@id='{id}'"),
        None => format!("contains(concat(' ', @class, ' '), ' {} ')", css.trim_start_matches('.')),
    }
}

fn quoted(text: &str) -> String {
    assert!(!text.contains('"'));
    format!("\"{text}\"")
}
