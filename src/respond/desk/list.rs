//! The list: a page of cases with their reasons, and the counts beside it, read in one transaction.

use super::lens::{Counts, Lens, Stand};
use super::search;
use crate::id::{Id, of};
use crate::playbook::{Class, Set};
use crate::respond::{Respond, Room, file};
use crate::scoring::{Assessment, Because, Line};
use crate::store::desk::list::{self, Cell, Listed};
use crate::store::incidents::{Place, State};
use crate::store::{Result, Tx, attention};
use crate::text::{Language, traditional};
use crate::time::Timestamp;

/// Cases on a page.
const PAGE: i64 = 50;
/// Reasons in a row.
const REASONS: usize = 3;

/// A page of the list.
#[derive(Debug, Clone)]
pub struct DeskList {
    pub rows: Vec<DeskRow>,
    pub counts: Counts,
    /// Where the next page begins.
    pub next: Option<Spot>,
    /// The newest case there is; what comes later is new.
    pub newest: String,
    /// A search found more than are shown.
    pub cut: bool,
}

/// Where a page begins: behind this row of the order that the list has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    pub lane: i64,
    /// When the case is due, or when it was closed.
    pub at: Timestamp,
    pub id: Id<of::Incident>,
}

/// A case on the list.
#[derive(Debug, Clone)]
pub struct DeskRow {
    pub id: Id<of::Incident>,
    pub version: i64,
    pub lane: Class,
    pub kind: String,
    pub title: String,
    pub level: i64,
    pub state: State,
    pub holder: Option<String>,
    pub arrived: Timestamp,
    pub head_start_minutes: i64,
    /// Parts per million.
    pub confidence: i64,
    pub language: String,
    pub danger: bool,
    pub asks_person: bool,
    /// The strongest signs of its playbook, without anybody's words.
    pub reasons: Vec<Reason>,
    pub closed: Option<Timestamp>,
}

/// A sign that speaks for the playbook, in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    pub says: String,
    /// Centi-decibans.
    pub points: i32,
}

/// What came since a page was shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct New {
    /// Counted to 1,000.
    pub waiting: i64,
    /// Of these, of level 1.
    pub urgent: i64,
}

impl Respond {
    /// A page of the list as this person sees it.
    pub async fn desk_list(
        &self,
        lens: &Lens,
        after: Option<Spot>,
        (me, language): (&str, Language),
    ) -> Result<DeskList> {
        let (room, mut tx) = (self.room(), self.db.read().await?);
        let newest = list::newest(&mut tx).await?;
        let found = search::ids(&mut tx, &room, lens).await?;
        let (listed, counts) = match found {
            search::Found::Cases(ids) => {
                let listed = list::by_ids(&mut tx, &ids).await?;
                let cells: Vec<Cell> = listed.iter().map(cell).collect();
                let counts = Counts::of(&cells, lens, me);
                let fitting = listed.into_iter().zip(&cells).filter(|(_, cell)| lens.fits(cell, me));
                let listed: Vec<Listed> = fitting.map(|(row, _)| row).collect();
                let rows = rows(&mut tx, &room, (&listed, language)).await?;
                return Ok(DeskList { rows, counts, next: None, newest, cut: ids.len() >= 200 });
            }
            search::Found::Kinds(kinds) => self::page(&mut tx, (lens, &kinds), after, me).await?,
            search::Found::Everything => self::page(&mut tx, (lens, &[]), after, me).await?,
        };
        let full = i64::try_from(listed.len()).is_ok_and(|count| count == PAGE);
        let next = listed.last().filter(|_| full).map(|row| Spot {
            lane: row.lane,
            at: row.closed.unwrap_or(row.due),
            id: row.id,
        });
        let rows = rows(&mut tx, &room, (&listed, language)).await?;
        Ok(DeskList { rows, counts, next, newest, cut: false })
    }

    /// What came since the newest case of a page.
    pub async fn new_since(&self, newest: &str) -> Result<New> {
        let mut tx = self.db.read().await?;
        let (waiting, urgent) = list::new_since(&mut tx, newest).await?;
        Ok(New { waiting, urgent })
    }

    /// The newest case there is.
    pub async fn newest(&self) -> Result<String> {
        let mut tx = self.db.read().await?;
        list::newest(&mut tx).await
    }

