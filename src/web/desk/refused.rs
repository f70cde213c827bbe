//! What is shown in place of a deed: who was faster and what they did, which steps are open, that a link is in a message.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use crate::guidance::Step;
use crate::id::{Id, of};
use crate::respond::desk::Field;
use crate::text::{Kind, Language, find};
use crate::web::headers::Nonce;
use crate::web::house::Shared;
use crate::web::pages::staff::{LinkPage, StalePage, StepsOpenPage, actions, linked, stale as stale_page, steps_open};
use crate::web::problem::Problem;
use crate::web::staff::{AtDesk, csrf};

/// Whose page it is, of which case, in which language.
pub(in crate::web) struct At<'a> {
    pub house: &'a Shared,
    pub nonce: &'a Nonce,
    pub language: Language,
    pub desk: &'a AtDesk,
    pub incident: Id<of::Incident>,
}

impl At<'_> {
    /// The page of somebody who came too late; who already has what they wanted to take is led to it.
    pub async fn stale(&self, (typed, taking): (Option<&str>, bool)) -> Result<Response, Problem> {
        let me = &self.desk.staff.name;
        let meanwhile = self.house.respond.meanwhile(self.incident, me).await?;
        if taking && meanwhile.holder.as_ref() == Some(me) {
            return Ok(Redirect::to(&actions::incident(self.incident)).into_response());
        }
        let page = StalePage {
            frame: self.desk.frame(self.house, self.language, self.nonce),
            csrf: &csrf(self.house, &self.desk.cookie),
            me: &self.desk.staff.shown,
            names: &self.house.respond.names().await?,
            now: self.house.respond.room().now(),
            incident: self.incident,
            meanwhile: &meanwhile,
            taking,
            typed,
        };
        Ok((StatusCode::CONFLICT, stale_page(&page)).into_response())
    }

    pub fn steps_open(&self, steps: &[Step], typed: Option<&str>) -> Response {
        let page = StepsOpenPage {
            frame: self.desk.frame(self.house, self.language, self.nonce),
            csrf: &csrf(self.house, &self.desk.cookie),
            me: &self.desk.staff.shown,
            incident: self.incident,
            steps,
            typed,
        };
        (StatusCode::CONFLICT, steps_open(&page)).into_response()
    }

    /// Asks once more before a message with links leaves; what was typed is kept as a draft meanwhile.
    pub async fn linked(&self, text: &str, links: &[String]) -> Result<Response, Problem> {
        self.house.respond.keep_draft(self.incident, &self.desk.staff.name, (Field::Reply, text)).await?;
        let page = LinkPage {
            frame: self.desk.frame(self.house, self.language, self.nonce),
            csrf: &csrf(self.house, &self.desk.cookie),
            me: &self.desk.staff.shown,
            incident: self.incident,
            text,
            links,
        };
        Ok(linked(&page).into_response())
    }
}

/// The links and domains in a text, each once.
pub(in crate::web) fn links(text: &str) -> Vec<String> {
    let mut links: Vec<String> = find(text)
        .into_iter()
        .filter(|found| matches!(found.observable.kind, Kind::Url | Kind::Domain))
        .map(|found| found.observable.value)
        .collect();
    links.sort_unstable();
    links.dedup();
    // The host of a link says nothing that the link does not.
    let whole = links.clone();
    links.retain(|link| !whole.iter().any(|other| other.len() > link.len() && other.contains(link.as_str())));
    links
}
