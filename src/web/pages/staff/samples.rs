//! Every page of the console, filled with what outsiders could have written, for the tests of pages.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::samples_review::{outlined, owed, reviewed};
use super::*;
use crate::attachment::Kind;
use crate::guidance::{Step, StepState};
use crate::id::{Id, Random};
use crate::playbook::{Able, Activity, Class, Danger, Exposure, Moment, Remaining, Set, builtin_files, compile};
use crate::respond::chat::LinkCode;
use crate::respond::circle::Circle;
use crate::respond::desk::{Beside, Changed, Meanwhile, New};
use crate::respond::orders::Orders;
use crate::respond::people::{Addresses, Identity, Names};
use crate::respond::view::RequestState;
use crate::respond::{Asked, Conversation, Enclosed, IncidentDetail, QueueRow, SignalView, Wish};
use crate::scoring::{Assessment, Because, Chance, Evidence, Situation, Standing, add_up};
use crate::signal::Facts;
use crate::text::Language;
use crate::time::{Span, Timestamp};
use crate::web::pages::layout::Frame;

/// Breaks out of an element and out of an attribute, and carries a link.
pub(super) const HOSTILE: &str = "<script>alert(1)</script>\" onload=x ' https://evil.example/a";
pub(super) const ME: &str = "Responder One";

pub(super) struct Fixed;

impl Random for Fixed {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill(7);
    }
}

/// Compiled once for the many runs of a property.
pub(super) static SET: LazyLock<Set> = LazyLock::new(set);

pub(super) fn set() -> Set {
    compile(&builtin_files(), "0123456789abcdef".to_owned()).unwrap_or_else(|faults| panic!("{faults:?}"))
}

pub(super) fn now() -> Timestamp {
    "2026-03-01T03:14:05Z".parse().unwrap()
}

pub(super) fn frame(language: Language) -> Frame<'static> {
    Frame { language, nonce: "n0nce", path_for_language_switch: "", brand: "Holdfast", board: None, scopes: None }
}

pub(super) fn evidence(group: &str, weight: i32) -> Evidence {
    let because = Because {
        en: HOSTILE.to_owned(),
        zh: HOSTILE.to_owned(),
        words: Some(HOSTILE.to_owned()),
        signal: Some(Id::<()>::new(now(), &Fixed).to_string()),
    };
    Evidence {
        group: group.to_owned(),
        cap: 2_000,
        sign: HOSTILE.to_owned(),
        weight,
        reliability: 800,
        verified: false,
        because,
    }
}

pub(super) fn assessed(prior: i32, evidence: &[Evidence]) -> Assessment {
    let standing = |kind: &str, prior| {
        let odds = add_up(prior, evidence, 3_000);
        Standing {
            kind: kind.to_owned(),
            class: Class::Security,
            log_odds: odds.log_odds,
            chance: Chance::of(odds.log_odds),
            acts: true,
            lines: odds.lines,
        }
    };
    let lead = standing("tron-permission-hijack", prior);
    let situation = Situation {
        exposure: Exposure::Secret,
        activity: Activity::LeavingNow,
        remaining: Remaining::Large,
        can_act: Able::No,
        danger: Some(Danger::Life),
        value_cents: 1,
        value_known: true,
    };
    Assessment {
        playbooks: "0123456789abcdef".to_owned(),
        class: Class::Security,
        lead: lead.kind.clone(),
        chance: lead.chance,
        level: 2,
        head_start: Span::from_minutes(40),
        situation,
        loss_cents: 1,
        rate_cents: 1,
        standings: vec![lead, standing(HOSTILE, -3_000)],
    }
}

