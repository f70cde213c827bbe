//! The help place. A question is read as a report would be and forgotten.

use std::collections::{BTreeMap, BTreeSet};

use axum::Extension;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use maud::Markup;

use super::{Asked, page};
use crate::guidance::{self, help::Article};
use crate::phrase::scrub;
use crate::playbook::{Audience, Class, Kind, Set};
use crate::scoring::{Case, assess};
use crate::signal::{Origin, Report, Signal};
use crate::text::{Language, clean_name};
use crate::web::body;
use crate::web::client::Client;
use crate::web::headers::Nonce;
use crate::web::house::{House, Shared};
use crate::web::pages::actions;
use crate::web::pages::help::{
    ArticlePage, Content, Entry, HelpPage, QUESTION_LIMIT, article as article_page, page as help_page,
};
use crate::web::pages::words::help::{SAFETY, Safety};
use crate::web::problem::Problem;

/// Entries that a search shows.
const SHOWN: usize = 8;
/// What catches everything else is no answer to anything.
const NO_ARTICLE: &str = "routine-other";

/// `GET /help`
pub async fn help(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let asked = Asked::new(&headers, &uri, nonce)?;
    Ok(page(StatusCode::OK, answer(&house, &asked, "")))
}

/// `POST /help`: a question. Not by address, which histories and proxies keep: people type their words into anything.
pub async fn search(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    request: Request,
) -> Result<Response, Problem> {
    let received = body::read(request, body::FORM).await?;
    if let Some(client) = received.parts.extensions.get::<Client>() {
        house.limits.searches.check(client.prefix())?;
    }
    let mut asked = Asked::new(&received.parts.headers, &received.parts.uri, nonce)?;
    let mut sent = received.form()?;
    if let Some(language) = sent.one("lang")?.and_then(|language| language.parse().ok()) {
        asked.language = language;
    }
    let question = sent.one("q")?.unwrap_or_default();
    sent.finish()?;
    let question = clean_name(&scrub(&question).text, QUESTION_LIMIT)
        .map_err(|_| Problem::unprocessable().field("q", "at most 200 letters"))?;
    Ok(page(StatusCode::OK, answer(&house, &asked, &question)))
}

fn answer(house: &House, asked: &Asked, question: &str) -> Markup {
    let set = std::sync::Arc::clone(&house.respond.room().playbooks);
    let everyday: Vec<Entry> = everyday(&set).map(|kind| of_kind(kind, asked.language)).collect();
    let safety: Vec<Entry> = SAFETY.iter().map(|page| of_safety(page, asked.language)).collect();
    let (leaning, urgent) =
        if question.is_empty() { (BTreeMap::new(), false) } else { lean(house, question, asked.language) };
    let found = found(&set, (question, &leaning), asked.language);
    let frame = asked.frame(house, actions::HELP);
    help_page(&HelpPage { frame, question, found: &found, urgent, everyday: &everyday, safety: &safety })
}

/// `GET /help/{id}`
pub async fn article(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    Path(id): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let asked = Asked::new(&headers, &uri, nonce)?;
    let set = std::sync::Arc::clone(&house.respond.room().playbooks);
    let frame = asked.frame(&house, "");
    if let Some(safety) = SAFETY.iter().find(|page| page.id == id) {
        let points = safety.points.map(|point| point.get(asked.language));
        let entry = of_safety(safety, asked.language);
        return Ok(page(
            StatusCode::OK,
            article_page(&ArticlePage { frame, entry: &entry, content: Content::Points(&points) }),
        ));
    }
    let kind = everyday(&set).find(|kind| kind.id == id).ok_or_else(Problem::not_found)?;
    let steps = guidance::for_person(kind, asked.language, &BTreeMap::new(), &BTreeMap::new());
    let entry = of_kind(kind, asked.language);
    Ok(page(StatusCode::OK, article_page(&ArticlePage { frame, entry: &entry, content: Content::Steps(&steps) })))
}

