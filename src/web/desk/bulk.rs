//! `POST /staff/bulk`: shows what would happen to many cases, then does it.

use axum::Extension;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};

use super::{Posted, back, lead, posted};
use crate::access::Permission;
use crate::id::{Id, of};
use crate::respond::desk::Bulk;
use crate::web::api::taken;
use crate::web::body::Fields;
use crate::web::headers::Nonce;
use crate::web::house::Shared;
use crate::web::pages::staff::{BulkPage, bulk as page};
use crate::web::problem::Problem;
use crate::web::staff::{at_desk, chosen, csrf};

/// Characters of a note or a reason.
const WORDS: usize = 8_000;

/// The preview, or with `go` the deed itself.
pub async fn bulk(
    State(house): State<Shared>,
    Extension(nonce): Extension<Nonce>,
    request: Request,
) -> axum::response::Result<Response> {
    let Posted { desk, mut sent, received } = posted(&house, request, Permission::ReadQueue).await?;
    let go = sent.one("go")?.is_some();
    let (back, cases) = (back(&mut sent)?, sent.many("case"));
    let (bulk, permission) = bulk_of(&mut sent)?;
    sent.finish()?;
    at_desk(&house, (&received.parts.headers, &nonce, &received.parts.uri), permission).await?;
    let me = desk.staff.name.as_str();
    if go {
        let many = house.respond.do_bulk(cases.iter().filter_map(|case| versioned(case)).collect(), me, bulk).await?;
        let gap = if back.contains('?') { '&' } else { '?' };
        return Ok(lead(&format!("{back}{gap}done={}&left={}", many.done, many.left)));
    }
    let ids: Vec<Id<of::Incident>> = cases.iter().filter_map(|case| case.parse().ok()).collect();
    let language = chosen(&received.parts.uri, &received.parts.headers)?;
    let planned = house.respond.plan_bulk(&ids, (me, language), &bulk).await?;
    let markup = page(&BulkPage {
        frame: desk.frame(&house, language, &nonce),
        csrf: &csrf(&house, &desk.cookie),
        me: &desk.staff.shown,
        bulk: &bulk,
        planned: &planned,
        back: &back,
    });
    Ok(markup.into_response())
}

fn bulk_of(sent: &mut Fields) -> Result<(Bulk, Permission), Problem> {
    let text = sent.one("text")?.unwrap_or_default();
    Ok(match sent.required("what")?.as_str() {
        "release" => (Bulk::Release, Permission::ClaimIncident),
        "note" => (Bulk::Note { text: taken("text", &text, WORDS)?.0 }, Permission::WorkIncident),
        "close" => (Bulk::CloseRoutine { reason: taken("text", &text, WORDS)?.0 }, Permission::JudgeIncident),
        _ => return Err(Problem::unprocessable().field("what", "release, note, close")),
    })
}

/// An id with the version that was shown, as the preview writes it.
fn versioned(text: &str) -> Option<(Id<of::Incident>, i64)> {
    let (id, version) = text.split_once('.')?;
    Some((id.parse().ok()?, version.parse().ok()?))
}
