//! The table of public pages in each of their states: a line a state, what only it shows, and how somebody gets there.

mod around;
mod houses;
mod way;
mod words;

pub use self::around::AROUND;
pub use self::houses::{AFTERWARDS, ANNOUNCED, BUSY, DOWN, HASTY, NIGHT, STAFF};
pub use self::way::{close, reach};
use self::words::Words;

/// One state of one page.
pub struct State {
    pub name: &'static str,
    /// A CSS selector of what this state shows and those beside it do not; looked for on arrival, so that a way which ends
    /// somewhere else fails.
    pub shows: &'static str,
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
    /// Waits for what a script brings.
    Await(&'static str),
    /// What a browser by itself would not do, and then a press that leads on.
    Tamper(&'static str, &'static str),
    /// An app opens the report, by a link that holds or by one that does not.
    FromApp(bool),
    /// Staff write to the newest case.
    StaffWrite,
    /// Staff take the newest case in hand.
    StaffTake,
    /// Staff agree to what the holder of the newest case asked for.
    StaffGrant,
    /// Staff close the newest case with this verdict.
    StaffClose(&'static str),
    /// The page by which the holder of the newest case stops mails about it.
    MailStop,
    /// Staff sign in.
    SignIn,
    /// What waits rings.
    Ring,
    /// A letter that did not arrive.
    Dead,
    /// Six cases of the lane were taken up of late.
    Served,
    /// The operator tells everybody of an attack.
    Announce,
    /// From the next page on, no proof of work is ever done.
    Unsolvable,
    MemoryDown,
    /// What is kept is no longer what was written.
    Spoil(&'static str),
    /// Writes link and code down, and comes back with them after a day.
    ComeBackAfterADay(&'static [Do]),
    /// Follows the link that is shown, after somebody has guessed so often at its code.
    Guess(u8),
    Way(&'static [Do]),
}
use Do::{
    Await, Fill, Follow, FromApp, Guess, MailStop, Press, StaffClose, StaffGrant, StaffTake, StaffWrite, Tamper, Visit,
    Way,
};

const SEND: &str = "form.report > button";
const REPORT: &[Do] = &[Visit("/"), Fill("#text", Words::Drain), Follow(SEND)];
const ROUTINE: &[Do] = &[Visit("/"), Fill("#text", Words::Routine), Follow(SEND), Visit("/case")];
const CASE: &[Do] = &[Way(REPORT), Visit("/case")];
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
const NO_CASE: &str = "/c/0123456789ABCDEFGHJKMNPQRSTVWXYZ";

const fn state(name: &'static str, shows: &'static str, way: &'static [Do]) -> State {
    State { name, shows, way, statuses: &[] }
}

const fn refused(name: &'static str, shows: &'static str, way: &'static [Do], statuses: &'static [u16]) -> State {
    State { name, shows, way, statuses }
}

/// One tap of the report.
macro_rules! tap {
    ($id:literal) => {
        state(
            concat!("answer-tap-", $id),
            ".answer .keys .code",
            &[Visit("/"), Follow(concat!("button[name=happened][value='", $id, "']"))],
        )
    };
}

/// The report and what answers it.
pub const BEGIN: &[State] = &[
    state(
        "report",
        ".stop ~ .sheet form.report:not(:has(details[open], input:checked, [role=status]:not([hidden])))",
        &[Visit("/")],
    ),
    state(
        "report-details",
        "form.report details[open] #wallet",
        &[Visit("/"), Press("form.report summary"), Fill("#wallet", Words::Address)],
    ),
    state("report-for-a-person", "form.report #person:checked", &[Visit("/person")]),
    state(
        "report-kept",
        "form.report #kept:not([hidden])",
        &[Visit("/"), Fill("#text", Words::Drain), Await("#kept:not([hidden])")],
    ),
    state(
        "report-after-a-reload",
        "form.report #text:not(:empty)",
        &[Visit("/"), Fill("#text", Words::Drain), Await("#kept:not([hidden])"), Visit("/")],
    ),
    state(
        "report-looks-like-words",
        "form.report #looks:not([hidden])",
        &[Visit("/"), Fill("#text", Words::Phrase), Await("#looks:not([hidden])")],
    ),
    state("report-from-app", "form.report [name=link] + .notice", &[FromApp(true)]),
    state("report-from-broken-link", "form.report > p.notice[role=status]", &[FromApp(false)]),
    refused("report-refused", ".problems a[href='#text']", &[Visit("/"), Follow(SEND)], &[422]),
    refused(
        "report-sent-before",
        ".problems a[href='#what']",
        &[
            Visit("/"),
            Fill("#text", Words::Drain),
            Tamper("document.querySelector('[name=key]').value = 'the-same-key-for-two-reports'", SEND),
            Visit("/"),
            Fill("#text", Words::Routine),
            Tamper("document.querySelector('[name=key]').value = 'the-same-key-for-two-reports'", SEND),
        ],
        &[422],
    ),
    state("answer", ".answer .outlook b", REPORT),
    state("answer-gone", ".answer .outlook.gone:not(:has(b))", &[Visit("/"), Fill("#text", Words::Gone), Follow(SEND)]),
    state(
        "answer-routine",
        ".answer:not(:has(.outlook)) .keys .code",
        &[Visit("/"), Fill("#text", Words::Routine), Follow(SEND)],
    ),
    state(
        "answer-danger",
        ".answer .notice a[href='tel:110']",
        &[Visit("/"), Fill("#text", Words::Danger), Follow(SEND)],
    ),
    tap!("transfer-not-mine"),
    tap!("words-typed"),
    tap!("cannot-send"),
    tap!("strange-login"),
    tap!("helped-now"),
    tap!("device-lost"),
    tap!("other"),
    state(
        "answer-phrase",
        "[data-stop=words-removed] a[href='#answer']",
        &[Visit("/"), Fill("#text", Words::Phrase), Follow(SEND)],
    ),
    state(
        "answer-after-phrase",
        ".after-stop:target [data-notice=secret-removed]",
        &[Visit("/"), Fill("#text", Words::Phrase), Follow(SEND), Press(".interrupt .button")],
    ),
    state(
        "stop-paying",
        "[data-stop=pay-fee] a[href='#answer']",
        &[Visit("/"), Fill("#text", Words::Paying), Follow(SEND)],
    ),
    state(
        "stop-funding",
        "[data-stop=fund-address] a[href='#answer']",
        &[Visit("/"), Fill("#text", Words::Funding), Follow(SEND)],
    ),
    state(
        "stop-typing",
        "[data-stop=type-words] a[href='#answer']",
        &[Visit("/"), Fill("#text", Words::Typing), Follow(SEND)],
    ),
    refused("keys-put-away", ".narrow > h1 + #person", &[Visit("/case/first")], &[410]),
];

/// The case page and what belongs to it.
pub const OPEN: &[State] = &[
    state("case", "div:has(> [data-state=waiting]) ~ #answered:empty", CASE),
    state(
        "case-worked",
        "#answered a[href='#messages']",
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
    state(
        "case-step-done",
        "#steps li[data-state=done] .state",
        &[Way(CASE), Follow("#steps li.step[value='1'] button[value='done']")],
    ),
    state(
        "case-step-cannot",
        "#steps li[data-state=cannot] .otherwise a",
        &[Way(CASE), Follow("#steps li.step[value='1'] button[value='cannot']")],
    ),
    state(
        "case-step-not-sure",
        "#steps li[data-state=not-sure] .state",
        &[Way(CASE), Follow("#steps li.step[value='1'] button[value='not-sure']")],
    ),
    state(
        "case-answered-question",
        "#steps:target",
        &[Way(CASE), Press("form.question label.choice"), Follow("form.question > button")],
    ),
    state(
        "case-with-addresses",
        "#messages .address code b",
        &[
            Way(CASE),
            Fill("#message", Words::Message),
            Fill(
                "#message",
                Words::These(
                    " TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t 0x88df016429689c079f3b2f6ad39fa052532c56795b733da78a91ebe6a713944b",
                ),
            ),
            Follow("form.write > button"),
        ],
    ),
    state("case-with-staff", "[data-state=with-staff]", &[Way(CASE), StaffTake, Visit("/case")]),
    state("case-for-a-person", "#message:target", &[Way(CASE), Follow("form.please button")]),
    state("case-guessed", "#standing .notice", &[Way(REPORT), Guess(2), Visit("/case")]),
    state("case-consent", "#consent[open]", &[Way(CASE), Press("#consent summary"), Follow("#consent button")]),
    state(
        "case-wish-sent",
        "#requests .asked li",
        &[
            Way(CASE),
            Press("//section[contains(@class, 'wishes')]//details[not(@id)][1]/summary"),
            Follow("form:has([value=new-link]) button"),
        ],
    ),
    state(
        "case-wish-granted",
        "#requests form.take",
        &[
            Way(CASE),
            Press("//section[contains(@class, 'wishes')]//details[not(@id)][1]/summary"),
            Follow("form:has([value=new-link]) button"),
            StaffGrant,
            Visit("/case"),
        ],
    ),
    state(
        "case-new-keys",
        ".narrow .keys .code",
        &[
            Way(CASE),
            Press("//section[contains(@class, 'wishes')]//details[not(@id)][1]/summary"),
            Follow("form:has([value=new-link]) button"),
            StaffGrant,
            Visit("/case"),
            Follow("form.take button"),
        ],
    ),
    state(
        "case-stop-funding",
        "[data-stop=fund-address] a[href='/case']",
        &[
            Visit("/"),
            Fill("#text", Words::Swept),
            Follow(SEND),
            Visit("/case"),
            Fill("#message", Words::Funding),
            Follow("form.write > button"),
        ],
    ),
    state(
        "case-stop-phrase",
        "[data-stop=words-removed] a[href='/case']",
        &[Way(CASE), Fill("#message", Words::Phrase), Follow("form.write > button")],
    ),
    state(
        "case-after-phrase",
        "#notices [data-notice=secret-removed]",
        &[Way(CASE), Fill("#message", Words::Phrase), Follow("form.write > button"), Follow(".interrupt .button")],
    ),
    state("case-with-a-file", "#files li a", &[Way(CASE), Fill("#file", Words::These(WORDS)), Follow("#files button")]),
    state(
        "case-file-refused",
        "#files:not(:has(li)) .notice",
        &[Way(CASE), Fill("#file", Words::These(DRAWING)), Follow("#files button")],
    ),
    state("case-routine", "#solved form", ROUTINE),
    state("case-routine-solved", "[data-notice^=closed-]", &[Way(ROUTINE), Follow("#solved button"), Visit("/case")]),
    state(
        "case-routine-reopened",
        "main:has(#done li:nth-child(2)):has(#messages article) [data-state=waiting]",
        &[
            Way(ROUTINE),
            Follow("#solved button"),
            Fill("#message", Words::Message),
            Follow("form.write > button"),
            Visit("/case"),
        ],
    ),
    state(
        "case-closed-with-loss",
        "main:has([data-notice=second-theft]) .outcome",
        &[Way(CASE), StaffClose("confirmed"), Visit("/case")],
    ),
    state(
        "case-closed-without",
        "main:not(:has([data-notice=second-theft])) .outcome",
        &[Way(CASE), StaffClose("false-alarm"), Visit("/case")],
    ),
    state("details", "form[action='/case/details'] #tried", &[Way(CASE), Follow(".more-known a")]),
    state(
        "details-saved",
        "#saved ~ .sheet #tried",
        &[Way(CASE), Follow(".more-known a"), Fill("#tried", Words::Message), Follow("main form button")],
    ),
    state(
        "details-skipped",
        "#steps:target ~ .more-known",
        &[Way(CASE), Follow(".more-known a"), Follow(".narrow > p > .quiet")],
    ),
    state("feedback-of-case", "#about a[href='/case#message']", &[Way(CASE), Follow(".going a")]),
    state(
        "feedback-of-case-given",
        "#taken .notice ~ p a[href='/case']",
        &[Way(CASE), Follow(".going a"), Press("form.sheet label.choice"), Follow("form.sheet > button")],
    ),
    state(
        "feedback-of-case-empty",
        "#taken [role=alert] ~ #about",
        &[Way(CASE), Follow(".going a"), Follow("form.sheet > button")],
    ),
    state(
        "feedback-of-case-phrase",
        "[data-stop=words-removed] a[href='/case']",
        &[Way(CASE), Follow(".going a"), Fill("#feedback-text", Words::Phrase), Follow("form.sheet > button")],
    ),
    state("mail-stop", "form.sheet .strong", &[Way(REPORT), MailStop]),
    state("mail-stopped", "form.sheet [name=again]", &[Way(REPORT), MailStop, Follow("main form button")]),
    state(
        "mail-again",
        ".notice + form.sheet .strong",
        &[Way(REPORT), MailStop, Follow("main form button"), Follow("main form button")],
    ),
    state("evidence", ".papers .paper .address", &[Way(EVIDENT), Visit("/case/evidence")]),
    state("evidence-of-a-region", "#region [value=HK][selected]", &[Way(EVIDENT), Visit("/case/evidence?region=HK")]),
    state("words-of-the-case", "form[action='/case/words'] [name=choice]", &[Way(CASE), Visit("/case/words")]),
    state(
        "words-kept",
        "#words p.chosen",
        &[Way(CASE), Visit("/case/words"), Press("label.choice"), Follow("form.sheet > button")],
    ),
];
