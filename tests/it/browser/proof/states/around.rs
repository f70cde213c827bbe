//! The places for everybody, the way in to a case, and what does not work.

use super::Do::{Fill, Follow, Guess, Press, Tamper, Visit, Way};
use super::words::Words;
use super::{CASE, NO_CASE, REPORT, SEND, State, refused, state};

/// The places for everybody, the way in to a case, and what does not work.
pub const AROUND: &[State] = &[
    state("check", "main:not(:has(#result)) form#check", &[Visit("/check")]),
    state("check-beside-a-case", "form#check:not(:has(#secret))", &[Way(REPORT), Visit("/check")]),
    state(
        "check-looked-at",
        "#result[data-verdict]",
        &[Visit("/check"), Fill("#message", Words::Message), Follow("form#check > button")],
    ),
    state(
        "check-unknown-number",
        "#result[data-verdict=no]",
        &[
            Visit("/check"),
            Fill("#message", Words::These("CK-0000-0000-0000")),
            Fill("#secret", Words::These("ABCDE-FGHJK")),
            Follow("form#check > button"),
        ],
    ),
    state(
        "check-phrase",
        "#result p:first-of-type b",
        &[Visit("/check"), Fill("#message", Words::Phrase), Follow("form#check > button")],
    ),
    state("help", "form.search ~ section .articles", &[Visit("/help")]),
    state("help-found", "#found li", &[Visit("/help"), Fill("#q", Words::Routine), Follow("form.search > button")]),
    state(
        "help-not-found",
        "#found:not(:has(li))",
        &[Visit("/help"), Fill("#q", Words::Unheard), Follow("form.search > button")],
    ),
    state(
        "help-urgent",
        ".urgent .button",
        &[Visit("/help"), Fill("#q", Words::Urgent), Follow("form.search > button")],
    ),
    state("help-article", "main .step", &[Visit("/help/routine-deposit-not-credited")]),
    state("help-on-safety", "main ol.plain", &[Visit("/help/after-a-theft")]),
    state("feedback", "form[action='/feedback']", &[Visit("/feedback")]),
    state(
        "feedback-given",
        "#taken .notice ~ p a[href='/']",
        &[Visit("/feedback"), Press("form.sheet label.choice"), Follow("form.sheet > button")],
    ),
    refused("feedback-empty", "#taken [role=alert]", &[Visit("/feedback"), Follow("form.sheet > button")], &[422]),
    state(
        "feedback-phrase",
        "[data-stop=words-removed] a[href='#taken']",
        &[Visit("/feedback"), Fill("#feedback-text", Words::Phrase), Follow("form.sheet > button")],
    ),
    state("enter", "h1 + form.enter", &[Visit(NO_CASE)]),
    refused(
        "enter-refused",
        "[role=alert] + form.enter",
        &[Visit(NO_CASE), Fill("#code", Words::These("ABCDE-FGHJK")), Follow("form.enter > button")],
        &[403],
    ),
    // The same page, whatever was wrong.
    refused(
        "enter-locked",
        "[role=alert] + form.enter",
        &[Way(REPORT), Guess(6), Fill("#code", Words::These("ABCDE-FGHJK")), Follow("form.enter > button")],
        &[403],
    ),
    state("letterbox", "details.sheet[open] #letter", &[Visit(NO_CASE), Press("details.sheet summary")]),
    state(
        "letter-left",
        ".narrow > h1 + #person",
        &[
            Visit(NO_CASE),
            Press("details.sheet summary"),
            Fill("#letter", Words::Message),
            Follow("details.sheet button"),
        ],
    ),
    state(
        "letter-with-a-phrase",
        ".narrow > [data-notice=secret-removed]",
        &[
            Visit(NO_CASE),
            Press("details.sheet summary"),
            Fill("#letter", Words::Phrase),
            Follow("details.sheet button"),
        ],
    ),
    refused("session-over", "[data-trouble=session-over]", &[Visit("/case")], &[401]),
    refused("not-found", "[data-trouble=not-found]", &[Visit("/nothing-here")], &[404]),
    refused("method-not-allowed", "[data-trouble=not-found]", &[Visit("/report/draft")], &[405]),
    refused(
        "stale-form",
        "[data-trouble=stale] #typed, [data-trouble=stale]",
        &[
            Way(CASE),
            Fill("#message", Words::Message),
            Tamper("document.querySelector('form.write [name=csrf]').value = 'old'", "form.write > button"),
        ],
        &[403],
    ),
    refused(
        "too-large",
        "[data-trouble=too-large]",
        &[
            Visit("/"),
            Tamper(
                "const text = document.querySelector('#text'); text.removeAttribute('maxlength'); text.value = 'x'.repeat(300000)",
                SEND,
            ),
        ],
        &[413],
    ),
    refused(
        "not-a-form",
        "[data-trouble=unreadable]",
        &[
            Visit("/"),
            Fill("#text", Words::Drain),
            Tamper("document.querySelector('form.report').enctype = 'text/plain'", SEND),
        ],
        &[415],
    ),
    refused(
        "unreadable",
        "[data-trouble=unreadable]",
        &[
            Way(CASE),
            Tamper(
                "document.querySelector('#steps button[name=state]').value = 'no-such-state'",
                "#steps button[name=state]",
            ),
        ],
        &[422],
    ),
];
