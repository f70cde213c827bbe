//! Every route with its method and its permission. A route without a permission cannot be written here.

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, get, options, post};

use super::guard::{self, Demand};
use super::house::Shared;
use super::{
    api, desk, entry, inbox, letter_desk, numbers, openapi, orders, person, review, shift, source_desk, staff,
};
use crate::access::Permission;

/// A route as it is declared, for tests and the OpenAPI document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Declared {
    pub method: &'static str,
    pub path: &'static str,
    pub permission: Permission,
    /// Whether it is of the console, which leads to the sign-in page and asks for forms with a token.
    pub console: bool,
}

/// Every route and its handlers.
pub fn router(house: &Shared) -> Router {
    all(house).router.with_state(house.clone())
}

/// The declarations alone.
pub fn declared(house: &Shared) -> Vec<Declared> {
    all(house).declared
}

struct Routes<'a> {
    house: &'a Shared,
    router: Router<Shared>,
    declared: Vec<Declared>,
}

impl Routes<'_> {
    fn add(
        mut self,
        permission: Permission,
        (method, path): (&'static str, &'static str),
        handler: MethodRouter<Shared>,
    ) -> Self {
        let staffs = path.starts_with("/staff") || !matches!(permission, Permission::Public | Permission::CaseHolder);
        let demand = Demand { house: self.house.clone(), permission, outside: !staffs };
        self.router = self.router.route(path, handler.route_layer(from_fn_with_state(demand, guard::hold)));
        self.declared.push(Declared { method, path, permission, console: false });
        self
    }

    /// A page or a form of the console. Its handler asks for the permission itself, because the answer is a page; where the
    /// deed is in the address or the form, it asks for the deed's own as well.
    fn page(
        mut self,
        permission: Permission,
        (method, path): (&'static str, &'static str),
        handler: MethodRouter<Shared>,
    ) -> Self {
        self = self.add(Permission::Public, (method, path), handler);
        if let Some(declared) = self.declared.last_mut() {
            *declared = Declared { permission, console: true, ..*declared };
        }
        self
    }

    fn get<H: axum::handler::Handler<T, Shared>, T: 'static>(
        self,
        permission: Permission,
        path: &'static str,
        handler: H,
    ) -> Self {
        self.add(permission, ("GET", path), get(handler))
    }

    fn post<H: axum::handler::Handler<T, Shared>, T: 'static>(
        self,
        permission: Permission,
        path: &'static str,
        handler: H,
    ) -> Self {
        self.add(permission, ("POST", path), post(handler))
    }
}

/// The way in for staff, and people for admins; the pages guard themselves.
fn way_in(routes: Routes<'_>) -> Routes<'_> {
    use Permission as P;
    routes
        .get(P::Public, "/staff/sign-in", entry::sign_in_page)
        .post(P::Public, "/staff/sign-in", entry::sign_in)
        .post(P::Public, "/staff/sign-out", entry::sign_out)
        .get(P::Public, "/staff/second", entry::second_page)
        .post(P::Public, "/staff/second", entry::second)
        .get(P::Public, "/staff/enrol", entry::enrol_page)
        .post(P::Public, "/staff/enrol", entry::enrol)
        .post(P::Public, "/staff/step-up", entry::step_up)
        .post(P::Public, "/staff/federated/{issuer}", entry::federated_begin)
        .get(P::Public, "/staff/federated/callback", entry::federated_callback)
        .get(P::Public, "/staff/set-up/{link}", entry::set_up_page)
        .post(P::Public, "/staff/set-up/{link}", entry::set_up)
        .get(P::Public, "/staff/join/{link}", entry::join_page)
        .post(P::Public, "/staff/join/{link}", entry::join)
        .get(P::Public, "/staff/forgotten", entry::forgotten_page)
        .post(P::Public, "/staff/forgotten", entry::forgotten)
        .get(P::Public, "/staff/reset/{link}", entry::reset_page)
        .post(P::Public, "/staff/reset/{link}", entry::reset)
        .get(P::Public, "/staff/address/{link}", entry::prove_page)
        .post(P::Public, "/staff/address/{link}", entry::prove_address)
        .page(P::OwnAccount, ("GET", "/staff/me"), get(entry::own))
        .page(P::ChangeAccount, ("GET", "/staff/me/password"), get(entry::password_page))
        .page(P::ChangeAccount, ("POST", "/staff/me/password"), post(entry::change_password))
        .page(P::ChangeAccount, ("POST", "/staff/me/address"), post(entry::change_address))
        .page(P::OwnAccount, ("POST", "/staff/me/end-others"), post(entry::end_others))
        .page(P::ChangeAccount, ("POST", "/staff/me/chat-code"), post(entry::chat_code))
        .page(P::OwnAccount, ("POST", "/staff/me/leave-chats"), post(entry::leave_chats))
        .page(P::OwnAccount, ("POST", "/staff/me/unlink"), post(entry::unlink))
        .page(P::ReadPeople, ("GET", "/staff/people"), get(entry::people))
        .page(P::ManagePeople, ("POST", "/staff/people"), post(entry::invite))
        .page(P::ManagePeople, ("POST", "/staff/people/{id}/{change}"), post(entry::change))
}

fn all(house: &Shared) -> Routes<'_> {
    of_console(of_staff(way_in(of_the_public(Routes { house, router: Router::new(), declared: Vec::new() }))))
}

