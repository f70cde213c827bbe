//! The archive: a folder of text files as they are, the files that the holder added, and the SHA-256 of each. Made piece by
//! piece, so that no more than one added file is in memory at a time.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use ring::digest::{SHA256, digest};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

use super::compose::{Chosen, Said, documents, readme};
use super::line;
use crate::respond::Evidence;
use crate::text::cell::cell;

/// An archive that is being made.
pub struct Archive {
    writer: ZipWriter<StreamWriter<Shared>>,
    made: Shared,
    folder: String,
    /// Hash and name of each file.
    manifest: Vec<String>,
}

/// What was made and not yet taken.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Archive {
    /// Begins with the documents of a case in each language; `has_files` says whether files of the holder follow.
    ///
    /// # Errors
    /// As [`Self::add`].
    pub fn begin(evidence: &[Evidence], chosen: Chosen<'_>, has_files: bool) -> io::Result<Self> {
        let mut files: Vec<(String, Vec<u8>)> = Vec::new();
        for one in evidence {
            let documents = std::iter::once(readme(Said(one.language), has_files)).chain(documents(one, chosen));
            files.extend(documents.map(|document| (format!("{}.txt", document.name), document.text().into_bytes())));
        }
        if let Some(one) = evidence.first() {
            files.push(("named.csv".to_owned(), table(one).into_bytes()));
        }
        files.sort();
        let made = Shared::default();
        let folder = evidence.first().map_or("case", |one| one.reference.as_str()).to_owned();
        let writer = ZipWriter::new_stream(made.clone());
        let mut archive = Self { writer, made, folder, manifest: Vec::new() };
        for (name, bytes) in files {
            archive.put(&name, &bytes)?;
        }
        Ok(archive)
    }

    /// Adds a file that the holder added to the case, under the name that we gave it.
    ///
    /// # Errors
    /// Only what the archive's format cannot hold: a name twice, four gigabytes in one file.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.put(&format!("files/{name}"), bytes)
    }

    fn put(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.manifest.push(format!("{}  {name}\n", hex::encode(digest(&SHA256, bytes))));
        self.write(name, bytes)
    }

    fn write(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored).unix_permissions(0o644);
        self.writer.start_file(format!("{}/{name}", self.folder), stored)?;
        self.writer.write_all(bytes)
    }

    /// What was made since the last time.
    pub fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.made.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Ends with the hashes of all files and gives what is left.
    ///
    /// # Errors
    /// As [`Self::add`].
    pub fn end(mut self) -> io::Result<Vec<u8>> {
        let hashes = self.manifest.concat();
        self.write("MANIFEST.sha256", hashes.as_bytes())?;
        let made = self.made.clone();
        self.writer.finish()?;
        Ok(std::mem::take(&mut *made.0.lock().unwrap_or_else(PoisonError::into_inner)))
    }
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