fn everyday(set: &Set) -> impl Iterator<Item = &Kind> {
    set.kinds.iter().filter(|kind| kind.class == Class::Routine && kind.id != NO_ARTICLE)
}

fn of_kind(kind: &Kind, language: Language) -> Entry {
    Entry {
        id: kind.id.clone(),
        title: kind.title.get(language).to_owned(),
        summary: kind.summary.get(language).to_owned(),
    }
}

fn of_safety(page: &Safety, language: Language) -> Entry {
    Entry {
        id: page.id.to_owned(),
        title: page.title.get(language).to_owned(),
        summary: page.summary.get(language).to_owned(),
    }
}

fn found(set: &Set, (question, leaning): (&str, &BTreeMap<String, i32>), language: Language) -> Vec<Entry> {
    if question.is_empty() {
        return Vec::new();
    }
    let both = |words: &'_ crate::playbook::Words| -> [String; 2] { [words.en.clone(), words.zh.clone()] };
    let kinds: Vec<&Kind> = everyday(set).collect();
    let texts: Vec<(String, [Vec<String>; 3], Entry)> = kinds
        .iter()
        .map(|kind| {
            let steps = kind.steps.iter().filter(|compiled| compiled.step.audience == Audience::Person);
            let points = steps.flat_map(|compiled| both(&compiled.step.action)).collect();
            (kind.id.clone(), [both(&kind.title).into(), both(&kind.summary).into(), points], of_kind(kind, language))
        })
        .chain(SAFETY.iter().map(|safety| {
            let said = |text: crate::web::pages::words::Say| {
                [Language::En, Language::Zh].map(|language| text.get(language).to_owned())
            };
            let points = safety.points.into_iter().flat_map(said).collect();
            (
                safety.id.to_owned(),
                [said(safety.title).into(), said(safety.summary).into(), points],
                of_safety(safety, language),
            )
        }))
        .collect();
    let articles: Vec<Article<'_>> = texts
        .iter()
        .map(|(id, [title, summary, points], _)| Article {
            id,
            title: title.iter().map(String::as_str).collect(),
            summary: summary.iter().map(String::as_str).collect(),
            points: points.iter().map(String::as_str).collect(),
        })
        .collect();
    let places = guidance::help::search(&articles, question, leaning);
    places.into_iter().take(SHOWN).filter_map(|place| texts.get(place).map(|(_, _, entry)| entry.clone())).collect()
}

/// Centi-decibans by which a question must speak for a kind before its answer is shown higher.
const LEANS: i32 = 1_000;

/// What the playbooks make of a question: the evidence for each everyday kind, and whether it sounds like an incident.
fn lean(house: &House, question: &str, language: Language) -> (BTreeMap<String, i32>, bool) {
    let room = house.respond.room();
    let set = &room.playbooks;
    let report = Report { text: question.to_owned(), ..Report::default() };
    let Ok(reading) = report.read(language) else { return (BTreeMap::new(), false) };
    let now = room.now();
    let origin = Origin { endpoint: "report".to_owned(), verified: false, reliability: set.policy.reliability.report };
    let id = crate::id::Id::new(now, &*room.random);
    let signal = Signal { id, origin, at: now, received: now, facts: reading.facts };
    let assessment = assess(set, &Case { signals: &[signal], answers: &BTreeMap::new() });
    let evidence = assessment.standings.iter().filter_map(|standing| {
        let kind = set.kind(&standing.kind)?;
        Some((standing.kind.clone(), standing.log_odds - kind.prior))
    });
    let evidence: BTreeMap<String, i32> = evidence.filter(|(_, above)| *above >= LEANS).collect();
    let acting: BTreeSet<Class> =
        assessment.standings.iter().filter(|standing| standing.acts).map(|standing| standing.class).collect();
    let urgent = assessment.class == Class::Security && acting.contains(&Class::Security)
        || !reading.secrets.is_empty()
        || assessment.situation.danger.is_some();
    (evidence, urgent)
}
