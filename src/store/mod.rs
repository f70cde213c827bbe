//! Memory: what has been acknowledged and survives. Every function works inside a transaction it is handed.
//!
//! The store never sees plain personal data: sealed bytes, keyed digests and our own words come from above. What the
//! rows mean and which changes are allowed is decided on the floors below and above; here they are kept and found.

pub mod account_letters;
pub mod addresses;
pub mod alarms;
pub mod aliases;
pub mod answers;
pub mod attachments;
pub mod attention;
pub mod audit;
pub mod audit_views;
pub mod automatic;
pub mod case_notices;
pub mod cases;
pub mod chats;
pub mod circles;
pub mod conflicts;
pub mod consents;
pub mod copies;
pub mod data_keys;
pub mod db;
pub mod deliveries;
pub mod desk;
pub mod directory;
pub mod factors;
pub mod federated;
pub mod feedback;
pub mod feedback_care;
pub mod first_views;
pub mod guesses;
pub mod idempotency;
pub mod imports;
pub mod incidents;
pub mod instance;
pub mod invitations;
pub mod known_bad;
pub mod marks;
pub mod measures;
pub mod messages;
pub mod notes;
pub mod numbers;
pub mod observables;
pub mod operator_notices;
pub mod orders;
pub mod outbox;
pub mod passkey_challenges;
pub mod people;
pub mod privacy;
pub mod progress;
pub mod promises;
pub mod proposed;
pub mod queue;
pub mod quiet;
pub mod refusals;
pub mod requests;
pub mod setup;
pub mod shift;
pub mod signals;
pub mod source_hours;
pub mod staff_links;
pub mod staff_sessions;
pub mod steps;
pub mod tokens;
pub mod unmapped;
pub mod verdicts;
pub mod versions;

pub use db::{Config, Db, Error, Result, Row, Sight, Sql, Tx};

/// Every statement of the store, for a check that each is understood by the engine ([`Db::check`]).
pub fn statements() -> impl Iterator<Item = Sql> {
    let rooms = [
        account_letters::STATEMENTS,
        addresses::STATEMENTS,
        alarms::STATEMENTS,
        aliases::STATEMENTS,
        answers::STATEMENTS,
        attachments::STATEMENTS,
        attention::STATEMENTS,
        audit::STATEMENTS,
        audit_views::STATEMENTS,
        automatic::STATEMENTS,
        case_notices::STATEMENTS,
        cases::STATEMENTS,
        chats::STATEMENTS,
        circles::STATEMENTS,
        conflicts::STATEMENTS,
        copies::STATEMENTS,
        data_keys::STATEMENTS,
        db::STATEMENTS,
        deliveries::STATEMENTS,
        directory::STATEMENTS,
        shift::STATEMENTS,
        first_views::STATEMENTS,
        federated::STATEMENTS,
        feedback::STATEMENTS,
        feedback_care::STATEMENTS,
        factors::STATEMENTS,
        guesses::STATEMENTS,
        invitations::STATEMENTS,
        passkey_challenges::STATEMENTS,
        people::STATEMENTS,
        staff_links::STATEMENTS,
        staff_sessions::STATEMENTS,
        idempotency::STATEMENTS,
        imports::STATEMENTS,
        instance::STATEMENTS,
        known_bad::STATEMENTS,
        marks::STATEMENTS,
        measures::STATEMENTS,
        messages::STATEMENTS,
        notes::STATEMENTS,
        observables::STATEMENTS,
        privacy::STATEMENTS,
        privacy::ERASE,
        progress::STATEMENTS,
        promises::STATEMENTS,
        proposed::STATEMENTS,
        operator_notices::STATEMENTS,
        orders::STATEMENTS,
        outbox::STATEMENTS,
        queue::STATEMENTS,
        quiet::STATEMENTS,
        refusals::STATEMENTS,
        requests::STATEMENTS,
        consents::STATEMENTS,
        setup::STATEMENTS,
        signals::STATEMENTS,
        source_hours::STATEMENTS,
        steps::STATEMENTS,
        tokens::STATEMENTS,
        unmapped::STATEMENTS,
        verdicts::STATEMENTS,
        versions::STATEMENTS,
    ];
    rooms
        .into_iter()
        .chain(incidents::STATEMENTS.iter().copied())
        .chain(numbers::STATEMENTS.iter().copied())
        .chain(desk::STATEMENTS.iter().copied())
        .flatten()
        .copied()
}