/// An incident in which every text is hostile.
pub(super) fn detail(state: &str, holder: Option<&str>) -> IncidentDetail {
    let hostile = || HOSTILE.to_owned();
    let said = |from: &'static str| Conversation { at: now(), from, by: Some(hostile()), text: hostile() };
    let step = |state| Step {
        id: hostile(),
        moment: Moment::Now,
        text: hostile(),
        why: hostile(),
        takes: Some(hostile()),
        time_box: Some(hostile()),
        waits_for: vec![hostile()],
        required: true,
        worked: Some(hostile()),
        instead: Some(hostile()),
        state,
        new: true,
        corrected: true,
    };
    let fields = ["kind", "text", "error", "wallet", HOSTILE];
    let facts = fields.iter().fold(Facts::new(), |facts, field| facts.with(field, HOSTILE));
    IncidentDetail {
        id: Id::new(now(), &Fixed),
        state: state.to_owned(),
        version: 7,
        fence: 3,
        holder: holder.map(str::to_owned),
        lease_until: holder.map(|_| now().plus(Span::from_minutes(10))),
        class: Class::Security,
        kind: hostile(),
        title: hostile(),
        level: 2,
        arrived: now(),
        head_start_minutes: 40,
        language: hostile(),
        danger: true,
        references: vec![hostile()],
        words: vec![(hostile(), hostile())],
        assessment: assessed(-1_900, &[evidence("one", 1_200), evidence(HOSTILE, 2_700)]),
        steps: vec![step(StepState::Open)],
        person_steps: vec![step(StepState::Done), step(StepState::Cannot), step(StepState::NotSure)],
        orders: Orders::default(),
        signals: vec![SignalView {
            id: Id::new(now(), &Fixed),
            endpoint: hostile(),
            verified: true,
            at: now(),
            received: now().plus(Span::from_days(1)),
            facts,
        }],
        answers: BTreeMap::from([(hostile(), hostile())]),
        asks_person: Some(now()),
        solved: Some(now()),
        promised: Some(owed()),
        practice: holder.is_some(),
        conversation: ["person", "letter", "staff", "note", "verdict"].map(said).to_vec(),
        attachments: vec![Enclosed {
            id: hostile(),
            name: hostile(),
            kind: Kind::Png,
            size: 1,
            at: now(),
            by: Some(hostile()),
        }],
        consents: Vec::new(),
        requests: vec![Asked {
            id: Id::new(now(), &Fixed),
            what: Wish::Contact,
            asked: now(),
            state: RequestState::Waiting,
            detail: Some(hostile()),
        }],
        wrong_codes: 3,
    }
}

pub(super) fn row(title: &str) -> QueueRow {
    QueueRow {
        id: Id::new(now(), &Fixed),
        lane: Class::Security,
        kind: title.to_owned(),
        title: title.to_owned(),
        level: 1,
        confidence: 0.97,
        arrived: now().minus(Span::from_days(9)),
        head_start_minutes: 599,
        due: now(),
        language: title.to_owned(),
        danger: true,
        version: 1,
        asks_person: true,
        practice: true,
    }
}

pub(super) fn shown(set: &Set, language: Language, detail: &IncidentDetail) -> String {
    let (frame, beside) = (frame(language), Beside::default());
    let shown = IncidentPage {
        frame,
        csrf: "t0ken",
        me: ME,
        names: &Names::default(),
        now: now(),
        playbooks: set,
        detail,
        beside: &beside,
        undo: None,
        line: None,
        revealed: None,
        notice: None,
        file: None,
    };
    incident(&shown).into_string()
}

pub(super) fn listed(set: &Set, language: Language, rows: &[QueueRow]) -> String {
    let held: Vec<HeldCase> =
        rows.iter().take(2).map(|row| HeldCase { row: row.clone(), lease_until: now(), fence: 3 }).collect();
    let outline = outlined(detail("open", None).steps);
    let page = HomePage {
        alarms: &[],
        unseen: 2,
        review: crate::respond::orders::Standing { waiting: 2, overdue: 1, braked: Some(now()), accounts_braked: 1 },
        frame: frame(language),
        csrf: "t0ken",
        me: ME,
        now: now(),
        playbooks: set,
        notice: Some(Notice::Empty),
        next: rows.first(),
        proposed: 2,
        promised: Some(&owed()),
        outline: rows.first().map(|_| &outline),
        held: &held,
        names: &crate::respond::people::Names::default(),
        pressing: &crate::respond::Pressing::default(),
        counts: Counts { security: 12, routine: 1_000 },
        lane: Some(Class::Security),
        silent: Some(&[]),
        rows,
        more: Some("cursor"),
        reasons: &[],
        since: "",
        new: New::default(),
        undo: None,
    };
    home(&page).into_string()
}

