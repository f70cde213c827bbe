//! What the operator announces to everybody on top of the public pages: an outage, maintenance, the market, an outbreak.
//! Set by the command line or the settings; every change is an entry of the trail.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Respond, record};
use crate::audit::{Actor, Entry};
use crate::id::{Id, of};
use crate::store::operator_notices::{self, NoticeRow};
use crate::store::{Error, Result};
use crate::time::{Span, Timestamp};

/// An announcement in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Announcement {
    /// None for one from the settings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Id<of::Notice>>,
    #[serde(flatten)]
    pub words: NewNotice,
    pub changed: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cleared: Option<Timestamp>,
}

/// What it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum About {
    Outage,
    Maintenance,
    Market,
    Outbreak,
    Other,
}

impl About {
    pub const ALL: [Self; 5] = [Self::Outage, Self::Maintenance, Self::Market, Self::Outbreak, Self::Other];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Outage => "outage",
            Self::Maintenance => "maintenance",
            Self::Market => "market",
            Self::Outbreak => "outbreak",
            Self::Other => "other",
        }
    }
}

/// The text is no kind of announcement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not one of outage, maintenance, market, outbreak, other")]
pub struct NotAKind;

impl std::str::FromStr for About {
    type Err = NotAKind;

    fn from_str(text: &str) -> std::result::Result<Self, NotAKind> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(NotAKind)
    }
}

/// The words of an announcement; shown as text, never as markup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewNotice {
    pub kind: About,
    /// What happens, and who is affected.
    pub en: String,
    pub zh: String,
    /// What to do now; may be empty.
    #[serde(default)]
    pub advice_en: String,
    #[serde(default)]
    pub advice_zh: String,
}

impl NewNotice {
    /// The words with what must not be shown taken out; an error names what is missing or too long.
    pub fn read(self) -> std::result::Result<Self, String> {
        let clean = |name: &str, text: &str, least: usize| {
            let text =
                crate::text::clean(text, 600).map_err(|_| format!("{name}: over 600 letters, or with U+0000"))?;
            let text = text.trim().to_owned();
            if text.chars().count() < least { Err(format!("{name}: empty")) } else { Ok(text) }
        };
        let Self { kind, en, zh, advice_en, advice_zh } = self;
        if advice_en.trim().is_empty() != advice_zh.trim().is_empty() {
            return Err("advice: in both languages or in neither".to_owned());
        }
        Ok(Self {
            kind,
            en: clean("en", &en, 1)?,
            zh: clean("zh", &zh, 1)?,
            advice_en: clean("advice_en", &advice_en, 0)?,
            advice_zh: clean("advice_zh", &advice_zh, 0)?,
        })
    }
}

fn announcement(row: NoticeRow) -> Result<Announcement> {
    let NoticeRow { id, kind, en, zh, advice_en, advice_zh, changed, expires, cleared, .. } = row;
    let kind = kind.parse().map_err(|_| Error::Corrupt { table: "operator_notice", column: "kind" })?;
    let words = NewNotice { kind, en, zh, advice_en, advice_zh };
    Ok(Announcement { id: Some(id), words, changed, expires: Some(expires), cleared })
}

impl Respond {
    /// Announces something for so long, in place of an earlier announcement when that is named.
    pub async fn announce(
        &self,
        words: NewNotice,
        lasting: Span,
        instead_of: Option<Id<of::Notice>>,
    ) -> Result<Id<of::Notice>> {
        let room = self.room();
        let id = instead_of.unwrap_or_else(|| Id::new(room.now(), &*room.random));
        self.writer
            .act(move |tx| {
                let (room, words) = (Arc::clone(&room), words.clone());
                Box::pin(async move {
                    let now = room.now();
                    let NewNotice { kind, en, zh, advice_en, advice_zh } = words;
                    let row = NoticeRow {
                        id,
                        kind: kind.as_str().to_owned(),
                        en,
                        zh,
                        advice_en,
                        advice_zh,
                        begun: now,
                        changed: now,
                        expires: now.plus(lasting),
                        cleared: None,
                    };
                    if instead_of.is_some() {
                        operator_notices::change(tx, &row).await?;
                    } else {
                        operator_notices::insert(tx, &row).await?;
                    }
                    let entry = Entry::done(now, Actor::System, "notice.set", format!("notice:{id}"))
                        .with("kind", kind.as_str())
                        .with("expires", row.expires.to_string());
                    record(tx, &[entry]).await
                })
            })
            .await?;
        Ok(id)
    }

    /// Takes an announcement down; `Conflict` when there is none or it is down.
    pub async fn clear_announcement(&self, id: Id<of::Notice>) -> Result<()> {
        let room = self.room();
        self.writer
            .act(move |tx| {
                let room = Arc::clone(&room);
                Box::pin(async move {
                    let now = room.now();
                    operator_notices::clear(tx, id, now).await?;
                    record(tx, &[Entry::done(now, Actor::System, "notice.clear", format!("notice:{id}"))]).await
                })
            })
            .await
    }

    /// What is announced now, the oldest first.
    pub async fn announced(&self) -> Result<Vec<Announcement>> {
        let mut tx = self.db.read().await?;
        operator_notices::live(&mut tx, self.room().now()).await?.into_iter().map(announcement).collect()
    }

    /// The last hundred announcements, the newest first.
    pub async fn announcements(&self) -> Result<Vec<Announcement>> {
        let mut tx = self.db.read().await?;
        operator_notices::list(&mut tx).await?.into_iter().map(announcement).collect()
    }
}
