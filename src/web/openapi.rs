//! The OpenAPI 3.1 document, made from the handlers' own declarations.

use axum::Json;
use utoipa::OpenApi;

use super::api;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Holdfast",
        description = "Reports and alerts in, prioritised incidents and protective steps out. Problems are application/problem+json (RFC 9457).",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    paths(
        api::reports::post,
        api::cases::get,
        api::cases::answer,
        api::cases::step,
        api::cases::message,
        api::cases::details,
        api::cases::events,
        api::cases::evidence,
        api::cases::ask,
        api::attachments::list,
        api::attachments::attach,
        api::attachments::get,
        api::attachments::attach_to_incident,
        api::attachments::get_of_incident,
        api::feedback::post,
        api::wishes::ask_for_person,
        api::wishes::solved,
        api::wishes::consent,
        api::apart::check,
        api::apart::letter,
        api::alerts::post,
        api::alerts::get,
        api::alerts::options,
        api::incidents::queue,
        api::incidents::claim_next,
        api::incidents::get,
        api::incidents::act,
        api::orders::list,
        api::orders::preview,
        api::orders::ask,
        api::orders::approve,
        api::orders::withdraw,
        api::orders::reverse,
        api::orders::review,
        api::orders::to_review,
        api::orders::go_on,
        api::playbooks::list,
        api::playbooks::get,
        api::audit::alarms,
        api::feedback::stats,
        api::feedback::texts,
        api::inbox::get,
        api::inbox::post,
        api::shift::get,
        api::shift::post,
        api::shift::alarms,
        api::shift::tier,
        api::shift::hand_over,
        api::shift::practice,
        api::numbers::tables,
        api::numbers::csv,
        api::sources::list,
        api::sources::unmapped,
        api::sources::copies,
        api::quiet::list,
        api::quiet::begin,
        api::quiet::end,
        api::quiet::shelf,
        api::directory::learn,
        api::directory::unattributed,
        api::directory::attach,
        api::known_bad::list,
        api::known_bad::change,
        api::known_bad::drop,
        api::chats::post,
        api::letters::alarms,
        api::letters::seen,
        api::letters::dead,
        api::letters::again,
        api::health::live,
        api::health::ready,
        document,
    )
)]
struct Document;

/// This document.
#[utoipa::path(get, path = "/api/openapi.json", tag = "operation", responses((status = 200, description = "OpenAPI 3.1")))]
pub async fn document() -> Json<utoipa::openapi::OpenApi> {
    Json(Document::openapi())
}