pub(super) fn every_page(language: Language) -> Vec<String> {
    let (set, frame) = (set(), frame(language));
    let incidents = [("open", None), ("held", Some(ME)), ("held", Some(HOSTILE)), ("closed", None)];
    let mut pages: Vec<String> = incidents.map(|(state, holder)| shown(&set, language, &detail(state, holder))).into();
    pages.extend([listed(&set, language, &[row(HOSTILE), row(HOSTILE)]), listed(&set, language, &[])]);
    let ways = [Ways::Token, Ways::Both, Ways::Password];
    pages.extend(ways.map(|ways| {
        let (refused, issuers) = (ways == Ways::Both, &[("corp", HOSTILE)][..]);
        sign_in(&SignInPage { frame, csrf: "t0ken", ways, refused, issuers }).into_string()
    }));
    let wrong = Some(crate::web::pages::words::people::CODE_WRONG);
    let ask = AskPage { frame, csrf: "t0ken", wrong, passkey: Some("{}") };
    pages.push(set_up(&ask).into_string());
    pages.extend([false, true].map(|asks| join(&ask, (HOSTILE, HOSTILE), asks).into_string()));
    pages.extend([false, true].map(|mails| super::forgotten(&ask, mails.then_some(false)).into_string()));
    pages.push(super::forgotten(&ask, Some(true)).into_string());
    pages.extend(
        [super::reset(&ask), super::prove(&ask), super::own_password(&ask, HOSTILE)].map(maud::Markup::into_string),
    );
    pages.extend([true, false].map(|good| super::proved(&frame, good).into_string()));
    pages.push(second(&ask).into_string());
    pages.push(step_up(&ask, (HOSTILE, HOSTILE, None), &[("corp", HOSTILE)]).into_string());
    pages.push(enrol(&ask, ("otpauth://totp/x", "ABCDEFGH")).into_string());
    pages.push(recovery(&frame, ["0-ABCD"].into_iter()).into_string());
    pages.push(link_made(&frame, (HOSTILE, "t0ken"), "https://help.example/staff/join/x").into_string());
    let code = LinkCode { code: "ABCDE-FGHJK".parse().unwrap(), expires: now() };
    let known = Addresses { proven: Some(HOSTILE.to_owned()), waits: Some(HOSTILE.to_owned()) };
    for known in [Addresses::default(), known] {
        let below = maud::html! { (super::password_door(&frame)) (super::addresses(&frame, "t0ken", &known)) };
        pages.push(own(&frame, (HOSTILE, "t0ken"), (&[(now(), now(), true)], false, &below)).into_string());
    }
    let unknown = super::chats(&frame, "t0ken", (&[], None));
    pages.push(own(&frame, (HOSTILE, "t0ken"), (&[(now(), now(), true)], false, &unknown)).into_string());
    let below = super::chats(&frame, "t0ken", (&[(HOSTILE.to_owned(), now())], Some(&code)));
    pages.push(own(&frame, (HOSTILE, "t0ken"), (&[(now(), now(), true)], true, &below)).into_string());
    let identity =
        Identity { digest: "0a".to_owned(), issuer: HOSTILE.to_owned(), contact: HOSTILE.to_owned(), linked: now() };
    let known = [(HOSTILE.to_owned(), identity)];
    let below = federated::own(&frame, "t0ken", (&known, &[("corp", HOSTILE)], true));
    pages.push(own(&frame, (HOSTILE, "t0ken"), (&[(now(), now(), true)], false, &below)).into_string());
    // The one page that leads elsewhere, which is where the settings say.
    pages.push(federated::leaving(&frame, (HOSTILE, "/staff/elsewhere")).into_string());
    pages.push(federated::back(&frame, "/staff").into_string());
    pages.push(federated::stayed_out(&frame, Some(HOSTILE)).into_string());
    pages.push(federated::again(&ask, ("corp", HOSTILE)).into_string());
    pages.push(reviewed(language));
    pages.push(
        linked(&LinkPage {
            frame,
            csrf: "t0ken",
            me: HOSTILE,
            incident: Id::new(now(), &Fixed),
            text: HOSTILE,
            links: &[HOSTILE.to_owned()],
        })
        .into_string(),
    );
    let changed = |what: &str| Changed { at: now(), by: Some(HOSTILE.to_owned()), what: what.to_owned() };
    let meanwhile =
        Meanwhile { holder: Some(HOSTILE.to_owned()), changes: vec![changed("incident.claim"), changed(HOSTILE)] };
    pages.extend([true, false].map(|taking| {
        let page = StalePage {
            frame,
            csrf: "t0ken",
            me: HOSTILE,
            names: &Names::default(),
            now: now(),
            incident: Id::new(now(), &Fixed),
            meanwhile: &meanwhile,
            taking,
            typed: Some(HOSTILE),
        };
        stale(&page).into_string()
    }));
    pages.extend(of_circles(frame));
    pages
}

pub(super) fn of_circles(frame: Frame<'_>) -> Vec<String> {
    let names = Names::default();
    let members = vec![ME.to_owned(), HOSTILE.to_owned()];
    let (by, reason, guests) = (HOSTILE.to_owned(), HOSTILE.to_owned(), vec![(HOSTILE.to_owned(), now())]);
    let (keepers, link_known_to) = (members.clone(), vec![HOSTILE.to_owned()]);
    let closed = Circle { since: now(), by, reason, members, guests, orphaned: None, keepers, link_known_to };
    let candidates = [("0-0".to_owned(), HOSTILE.to_owned())];
    let page = CirclePage {
        frame,
        csrf: "t0ken",
        me: ME,
        names: &names,
        now: now(),
        incident: Id::new(now(), &Fixed),
        circle: None,
        candidates: &candidates,
        may_change: true,
        notice: None,
    };
    let glasses = [None, Some(HOSTILE)].map(|given| glass(&GlassPage { frame, csrf: "t0ken", me: HOSTILE, given }));
    let left = Circle { orphaned: Some(now()), ..closed.clone() };
    let of = |closed| circle(&CirclePage { circle: Some(closed), ..page });
    let pages = [circle(&page), of(&closed), of(&left)];
    pages.into_iter().chain(glasses).map(maud::Markup::into_string).collect()
}
