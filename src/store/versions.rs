//! Versions of the playbooks: every set that ran or was drafted, by its digest, and what was published when.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;

use super::db::{Error, Result, Row, Sql, Tx, args};
use crate::playbook::Files;
use crate::time::Timestamp;

pub(super) const STATEMENTS: &[Sql] = &[
    KEEP,
    RAN,
    FILES,
    LIST,
    BY_PREFIX,
    PUBLISHED,
    LAST_RAN,
    RETIRE,
    PUBLISH,
    PUSH,
    UNDO,
    STANDING,
    PUBLICATIONS,
    BEFORE,
    WITHDRAW,
    WITHDRAW_EARLIER,
    WITHDRAWN,
];

const KEEP: Sql = Sql::both(
    "insert into playbook_version (digest, origin, note, kept, files, weights) values ($1, $2, $3, $4, $5, $6)
     on conflict (digest) do nothing",
);

const RAN: Sql = Sql::both("update playbook_version set ran = $2 where digest = $1");

const FILES: Sql = Sql::both("select files, weights from playbook_version where digest = $1");

const LIST: Sql = Sql::both(
    "select digest, state, origin, note, kept, ran, withdrawn from playbook_version order by kept desc, digest limit 1000",
);

const BY_PREFIX: Sql = Sql::both(
    "select digest, state, origin, note, kept, ran, withdrawn from playbook_version
     where substr(digest, 1, length($1)) = $1 order by digest limit 9",
);

const PUBLISHED: Sql = Sql::both("select digest from playbook_version where state = 'published'");

// After a rollback to nothing no process has begun to run anything yet: what ran before it says nothing.
const LAST_RAN: Sql = Sql::both(
    "select digest from playbook_version
     where ran is not null and ran >= (select coalesce(max(undone), 0) from playbook_publication)
     order by ran desc, digest limit 1",
);

const RETIRE: Sql = Sql::both("update playbook_version set state = 'retired' where state = 'published'");

const PUBLISH: Sql = Sql::both(
    "update playbook_version set state = 'published', withdrawn = null where digest = $1 and state <> 'published'",
);

const PUSH: Sql = Sql::both(
    "insert into playbook_publication (number, digest, at)
     values ((select coalesce(max(number), 0) + 1 from playbook_publication), $1, $2)",
);

const UNDO: Sql = Sql::both(
    "update playbook_publication set undone = $1
     where number = (select max(number) from playbook_publication where undone is null)",
);

const STANDING: Sql =
    Sql::both("select digest from playbook_publication where undone is null order by number desc limit 1");

const BEFORE: Sql =
    Sql::both("select digest from playbook_publication where undone is null order by number desc limit 1 offset 1");

const WITHDRAW: Sql = Sql::both("update playbook_version set withdrawn = $2 where digest = $1");

const WITHDRAW_EARLIER: Sql = Sql::both(
    "update playbook_version set withdrawn = $2
     where digest <> $1 and withdrawn is null and (ran is not null or state <> 'draft')",
);

const WITHDRAWN: Sql = Sql::both("select digest from playbook_version where withdrawn is not null order by digest");

const PUBLICATIONS: Sql = Sql::both("select digest, max(at) as at from playbook_publication group by digest");

/// Where a version stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Kept, and never published.
    Draft,
    /// What every process runs.
    Published,
    /// Was published once.
    Retired,
}

/// Who brought a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The command line.
    Command,
    /// A start with a folder of playbooks.
    Folder,
    /// A start with the program's own set.
    BuiltIn,
}

/// The text is no word of the column.
#[derive(Debug)]
pub struct Unknown;

macro_rules! words {
    ($name:ident { $($variant:ident: $word:literal),* $(,)? }) => {
        impl $name {
            /// The word kept in the database.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
        }

        impl std::str::FromStr for $name {
            type Err = Unknown;

            fn from_str(text: &str) -> std::result::Result<Self, Unknown> {
                match text { $($word => Ok(Self::$variant),)* _ => Err(Unknown) }
            }
        }
    };
}

words!(State { Draft: "draft", Published: "published", Retired: "retired" });
words!(Origin { Command: "command", Folder: "folder", BuiltIn: "built-in" });

/// A kept version, without its files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionRow {
    pub digest: String,
    pub state: State,
    pub origin: Origin,
    pub note: Option<String>,
    pub kept: Timestamp,
    /// When a process last began to run it.
    pub ran: Option<Timestamp>,
    /// When its advice was taken back.
    pub withdrawn: Option<Timestamp>,
}

fn version_row(row: &Row) -> Result<VersionRow> {
    Ok(VersionRow {
        digest: row.get("digest")?,
        state: row.parse("state")?,
        origin: row.parse("origin")?,
        note: row.maybe("note")?,
        kept: row.get("kept")?,
        ran: row.maybe("ran")?,
        withdrawn: row.maybe("withdrawn")?,
    })
}

/// Keeps a version as a draft and says whether it was new; one that is there stays as it is.
pub async fn keep(tx: &mut Tx, version: &VersionRow, packed: &Packed) -> Result<bool> {
    let origin = version.origin.as_str();
    let (files, weights) = (packed.files.as_slice(), packed.weights.as_deref());
    let args = args![&version.digest, origin, version.note.as_deref(), version.kept, files, weights];
    Ok(tx.run(KEEP, args).await? == 1)
}