    /// These cases as rows, in the queue's order; 200 at most.
    pub async fn rows_of(&self, ids: &[Id<of::Incident>], language: Language) -> Result<Vec<DeskRow>> {
        let (room, mut tx) = (self.room(), self.db.read().await?);
        let listed = list::by_ids(&mut tx, ids).await?;
        rows(&mut tx, &room, (&listed, language)).await
    }
}

async fn page(
    tx: &mut Tx,
    (lens, kinds): (&Lens, &[String]),
    after: Option<Spot>,
    me: &str,
) -> Result<(Vec<Listed>, Counts)> {
    let closed = lens.stand == Some(Stand::Closed);
    let mut filter = lens.filter(me);
    if !kinds.is_empty() && filter.kinds.is_empty() {
        filter.kinds = kinds.to_vec();
    }
    let listed = if closed {
        list::closed(tx, &filter, (after.map(|spot| (spot.at, spot.id)), PAGE)).await?
    } else {
        let place = after.map(|spot| Place { lane: spot.lane, due: spot.at, id: spot.id });
        list::open(tx, &filter, (place, PAGE)).await?
    };
    let mut cells = list::cells(tx).await?;
    if closed {
        cells.extend(list::closed_cells(tx).await?);
    }
    cells.retain(|cell| kinds.is_empty() || kinds.contains(&cell.kind));
    Ok((listed, Counts::of(&cells, lens, me)))
}

fn cell(row: &Listed) -> Cell {
    Cell {
        state: row.state,
        lane: row.lane,
        level: row.level,
        kind: row.kind.clone(),
        language: row.language.clone(),
        danger: row.danger,
        holder: row.holder.clone(),
        incidents: 1,
    }
}

async fn rows(tx: &mut Tx, room: &Room, (listed, language): (&[Listed], Language)) -> Result<Vec<DeskRow>> {
    let ids: Vec<_> = listed.iter().map(|row| row.id).collect();
    let asking = attention::asking(tx, &ids).await?;
    Ok(listed
        .iter()
        .map(|row| DeskRow {
            id: row.id,
            version: row.version,
            lane: if row.lane == 0 { Class::Security } else { Class::Routine },
            kind: row.kind.clone(),
            title: title(&room.playbooks, &row.kind, language),
            level: row.level,
            state: row.state,
            holder: row.holder.clone(),
            arrived: row.arrived,
            head_start_minutes: row.head_start.minutes(),
            confidence: row.confidence,
            language: row.language.clone(),
            danger: row.danger,
            asks_person: asking.contains(&row.id),
            reasons: reasons(room, row, language),
            closed: row.closed,
        })
        .collect())
}

pub(super) fn title(playbooks: &Set, kind: &str, language: Language) -> String {
    playbooks.kind(kind).map_or_else(|| kind.to_owned(), |kind| kind.title.get(language).to_owned())
}

/// The strongest signs; none when the assessment cannot be opened, which the case's own page says.
fn reasons(room: &Room, row: &Listed, language: Language) -> Vec<Reason> {
    let opened = file::data_key_of(room, row.id, &row.data_key)
        .and_then(|key| file::assessment_of(&key, row.id, &row.assessment));
    opened.map(|assessment| strongest(&assessment, language)).unwrap_or_default()
}

/// The strongest signs of the lead.
pub(super) fn strongest(assessment: &Assessment, language: Language) -> Vec<Reason> {
    let lines = assessment.lead_standing().map_or(&[][..], |lead| &lead.lines);
    let mut signs: Vec<(i32, &Because)> = lines
        .iter()
        .filter_map(|line| match line {
            Line::Evidence { points, because, .. } if *points > 0 => Some((*points, because)),
            Line::Evidence { .. } | Line::Prior { .. } | Line::GroupCap { .. } | Line::AnonymousCap { .. } => None,
        })
        .collect();
    signs.sort_by_key(|(points, _)| std::cmp::Reverse(*points));
    signs.truncate(REASONS);
    signs.into_iter().map(|(points, because)| Reason { says: said(because, language), points }).collect()
}

fn said(because: &Because, language: Language) -> String {
    match language {
        Language::En => because.en.clone(),
        Language::Zh => because.zh.clone(),
        Language::ZhHant => traditional(&because.zh),
    }
}
