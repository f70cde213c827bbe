//! The table of public pages in each of their states: a line a state, and how somebody gets there.

use fantoccini::Locator;
use serde_json::json;

use crate::browser::desk::sign_in;
use crate::browser::window::Window;
use crate::embedding::good;
use crate::support::app::App;
use crate::support::rows::spoil;
use crate::support::settle::settle_as;
use holdfast::respond::sweep;
use holdfast::seal::Purpose;
use holdfast::store::cases;
use holdfast::text::Language;
use holdfast::time::Span;

/// One state of one page.
pub struct State {
    pub name: &'static str,
    pub way: &'static [Do],
    /// Statuses other than success that the browser sees on the way.
    pub statuses: &'static [u16],
}

/// One step of the way to a state, always begun by a stranger.
pub enum Do {
    Visit(&'static str),
    Fill(&'static str, Words),
    Press(&'static str),
    Follow(&'static str),
    /// What a browser by itself would not do, and then a press that leads on.
    Tamper(&'static str, &'static str),
    /// An app opens the report, by a link that holds or by one that does not.
    FromApp(bool),
    /// Staff write to the newest case.
    StaffWrite,
    /// Staff close the newest case.
    StaffClose,
    /// The page by which the holder of the newest case stops mails about it.
    MailStop,
    /// Staff sign in.
    SignIn,
    /// What waits rings.
    Ring,
    /// A letter that did not arrive.
    Dead,
    Way(&'static [Do]),
}
use Do::{Dead, Fill, Follow, FromApp, MailStop, Press, Ring, SignIn, StaffClose, StaffWrite, Tamper, Visit, Way};

/// What somebody writes, in the language of the page.
#[derive(Clone, Copy)]
pub enum Words {
    Drain,
    Routine,
    Phrase,
    Danger,
    Message,
    Address,
    These(&'static str),
}

impl Words {
    fn text(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Drain, Language::En) => {
                "I signed an approval on a fake airdrop site and my USDT on Ethereum is being drained right now"
            }
            (Self::Drain, Language::Zh) => "我在一个空投网站点了授权，以太坊钱包里的 USDT 正在被转走",
            (Self::Drain, Language::ZhHant) => "我在一個空投網站點了授權，以太坊錢包裡的 USDT 正在被轉走",
            (Self::Routine, Language::En) => "How do I change the display currency?",
            (Self::Routine, Language::Zh) => "怎么修改显示的货币单位？",
            (Self::Routine, Language::ZhHant) => "怎麼修改顯示的貨幣單位？",
            (Self::Phrase, Language::En | Language::Zh | Language::ZhHant) => {
                "legal winner thank year wave sausage worth useful legal winner thank yellow"
            }
            (Self::Danger, Language::En) => "A man with a knife is forcing me to transfer my coins",
            (Self::Danger, Language::Zh) => "有人拿着刀逼我转账",
            (Self::Danger, Language::ZhHant) => "有人拿著刀逼我轉帳",
            (Self::Message, Language::En) => "I have not clicked on anything. See https://evil.example/a",
            (Self::Message, Language::Zh) => "我没有点过任何链接。见 https://evil.example/a",
            (Self::Message, Language::ZhHant) => "我沒有點過任何連結。見 https://evil.example/a",
            (Self::Address, Language::En | Language::Zh | Language::ZhHant) => {
                "0x52908400098527886E0F7030069857D2E4169EE7"
            }
            (Self::These(text), Language::En | Language::Zh | Language::ZhHant) => text,
        }
    }
}

const SEND: &str = "form.report > button";
const REPORT: &[Do] = &[Visit("/"), Fill("#text", Words::Drain), Follow(SEND)];
/// A case with addresses and words in it.
const EVIDENT: &[Do] = &[
    Visit("/"),
    Fill("#text", Words::Drain),
    Press("form.report summary"),
    Fill("#wallet", Words::Address),
    Follow(SEND),
    Visit("/case"),
    Fill("#message", Words::Message),
    Follow("form.write > button"),
];
/// A file that is taken, and one that is not.
const WORDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/LICENSE");
const DRAWING: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/web/pages/mark.svg");
const CASE: &[Do] = &[Way(REPORT), Visit("/case")];

const fn state(name: &'static str, way: &'static [Do]) -> State {
    State { name, way, statuses: &[] }
}

const fn refused(name: &'static str, way: &'static [Do], statuses: &'static [u16]) -> State {
    State { name, way, statuses }
}

/// Every public page in every state that somebody can bring about.
pub const STATES: &[State] = &[
    state("report", &[Visit("/")]),
    state("report-details", &[Visit("/"), Press("form.report summary"), Fill("#wallet", Words::Address)]),
    state("report-from-app", &[FromApp(true)]),
    state("report-from-broken-link", &[FromApp(false)]),
    refused("report-refused", &[Visit("/"), Follow(SEND)], &[422]),
    state("answer", REPORT),
    state("answer-routine", &[Visit("/"), Fill("#text", Words::Routine), Follow(SEND)]),
    state("answer-phrase", &[Visit("/"), Fill("#text", Words::Phrase), Follow(SEND)]),
    state("answer-danger", &[Visit("/"), Fill("#text", Words::Danger), Follow(SEND)]),
    state("case", CASE),
    state(
        "case-worked",
        &[
            Way(CASE),
            Follow("#steps li.step[value='1'] button[value='done']"),
            Follow("#steps li.step[value='2'] button[value='cannot']"),
            Fill("#message", Words::Message),
            Follow("form.write > button"),
            StaffWrite,
            Visit("/case"),
        ],
    ),
    state("case-routine", &[Visit("/"), Fill("#text", Words::Routine), Follow(SEND), Visit("/case")]),
    state("case-with-a-file", &[Way(CASE), Fill("#file", Words::These(WORDS)), Follow("#files button")]),
    state("case-file-refused", &[Way(CASE), Fill("#file", Words::These(DRAWING)), Follow("#files button")]),
    state("case-closed", &[Way(CASE), StaffClose, Visit("/case")]),
    state("mail-stop", &[Way(REPORT), MailStop]),
    state("mail-stopped", &[Way(REPORT), MailStop, Follow("main form button")]),
    state("keys-put-away", &[Way(REPORT), Follow("section.keys button.strong"), Visit("/case/first")]),
    state("evidence", &[Way(EVIDENT), Visit("/case/evidence")]),
    state("evidence-of-a-region", &[Way(EVIDENT), Visit("/case/evidence?region=HK")]),
    state("check", &[Visit("/check")]),
    state("check-looked-at", &[Visit("/check"), Fill("#message", Words::Message), Follow("form#check > button")]),
    state("words-of-the-case", &[Way(CASE), Visit("/case/words")]),
    state("help", &[Visit("/help")]),
    state("help-found", &[Visit("/help"), Fill("#q", Words::Routine), Follow("form.search > button")]),
    state("help-article", &[Visit("/help/routine-deposit-not-credited")]),
    state("feedback", &[Visit("/feedback")]),
    state("feedback-given", &[Visit("/feedback"), Press("form.sheet label.choice"), Follow("form.sheet > button")]),
    state("enter", &[Visit("/c/0123456789ABCDEFGHJKMNPQRSTVWXYZ")]),
    refused(
        "enter-refused",
        &[
            Visit("/c/0123456789ABCDEFGHJKMNPQRSTVWXYZ"),
            Fill("#code", Words::These("ABCDE-FGHJK")),
            Follow("form.enter > button"),
        ],
        &[403],
    ),
    refused("session-over", &[Visit("/case")], &[401]),
    refused("not-found", &[Visit("/nothing-here")], &[404]),
    refused(
        "stale-form",
        &[
            Way(CASE),
            Fill("#message", Words::Message),
            Tamper("document.querySelector('form.write [name=csrf]').value = 'old'", "form.write > button"),
        ],
        &[403],
    ),
    refused(
        "too-large",
        &[
            Visit("/"),
            Tamper(
                "const text = document.querySelector('#text'); text.removeAttribute('maxlength'); text.value = 'x'.repeat(300000)",
                SEND,
            ),
        ],
        &[413],
    ),
];

/// Pages of staff about what rings and what did not arrive.
pub const STAFF: &[State] = &[
    state("staff-alarms-quiet", &[SignIn, Visit("/staff/alarms")]),
    state("staff-outbox-empty", &[SignIn, Visit("/staff/outbox")]),
    state("staff-alarms", &[Way(REPORT), Ring, SignIn, Visit("/staff/alarms")]),
    state("staff-alarms-seen", &[Way(REPORT), Ring, SignIn, Visit("/staff/alarms"), Follow("main form button")]),
    state("staff-outbox", &[Dead, SignIn, Visit("/staff/outbox")]),
];

/// What nobody who comes first meets: the house has had its fill of reports.
pub const BUSY: &[State] = &[refused("busy", &[Way(REPORT), Way(REPORT)], &[429])];

/// Goes there, as a stranger who has never been here.
pub async fn reach((window, app): (&Window, &App), state: &State, language: Language) {
    window.client.delete_all_cookies().await.unwrap();
    // Each case later than the one before, so that the newest can be told.
    app.clock.pass(Span::from_seconds(1));
    walk((window, app), state.way, language).await;
}

async fn walk((window, app): (&Window, &App), way: &[Do], language: Language) {
    for step in way {
        match step {
            Visit(path) => window.visit(path).await,
            FromApp(holds) => {
                let link = if *holds { good(app) } else { "x".to_owned() };
                // In the language of the browser rather than that of the app.
                window.visit(&format!("/from/{link}?lang={language}")).await;
            }
            Fill(css, words) => {
                let field =
                    window.client.find(Locator::Css(css)).await.unwrap_or_else(|error| panic!("{css}: {error}"));
                field.send_keys(words.text(language)).await.unwrap();
            }
            Press(css) => window.press(css).await,
            Follow(css) => window.follow(css).await,
            Tamper(script, css) => {
                window.client.execute(script, vec![]).await.unwrap();
                window.follow(css).await;
            }
            StaffWrite => {
                let path = format!("/api/v1/incidents/{}/message", newest(app).await);
                let sent = app.staff_post(&path, &json!({"text": "Revoke the approval first; I stay with you."})).await;
                assert_eq!(sent.status(), 200);
            }
            StaffClose => close(app, &app.token, &newest(app).await).await,
            MailStop => window.visit(&mail_stop(app).await).await,
            SignIn => sign_in(window, &app.token).await,
            Ring => sweep(&app.house.respond).await.unwrap(),
            Dead => {
                for sql in [TARGET, LETTER] {
                    spoil(app, sql).await;
                }
            }
            Way(way) => Box::pin(walk((window, app), way, language)).await,
        }
    }
}

const TARGET: &str = "insert into outbox_target (name, fence) values ('post', 1)";
const LETTER: &str = "insert into outbox (id, target, fence, lane, kind, object, key, created, due, give_up, attempts, turn, state, word, settled)
    values ('0195570e-0000-7000-8000-000000000001', 'post', 1, 'post:1', 'notice', '0195570e-0000-7000-8000-000000000002', 'notice_1',
            1772442000000, 1772442000000, 1772701200000, 40, 40, 'dead', 'no-connection', 1772442000000)";

async fn mail_stop(app: &App) -> String {
    let respond = &app.house.respond;
    let incident = newest(app).await.parse().unwrap();
    let case = cases::of_incident(&mut respond.db.read().await.unwrap(), incident).await.unwrap().remove(0);
    let token = respond.room().keys.digests.of(Purpose::MailStop, "case", &case.id.to_string());
    format!("/mail/{}/{token}", case.reference)
}

/// Staff close an incident.
pub async fn close(app: &App, token: &str, id: &str) {
    let version = settle_as(app, token, id).await["version"].clone();
    let verdict = json!({"version": version, "verdict": "confirmed", "reason": "Seen on chain."});
    let url = app.url(&format!("/api/v1/incidents/{id}/verdict"));
    let sent = app.visitor().post(url).bearer_auth(token).json(&verdict).send().await.unwrap();
    assert_eq!(sent.status(), 200);
}

/// Ids begin with the time at which they were made.
async fn newest(app: &App) -> String {
    app.queue().await.iter().map(|row| row["id"].as_str().unwrap().to_owned()).max().expect("a case that is open")
}