/// Notes that a process begins to run a version, and says whether it is kept.
pub async fn ran(tx: &mut Tx, digest: &str, now: Timestamp) -> Result<bool> {
    Ok(tx.run(RAN, args![digest, now]).await? == 1)
}

/// What a version was compiled from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    pub files: Files,
    /// Weights of the learned sign, where they were not the program's own.
    pub weights: Option<Vec<u8>>,
}

/// [`Content`] as it is kept.
#[derive(Clone, Debug)]
pub struct Packed {
    files: Vec<u8>,
    weights: Option<Vec<u8>>,
}

/// What a version was compiled from.
pub async fn content(tx: &mut Tx, digest: &str) -> Result<Option<Content>> {
    let packed =
        tx.maybe(FILES, args![digest], |row| Ok(Packed { files: row.get("files")?, weights: row.maybe("weights")? }));
    let Some(packed) = packed.await? else { return Ok(None) };
    let corrupt = |column| Error::Corrupt { table: "playbook_version", column };
    let files = inflated(&packed.files).and_then(|text| serde_json::from_slice(&text).ok());
    let weights = packed.weights.map(|weights| inflated(&weights).ok_or(corrupt("weights"))).transpose()?;
    Ok(Some(Content { files: files.ok_or(corrupt("files"))?, weights }))
}

/// Every version, the newest first; 1,000 at most.
pub async fn list(tx: &mut Tx) -> Result<Vec<VersionRow>> {
    tx.all(LIST, args![], version_row).await
}

/// The versions whose digest begins so; 9 at most.
pub async fn by_prefix(tx: &mut Tx, prefix: &str) -> Result<Vec<VersionRow>> {
    tx.all(BY_PREFIX, args![prefix], version_row).await
}

/// The digest that is published now.
pub async fn published(tx: &mut Tx) -> Result<Option<String>> {
    tx.maybe(PUBLISHED, args![], |row| row.get("digest")).await
}

/// The version that every process should run: the published one, else the one that a process began to run last.
pub async fn in_force(tx: &mut Tx) -> Result<Option<String>> {
    match published(tx).await? {
        Some(digest) => Ok(Some(digest)),
        None => tx.maybe(LAST_RAN, args![], |row| row.get("digest")).await,
    }
}

/// Publishes a version in place of the one that was. [`Conflict`](Error::Conflict) when it is published already, or
/// another command was first.
pub async fn publish(tx: &mut Tx, digest: &str, now: Timestamp) -> Result<()> {
    tx.run(RETIRE, args![]).await?;
    tx.run_exactly(1, PUBLISH, args![digest]).await?;
    tx.run_exactly(1, PUSH, args![digest, now]).await
}

/// Takes the last publication back and publishes the one before it; none when there was none.
/// [`Conflict`](Error::Conflict) when nothing is published.
pub async fn roll_back(tx: &mut Tx, now: Timestamp) -> Result<Option<String>> {
    tx.run_exactly(1, UNDO, args![now]).await?;
    tx.run(RETIRE, args![]).await?;
    let before: Option<String> = tx.maybe(STANDING, args![], |row| row.get("digest")).await?;
    if let Some(digest) = &before {
        tx.run_exactly(1, PUBLISH, args![digest]).await?;
    }
    Ok(before)
}

/// What a rollback would publish again.
pub async fn before(tx: &mut Tx) -> Result<Option<String>> {
    tx.maybe(BEFORE, args![], |row| row.get("digest")).await
}

/// Takes the advice of a version back.
pub async fn withdraw(tx: &mut Tx, digest: &str, now: Timestamp) -> Result<()> {
    tx.run(WITHDRAW, args![digest, now]).await.map(drop)
}

/// Takes back the advice of every version but this one that ran or was published; says how many there were.
pub async fn withdraw_earlier(tx: &mut Tx, digest: &str, now: Timestamp) -> Result<u64> {
    tx.run(WITHDRAW_EARLIER, args![digest, now]).await
}

/// The versions whose advice was taken back.
pub async fn withdrawn(tx: &mut Tx) -> Result<Vec<String>> {
    tx.all(WITHDRAWN, args![], |row| row.get("digest")).await
}

/// When each version that ever was published last was.
pub async fn publications(tx: &mut Tx) -> Result<Vec<(String, Timestamp)>> {
    tx.all(PUBLICATIONS, args![], |row| Ok((row.get("digest")?, row.get("at")?))).await
}

/// A version as it is kept: the quickest compression makes a quarter of its files.
pub fn packed(content: &Content) -> Packed {
    let text = serde_json::to_vec(&content.files).expect("texts by name are plain data");
    Packed { files: deflated(&text), weights: content.weights.as_deref().map(deflated) }
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory takes everything")
}

fn inflated(packed: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    ZlibDecoder::new(packed).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_files_come_out_as_they_went_in_and_damage_is_noticed() {
        let files: Files =
            [("a.yaml".to_owned(), "助记词: é\n".repeat(500)), ("b.yaml".to_owned(), String::new())].into();
        let text = serde_json::to_vec(&files).unwrap();
        let packed = packed(&Content { files, weights: None }).files;
        assert!(packed.len() < 500);
        assert_eq!(inflated(&packed), Some(text));
        assert_eq!(inflated(&packed[..packed.len() - 1]), None);
        assert_eq!(inflated(b"not deflated"), None);
    }
}
