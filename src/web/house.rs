//! What every handler shares: the flow, the configured sources, the limits, the operator's name.

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::attachments::Bench;
use super::board::Board;
use super::drafts::Drafts;
use super::limits::{Limit, Quota};
use super::pace::Pace;
use super::sessions::Sessions;
use crate::access::Apps;
use crate::guidance::official::Official;
use crate::intake::command::Desk;
use crate::intake::{Endpoints, Refusals};
use crate::outbox::Outbox;
use crate::outbox::issuer::Issuers;
use crate::respond::Respond;
use crate::text::Language;
use crate::time::{Clock, Span};

/// Shared by every handler.
pub type Shared = Arc<House>;

/// The chats that staff may ask from, by the names in their addresses.
pub type Chats = BTreeMap<String, Desk>;

pub struct House {
    pub respond: Respond,
    /// The way to wallet backends.
    pub outbox: Arc<Outbox>,
    /// The chats that staff may ask from.
    pub chats: Chats,
    /// Whom staff may sign in through.
    pub issuers: Issuers,
    pub endpoints: Endpoints,
    /// What was refused at their door.
    pub refusals: Refusals,
    pub limits: Limits,
    pub brand: String,
    /// Whose signed links open the report page.
    pub apps: Apps,
    /// For /.well-known/security.txt; empty for none.
    pub security_contacts: Vec<String>,
    /// Where the operator can really be found.
    pub official: Official,
    /// What the operator announces.
    pub board: Board,
    pub security_policy: String,
    pub sessions: Sessions,
    /// Whether a token opens the console while nobody has a second factor.
    pub tokens_open_console: bool,
    pub drafts: Drafts,
    pub pace: Pace,
    pub(super) bench: Bench,
    /// Until somebody used the set-up link, the staff API answers 503 (ID-16).
    set_up: AtomicBool,
}

/// What the house is made from.
pub struct Plan {
    pub respond: Respond,
    pub outbox: Arc<Outbox>,
    pub chats: Chats,
    pub issuers: Issuers,
    pub endpoints: Endpoints,
    pub limits: Limits,
    pub brand: String,
    pub apps: Apps,
    pub security_contacts: Vec<String>,
    pub official: Official,
    pub board: Board,
    pub security_policy: String,
    pub is_set_up: bool,
    pub tokens_open_console: bool,
}

impl House {
    pub fn new(plan: Plan) -> Shared {
        let room = plan.respond.room();
        Arc::new(Self {
            drafts: Drafts::new(&room.keys, &*room.random),
            pace: Pace::default(),
            bench: Bench::default(),
            respond: plan.respond,
            outbox: plan.outbox,
            chats: plan.chats,
            issuers: plan.issuers,
            endpoints: plan.endpoints,
            refusals: Refusals::default(),
            limits: plan.limits,
            brand: plan.brand,
            apps: plan.apps,
            security_contacts: plan.security_contacts,
            official: plan.official,
            board: plan.board,
            security_policy: plan.security_policy,
            sessions: Sessions::default(),
            tokens_open_console: plan.tokens_open_console,
            set_up: AtomicBool::new(plan.is_set_up),
        })
    }

    pub fn is_set_up(&self) -> bool {
        self.set_up.load(Ordering::Relaxed)
    }

    pub fn now_set_up(&self) {
        self.set_up.store(true, Ordering::Relaxed);
    }

    /// Looks again at what is announced.
    pub async fn look_at_board(&self) -> crate::store::Result<()> {
        self.board.put_up(self.respond.announced().await?);
        Ok(())
    }

    /// Looks which sources have gone silent.
    pub async fn watch_sources(&self) -> crate::store::Result<()> {
        let sources = self.endpoints.iter().map(|endpoint| (endpoint.name.clone(), endpoint.silent_after));
        self.respond.watch_sources(&sources.collect()).await
    }

    pub fn clock(&self) -> Arc<dyn Clock> {
        Arc::clone(&self.respond.room().clock)
    }
}

