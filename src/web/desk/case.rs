//! The page of one case, put together for whoever looks.

use maud::Markup;

use crate::id::{Id, of};
use crate::respond::desk::Whose;
use crate::text::Language;
use crate::web::headers::Nonce;
use crate::web::house::Shared;
use crate::web::pages::attachments::Came;
use crate::web::pages::staff as pages;
use crate::web::pages::words::Say;
use crate::web::problem::Problem;
use crate::web::staff::{AtDesk, csrf};

/// How a case's page differs from the plain one.
pub(in crate::web) struct Shown {
    pub line: Option<Whose>,
    pub revealed: Option<&'static str>,
    pub notice: Option<Say>,
    pub file: Option<Came>,
}

/// The page of a case, seen by this person.
pub(in crate::web) async fn show(
    house: &Shared,
    (nonce, language): (&Nonce, Language),
    (desk, id): (&AtDesk, Id<of::Incident>),
    shown: Shown,
) -> Result<Markup, Problem> {
    let me = desk.staff.name.as_str();
    let detail = house.respond.incident(id, (me, language)).await?.ok_or_else(Problem::not_found)?;
    let beside = house.respond.beside(&detail, (me, language)).await?;
    let undo = house.respond.undoable(me).await?;
    Ok(pages::incident(&pages::IncidentPage {
        frame: desk.frame(house, language, nonce),
        csrf: &csrf(house, &desk.cookie),
        me,
        names: &house.respond.names().await?,
        now: house.respond.room().now(),
        playbooks: &house.respond.room().playbooks,
        detail: &detail,
        beside: &beside,
        undo: undo.as_ref(),
        line: shown.line,
        revealed: shown.revealed,
        notice: shown.notice,
        file: shown.file,
    }))
}