fn of_the_public(routes: Routes<'_>) -> Routes<'_> {
    use Permission as P;
    routes
        // People
        .get(P::Public, "/", person::report)
        .post(P::Public, "/report", person::send)
        .get(P::Public, "/from/{link}", person::embedded)
        .post(P::Public, "/report/draft", person::draft)
        .get(P::Public, "/c/{token}", person::enter)
        .post(P::Public, "/c/{token}", person::open)
        .get(P::CaseHolder, "/case", person::case)
        .post(P::CaseHolder, "/case/steps/{step}", person::step)
        .post(P::CaseHolder, "/case/answers", person::answer)
        .post(P::CaseHolder, "/case/messages", person::message)
        .post(P::CaseHolder, "/case/attachments", person::attach)
        .get(P::CaseHolder, "/case/attachments/{id}", person::attachment)
        .get(P::CaseHolder, "/case/details", person::ask_details)
        .post(P::CaseHolder, "/case/details", person::details)
        .get(P::CaseHolder, "/case/steps.txt", person::text)
        .get(P::CaseHolder, "/case/stop/{why}", person::stop)
        .get(P::Public, "/case/first", person::first_look)
        .post(P::CaseHolder, "/case/first", person::put_away)
        .post(P::CaseHolder, "/case/requests", person::ask)
        .post(P::CaseHolder, "/case/new-link", person::new_link)
        .post(P::CaseHolder, "/case/person", person::ask_for_person)
        .get(P::Public, "/person", person::to_a_person)
        .post(P::CaseHolder, "/case/solved", person::solved)
        .post(P::CaseHolder, "/case/consent", person::consent)
        .get(P::CaseHolder, "/case/events", person::events)
        .get(P::CaseHolder, "/case/evidence", person::evidence)
        .get(P::CaseHolder, "/case/evidence/pack", person::evidence_pack)
        .get(P::CaseHolder, "/case/evidence/text", person::evidence_text)
        .get(P::CaseHolder, "/case/words", person::offer_words)
        .post(P::CaseHolder, "/case/words", person::keep_words)
        .post(P::CaseHolder, "/case/feedback", person::case_feedback)
        .get(P::Public, "/check", person::check)
        .post(P::Public, "/check", person::look_check)
        .get(P::Public, "/mail/{reference}/{token}", person::look_mail)
        .post(P::Public, "/mail/{reference}/{token}", person::stop_mail)
        .get(P::Public, "/feedback", person::ask_feedback)
        .post(P::Public, "/feedback", person::take_feedback)
        .get(P::Public, "/help", person::help)
        .post(P::Public, "/help", person::search)
        .get(P::Public, "/help/{id}", person::article)
        .get(P::Public, "/leave", person::leave)
        .post(P::Public, "/csp-reports", person::csp_report)
        .get(P::Public, "/assets/{name}", person::asset)
        .get(P::Public, "/.well-known/security.txt", person::security_contact)
        // Programs of people
        .post(P::Public, "/api/v1/reports", api::reports::post)
        .post(P::Public, "/api/v1/check", api::apart::check)
        .post(P::Public, "/api/v1/letters", api::apart::letter)
        .get(P::CaseHolder, "/api/v1/cases/{reference}", api::cases::get)
        .post(P::CaseHolder, "/api/v1/cases/{reference}/answers", api::cases::answer)
        .post(P::CaseHolder, "/api/v1/cases/{reference}/steps/{step}", api::cases::step)
        .post(P::CaseHolder, "/api/v1/cases/{reference}/messages", api::cases::message)
        .post(P::CaseHolder, "/api/v1/cases/{reference}/details", api::cases::details)
        .get(P::CaseHolder, "/api/v1/cases/{reference}/events", api::cases::events)
        .get(P::CaseHolder, "/api/v1/cases/{reference}/evidence", api::cases::evidence)
        .post(P::CaseHolder, "/api/v1/cases/{reference}/requests", api::cases::ask)
        .post(P::CaseHolder, "/api/v1/cases/{reference}/feedback", api::feedback::post)
        .post(P::CaseHolder, "/api/v1/cases/{reference}/person", api::wishes::ask_for_person)
        .post(P::CaseHolder, "/api/v1/cases/{reference}/solved", api::wishes::solved)
        .post(P::CaseHolder, "/api/v1/cases/{reference}/consent", api::wishes::consent)
        .get(P::CaseHolder, "/api/v1/cases/{reference}/attachments", api::attachments::list)
        .post(P::CaseHolder, "/api/v1/cases/{reference}/attachments", api::attachments::attach)
        .get(P::CaseHolder, "/api/v1/cases/{reference}/attachments/{id}", api::attachments::get)
        // Sources
        .post(P::Public, "/api/v1/alerts/{endpoint}", api::alerts::post)
        .get(P::Public, "/api/v1/alerts/{endpoint}", api::alerts::get)
        .add(P::Public, ("OPTIONS", "/api/v1/alerts/{endpoint}"), options(api::alerts::options))
        // Staff, from chats
        .post(P::Public, "/api/v1/chats/{name}", api::chats::post)
}

fn of_staff(routes: Routes<'_>) -> Routes<'_> {
    use Permission as P;
    routes
        // Staff
        .get(P::ReadQueue, "/api/v1/queue", api::incidents::queue)
        .post(P::ClaimIncident, "/api/v1/queue/claim", api::incidents::claim_next)
        .get(P::ReadIncident, "/api/v1/incidents/{id}", api::incidents::get)
        .post(P::ClaimIncident, "/api/v1/incidents/{id}/claim", api::incidents::act)
        .post(P::ClaimIncident, "/api/v1/incidents/{id}/renew", api::incidents::act)
        .post(P::ClaimIncident, "/api/v1/incidents/{id}/release", api::incidents::act)
        .post(P::WorkIncident, "/api/v1/incidents/{id}/note", api::incidents::act)
        .post(P::WorkIncident, "/api/v1/incidents/{id}/message", api::incidents::act)
        .post(P::WorkIncident, "/api/v1/incidents/{id}/step", api::incidents::act)
        .post(P::WorkIncident, "/api/v1/incidents/{id}/escalate", api::incidents::act)
        .post(P::JudgeIncident, "/api/v1/incidents/{id}/verdict", api::incidents::act)
        .post(P::JudgeIncident, "/api/v1/incidents/{id}/reopen", api::incidents::act)
        .post(P::DecideRequest, "/api/v1/incidents/{id}/decide", api::incidents::act)
        .post(P::WorkIncident, "/api/v1/incidents/{id}/attachments", api::attachments::attach_to_incident)
        .get(P::ReadIncident, "/api/v1/incidents/{id}/attachments/{attachment}", api::attachments::get_of_incident)
        // Orders to wallet backends
        .get(P::ReadIncident, "/api/v1/incidents/{id}/orders", api::orders::list)
        .post(P::PlaceOrder, "/api/v1/incidents/{id}/orders/preview", api::orders::preview)
        .post(P::PlaceOrder, "/api/v1/incidents/{id}/orders", api::orders::ask)
        .post(P::ApproveOrder, "/api/v1/incidents/{id}/orders/{order}/approve", api::orders::approve)
        .post(P::PlaceOrder, "/api/v1/incidents/{id}/orders/{order}/withdraw", api::orders::withdraw)
        .post(P::PlaceOrder, "/api/v1/incidents/{id}/orders/{order}/reverse", api::orders::reverse)
        .post(P::ApproveOrder, "/api/v1/incidents/{id}/orders/{order}/review", api::orders::review)
        .get(P::ReadIncident, "/api/v1/orders/review", api::orders::to_review)
        .post(P::ApproveOrder, "/api/v1/orders/brake", api::orders::go_on)
        .get(P::ReadPlaybooks, "/api/v1/playbooks", api::playbooks::list)
        .get(P::ReadPlaybooks, "/api/v1/playbooks/{id}", api::playbooks::get)
        .get(P::ReadAudit, "/api/v1/audit/alarms", api::audit::alarms)
        .get(P::ReadStats, "/api/v1/stats", api::feedback::stats)
        .get(P::ReadStats, "/api/v1/feedback", api::feedback::texts)
        .get(P::ReadStats, "/api/v1/feedback/inbox", api::inbox::get)
        .post(P::WorkFeedback, "/api/v1/feedback/inbox", api::inbox::post)
        .get(P::ReadQueue, "/api/v1/shift", api::shift::get)
        .post(P::ManageDesk, "/api/v1/shift", api::shift::post)
        .get(P::ReadQueue, "/api/v1/shift/alarms", api::shift::alarms)
        .post(P::WorkIncident, "/api/v1/shift/tier", api::shift::tier)
        .post(P::ClaimIncident, "/api/v1/shift/hand-over", api::shift::hand_over)
        .post(P::ClaimIncident, "/api/v1/shift/practice", api::shift::practice)
        .get(P::ReadStats, "/api/v1/numbers", api::numbers::tables)
        .get(P::ReadStats, "/api/v1/numbers/csv", api::numbers::csv)
        .get(P::ReadSources, "/api/v1/sources", api::sources::list)
        .get(P::ReadSources, "/api/v1/sources/unmapped", api::sources::unmapped)
        .get(P::ReadSources, "/api/v1/sources/copies", api::sources::copies)
        .get(P::ReadSources, "/api/v1/sources/quiet", api::quiet::list)
        .post(P::ManageSources, "/api/v1/sources/quiet", api::quiet::begin)
        .post(P::ManageSources, "/api/v1/sources/quiet/{id}/end", api::quiet::end)
        .get(P::ReadSources, "/api/v1/sources/kept/{endpoint}/{shelf}", api::quiet::shelf)
        .post(P::WriteDirectory, "/api/v1/directory", api::directory::learn)
        .get(P::ReadIncident, "/api/v1/unattributed", api::directory::unattributed)
        .post(P::WorkIncident, "/api/v1/unattributed/{id}/attach", api::directory::attach)
        .get(P::ReadSources, "/api/v1/known-bad", api::known_bad::list)
        .post(P::ManageSources, "/api/v1/known-bad/{list}", api::known_bad::change)
        .post(P::ManageSources, "/api/v1/known-bad/{list}/drop", api::known_bad::drop)
        .get(P::ReadQueue, "/api/v1/alarms", api::letters::alarms)
        .post(P::ClaimIncident, "/api/v1/alarms/{id}/seen", api::letters::seen)
        .get(P::ReadSources, "/api/v1/outbox/dead", api::letters::dead)
        .post(P::ManageSources, "/api/v1/outbox/{id}/again", api::letters::again)
}

fn of_console(routes: Routes<'_>) -> Routes<'_> {
    use Permission as P;
    routes
        // The console
        .page(P::ReadQueue, ("GET", "/staff"), get(staff::home))
        .page(P::ClaimIncident, ("POST", "/staff/claim"), post(staff::claim_next))
        .page(P::ReadSources, ("GET", "/staff/sources"), get(source_desk::list))
        .page(P::ReadSources, ("GET", "/staff/sources/{endpoint}"), get(source_desk::one))
        .page(P::ReadSources, ("GET", "/staff/sources/{endpoint}/{shelf}/{id}"), get(source_desk::opened))
        .page(P::ManageSources, ("POST", "/staff/sources/{endpoint}/quiet"), post(source_desk::begin))
        .page(P::ManageSources, ("POST", "/staff/sources/{endpoint}/quiet-end"), post(source_desk::end))
        .page(P::ReadIncident, ("GET", "/staff/incidents/{id}"), get(staff::incident))
        .page(P::ReadQueue, ("GET", "/staff/list"), get(desk::list))
        .page(P::ReadQueue, ("GET", "/staff/events"), get(desk::events))
        .page(P::ReadQueue, ("POST", "/staff/views"), post(desk::keep_view))
        .page(P::ReadQueue, ("POST", "/staff/bulk"), post(desk::bulk))
        .page(P::ClaimIncident, ("POST", "/staff/undo"), post(desk::undo))
        .page(P::WorkIncident, ("GET", "/staff/new"), get(desk::new))
        .page(P::WorkIncident, ("POST", "/staff/new"), post(desk::take_down))
        .page(P::WorkIncident, ("POST", "/staff/incidents/{id}/draft"), post(desk::draft))
        .page(P::JudgeIncident, ("POST", "/staff/incidents/{id}/correct"), post(desk::correct))
        .page(P::RevealPersonal, ("POST", "/staff/incidents/{id}/reveal"), post(desk::reveal))
        .page(P::ReadIncident, ("GET", "/staff/incidents/{id}/circle"), get(desk::circle))
        .page(P::JudgeIncident, ("POST", "/staff/incidents/{id}/circle"), post(desk::change_circle))
        .page(P::ClaimIncident, ("GET", "/staff/glass"), get(desk::glass))
        .page(P::BreakGlass, ("POST", "/staff/glass"), post(desk::break_glass))
        .page(P::WorkIncident, ("POST", "/staff/incidents/{id}/attachments"), post(desk::attach))
        .page(P::ReadIncident, ("GET", "/staff/incidents/{id}/attachments/{attachment}"), get(desk::attachment))
        .page(P::ReadIncident, ("POST", "/staff/incidents/{id}/{action}"), post(staff::act))
        .page(P::PlaceOrder, ("POST", "/staff/incidents/{id}/orders"), post(orders::act))
        .page(P::ReadIncident, ("GET", "/staff/review"), get(review::page))
        .page(P::ApproveOrder, ("POST", "/staff/review"), post(review::go_on))
        .page(P::ReadQueue, ("GET", "/staff/alarms"), get(letter_desk::alarms))
        .page(P::ClaimIncident, ("POST", "/staff/alarms"), post(letter_desk::seen))
        .page(P::ReadSources, ("GET", "/staff/outbox"), get(letter_desk::dead))
        .page(P::ManageSources, ("POST", "/staff/outbox"), post(letter_desk::again))
        .page(P::ReadStats, ("GET", "/staff/numbers"), get(numbers::page))
        .page(P::ReadStats, ("GET", "/staff/numbers/csv"), get(numbers::csv))
        .page(P::ReadStats, ("GET", "/staff/feedback"), get(inbox::page))
        .page(P::WorkFeedback, ("POST", "/staff/feedback"), post(inbox::care))
        .page(P::ReadQueue, ("GET", "/staff/shift"), get(shift::page))
        .page(P::ManageDesk, ("POST", "/staff/shift"), post(shift::set))
        .page(P::ClaimIncident, ("POST", "/staff/shift/hand-over"), post(shift::hand_over))
        .page(P::WorkIncident, ("POST", "/staff/shift/tier"), post(shift::tier))
        .page(P::ClaimIncident, ("POST", "/staff/shift/practice"), post(shift::practice))
        // Operation
        .get(P::Public, "/api/openapi.json", openapi::document)
        .get(P::Public, "/health/live", api::health::live)
        .get(P::Public, "/health/ready", api::health::ready)
}