/// The rate limits of the doors.
pub struct Limits {
    /// Reports by client prefix.
    pub reports: Limit,
    /// Reports of all clients together; above it each is asked for a proof of work.
    pub rush: Limit,
    /// Reports over the other limits and without proof, by client prefix: the slower lane.
    pub slow_reports: Limit,
    /// Drafts by client prefix.
    pub drafts: Limit,
    /// Tries to open a case by client prefix.
    pub codes: Limit,
    /// Deliveries by endpoint.
    pub alerts: Limit,
    /// Requests by staff token.
    pub staff: Limit,
    /// What the holder of a case does, by case: each deed is judged, so it costs.
    pub deeds: Limit,
    /// Calls with link and code, by client prefix.
    pub case_calls: Limit,
    /// Questions whether something is ours, by client prefix; as often as tries to open a case.
    pub checks: Limit,
    /// Feedback without a case, by client prefix; as often as reports.
    pub feedback: Limit,
    /// Tries to sign in, by client prefix or known device (ID-12).
    pub sign_in: Limit,
    /// Requests for a new password, by client prefix (ID-14).
    pub forgotten: Limit,
    /// Questions to the help place, by client prefix.
    pub searches: Limit,
}

/// The rates that an operator sets; the others follow from them or are fixed.
#[derive(Debug, Clone, Copy)]
pub struct Rates {
    pub reports: Rate,
    pub rush: Rate,
    pub codes: Rate,
    pub alerts: Rate,
    pub staff: Rate,
    pub deeds: Rate,
    pub case_calls: Rate,
    pub sign_in: Rate,
    pub forgotten: Rate,
}

impl Limits {
    /// Forgets who has their whole burst again.
    pub fn sweep(&self) {
        for limit in [
            &self.reports,
            &self.slow_reports,
            &self.drafts,
            &self.codes,
            &self.alerts,
            &self.staff,
            &self.deeds,
            &self.case_calls,
            &self.checks,
            &self.feedback,
            &self.sign_in,
            &self.forgotten,
            &self.searches,
        ] {
            limit.sweep();
        }
    }
}

/// The slower lane ends for a client that fills it: enough for a large house behind one address.
const SLOW: Rate = Rate { burst: 30, per: Duration::from_secs(20) };
/// A draft every few seconds of writing.
const DRAFTS: Rate = Rate { burst: 60, per: Duration::from_secs(3) };

/// People look for several things, and a large house has many of them.
const SEARCHES: Rate = Rate { burst: 60, per: Duration::from_secs(2) };

/// So many at once, then one each `per`.
#[derive(Debug, Clone, Copy)]
pub struct Rate {
    pub burst: u32,
    /// Finer than a millisecond, for the rates of a minute that are.
    pub per: Duration,
}

impl Limits {
    pub fn new(rates: Rates, clock: &Arc<dyn Clock>) -> Self {
        let limit = |rate: Rate| {
            // A quota counts the time in which the whole burst fills up again.
            let whole = rate.per.saturating_mul(rate.burst).as_millis();
            let whole = Span::from_millis(i64::try_from(whole).unwrap_or(i64::MAX));
            Limit::new(
                Quota { burst: NonZeroU32::new(rate.burst).unwrap_or(NonZeroU32::MIN), per: whole },
                Arc::clone(clock),
            )
        };
        Self {
            reports: limit(rates.reports),
            rush: limit(rates.rush),
            slow_reports: limit(SLOW),
            drafts: limit(DRAFTS),
            codes: limit(rates.codes),
            alerts: limit(rates.alerts),
            staff: limit(rates.staff),
            deeds: limit(rates.deeds),
            case_calls: limit(rates.case_calls),
            checks: limit(rates.codes),
            feedback: limit(rates.reports),
            searches: limit(SEARCHES),
            sign_in: limit(rates.sign_in),
            forgotten: limit(rates.forgotten),
        }
    }
}

/// The language a request asks for, else English.
pub fn language(headers: &axum::http::HeaderMap) -> Language {
    let header = headers.get(axum::http::header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    header.and_then(crate::text::language::from_accept_language).unwrap_or(Language::En)
}
