//! The file of checkpoints: signed notes one after the other, with an empty line between; only ever added to.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};

use crate::audit::{Checkpoint, Signer};

/// More than a few notes.
const TAIL: u64 = 8_192;

/// The file with the key that its notes are signed with.
#[derive(Clone)]
pub struct Checkpoints {
    file: PathBuf,
    pub signer: Arc<Signer>,
}

impl Checkpoints {
    /// The file, made when missing, with the public key in a file beside it.
    pub fn open(file: &Path, signer: Signer) -> anyhow::Result<Self> {
        let opened = OpenOptions::new().create(true).append(true).open(file);
        opened.with_context(|| format!("{}: checkpoints of the audit trail", file.display()))?;
        let mut beside = file.as_os_str().to_owned();
        beside.push(".pub");
        std::fs::write(&beside, format!("{}\n", signer.public())).with_context(|| beside.display().to_string())?;
        Ok(Self { file: file.to_path_buf(), signer: Arc::new(signer) })
    }

    /// The last checkpoint; nothing while the file is empty. What a power cut left of a note behind it is passed over.
    pub fn last(&self) -> anyhow::Result<Option<Checkpoint>> {
        Ok(self.end(&mut File::open(&self.file)?)?.0)
    }

    /// Adds a checkpoint, unless another process has vouched for as many entries already.
    pub fn add(&self, checkpoint: &Checkpoint) -> anyhow::Result<()> {
        let mut file = OpenOptions::new().read(true).write(true).open(&self.file)?;
        file.lock()?;
        let (last, end) = self.end(&mut file)?;
        if last.is_some_and(|last| last.size >= checkpoint.size) {
            return Ok(());
        }
        file.set_len(end)?;
        file.seek(SeekFrom::End(0))?;
        let between = if end == 0 { "" } else { "\n" };
        file.write_all(format!("{between}{}", self.signer.sign(checkpoint)).as_bytes())?;
        file.sync_all()?;
        Ok(())
    }

    /// The whole file.
    pub fn all(&self) -> anyhow::Result<String> {
        Ok(std::fs::read_to_string(&self.file)?)
    }

    /// The last whole note of the file and the place where it ends.
    fn end(&self, file: &mut File) -> anyhow::Result<(Option<Checkpoint>, u64)> {
        let length = file.metadata()?.len();
        let from = length.saturating_sub(TAIL);
        file.seek(SeekFrom::Start(from))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        // The tail may begin within a letter.
        let tail = String::from_utf8_lossy(&bytes);
        let mut notes: Vec<&str> = tail.split("\n\n").collect();
        if length == 0 {
            return Ok((None, 0));
        }
        while let Some(signature) = notes.pop() {
            let Some(body) = notes.last() else { break };
            let note = format!("{body}\n\n{}\n", signature.trim_end_matches('\n'));
            if let Ok(checkpoint) = self.signer.read(&note) {
                // Counted in bytes: a torn letter would be another number of bytes in the text.
                let ending = format!("{}\n", signature.trim_end_matches('\n'));
                let starts = bytes.windows(ending.len()).rposition(|window| window == ending.as_bytes());
                let Some(starts) = starts else { continue };
                let lost = bytes.len() - starts - ending.len();
                return Ok((Some(checkpoint), length - u64::try_from(lost)?));
            }
        }
        if !tail.contains('\u{2014}') {
            return Ok((None, 0));
        }
        bail!(
            "holds no checkpoint signed with the key of this audit trail: it belongs to another database, or a database from \
             before its first checkpoint was put back; where this one is wanted, `holdfast audit adopt` goes on from it"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(size: u64) -> Checkpoint {
        Checkpoint { size, root: [u8::try_from(size % 250).unwrap(); 32] }
    }

    #[test]
    fn notes_are_added_in_order_and_a_torn_one_is_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("checkpoints");
        let open = |seed| Checkpoints::open(&file, Signer::new(&[seed; 32])).unwrap();
        let checkpoints = open(7);
        assert_eq!(checkpoints.last().unwrap(), None);
        for size in 1..=100 {
            checkpoints.add(&at(size)).unwrap();
            assert_eq!(checkpoints.last().unwrap(), Some(at(size)));
        }
        checkpoints.add(&at(50)).unwrap();
        assert_eq!(checkpoints.last().unwrap(), Some(at(100)), "another process was further");
        let whole = checkpoints.all().unwrap();
        let next = format!("\n{}", checkpoints.signer.sign(&at(101)));
        for torn in 1..next.len() - 1 {
            std::fs::write(&file, [whole.as_bytes(), &next.as_bytes()[..torn]].concat()).unwrap();
            assert_eq!(checkpoints.last().unwrap(), Some(at(100)), "{torn}");
            checkpoints.add(&at(101)).unwrap();
            assert_eq!(checkpoints.all().unwrap(), format!("{whole}{next}"), "{torn}");
        }
        assert!(open(8).last().is_err(), "another key");
    }
}
