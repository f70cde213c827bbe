//! Rows to begin a story with.

use holdfast::id::{Id, Random, of};
use holdfast::store::incidents::{NewIncident, Reassessed};
use holdfast::store::signals::SignalRow;
use holdfast::store::{Db, incidents};
use holdfast::time::{Span, Timestamp};

use crate::support::db::write;

/// Chance that is always the same for the same number.
struct Numbered(u64);

impl Random for Numbered {
    fn fill(&self, buffer: &mut [u8]) {
        let bytes = self.0.to_be_bytes();
        for (at, byte) in buffer.iter_mut().enumerate() {
            *byte = bytes[at % bytes.len()];
        }
    }
}

/// A moment so many seconds into the story.
pub fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(1_767_225_600_000).plus(Span::from_seconds(seconds))
}

/// The same number gives the same id; a greater one gives a later id.
pub fn id<T>(number: u64) -> Id<T> {
    Id::new(at(i64::try_from(number).unwrap()), &Numbered(number))
}

/// A security incident of nobody known that arrived `number` seconds into the story, with no head start.
pub fn incident(number: u64) -> NewIncident {
    let arrived = at(i64::try_from(number).unwrap());
    NewIncident {
        id: id(number),
        subject: None,
        pool: "all".to_owned(),
        class: "security".to_owned(),
        lane: 0,
        kind: "wallet-drain".to_owned(),
        level: 2,
        arrived,
        head_start: Span::ZERO,
        confidence: 970_000,
        playbooks: "5f70bf18".to_owned(),
        language: "en".to_owned(),
        danger: false,
        claimable: true,
        data_key: vec![0, 1, 254, 255],
        assessment: vec![7; 40],
        created: arrived,
    }
}

/// The incident moved to another lane.
pub fn routine(number: u64) -> NewIncident {
    NewIncident { class: "routine".to_owned(), lane: 1, kind: "fee-question".to_owned(), level: 5, ..incident(number) }
}

/// A new assessment made on a version of the incident.
pub fn reassessed(number: u64, version: i64) -> Reassessed {
    Reassessed {
        id: id(number),
        version,
        class: "security".to_owned(),
        lane: 0,
        kind: "approval-drain".to_owned(),
        level: 1,
        head_start: Span::from_minutes(45),
        confidence: 999_000,
        playbooks: "a948904f".to_owned(),
        earlier: "a948904f/approval-drain".to_owned(),
        danger: true,
        claimable: true,
        assessment: vec![9; 60],
        updated: at(100),
    }
}

/// A signal of an incident, seen so many seconds into the story.
pub fn signal(number: u64, incident: Id<of::Incident>) -> SignalRow {
    let seen = at(i64::try_from(number).unwrap());
    SignalRow {
        id: id(number),
        incident,
        endpoint: "canary".to_owned(),
        kind: "chain.transfer-out".to_owned(),
        at: seen,
        received: seen.plus(Span::from_seconds(2)),
        reliability: 900,
        verified: true,
        body: vec![number.to_be_bytes()[7], 0, 255],
    }
}

/// Opens incidents and commits.
pub async fn opened(db: &Db, new: &[NewIncident]) {
    write(db, async |tx| incidents::insert_many(tx, new).await.unwrap()).await;
}
