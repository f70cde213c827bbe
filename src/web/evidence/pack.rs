//! The archive: a folder of text files as they are, with the SHA-256 of each.

use std::io::{Cursor, Write};

use ring::digest::{SHA256, digest};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::compose::{Chosen, Said, documents, readme};
use super::line;
use crate::respond::Evidence;
use crate::text::cell::cell;

/// Makes the archive of a case from its evidence in each language.
///
/// # Errors
/// Only when memory for it runs out.
pub fn archive(evidence: &[Evidence], chosen: Chosen<'_>) -> std::io::Result<Vec<u8>> {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for one in evidence {
        let documents = std::iter::once(readme(Said(one.language))).chain(documents(one, chosen));
        files.extend(documents.map(|document| (format!("{}.txt", document.name), document.text().into_bytes())));
    }
    if let Some(one) = evidence.first() {
        files.push(("named.csv".to_owned(), table(one).into_bytes()));
    }
    files.sort();
    let hashes: Vec<String> =
        files.iter().map(|(name, bytes)| format!("{}  {name}\n", hex::encode(digest(&SHA256, bytes)))).collect();
    files.push(("MANIFEST.sha256".to_owned(), hashes.concat().into_bytes()));

    let folder = evidence.first().map_or("case", |one| one.reference.as_str());
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored).unix_permissions(0o644);
    for (name, bytes) in files {
        archive.start_file(format!("{folder}/{name}"), stored)?;
        archive.write_all(&bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// What was named, a line each (RFC 4180).
fn table(evidence: &Evidence) -> String {
    let mut table = "kind,family,value,first_named\r\n".to_owned();
    for named in &evidence.named {
        let kind = serde_json::to_value(named.kind).ok();
        let kind = kind.as_ref().and_then(|kind| kind.as_str()).unwrap_or_default();
        let family = named.family.map(|family| family.to_string()).unwrap_or_default();
        let cells = [kind, &family, &line(&named.value), &named.first.to_string()].map(cell);
        table.push_str(&cells.join(","));
        table.push_str("\r\n");
    }
    table
}
