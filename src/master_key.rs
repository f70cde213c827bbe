//! The master key's file: made once, readable by its owner alone, never in the database or its backup (CRY-04).

use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;

use anyhow::{Context, bail};
use zeroize::Zeroizing;

use crate::id::Random;
use crate::seal::{Kek, MASTER_LENGTH};

/// What a key file holds: the master key on its first line and, once data keys were sealed anew, `seal` with the key they
/// are under; while that is going on two of them (or the one of the master key and one), and the word `rotating`.
pub struct KeyFile {
    pub master: Zeroizing<[u8; MASTER_LENGTH]>,
    own: Vec<Zeroizing<[u8; 32]>>,
    rotating: bool,
}

impl KeyFile {
    /// The keys that data keys may be under, the newest first.
    pub fn keks(&self) -> Vec<Kek> {
        let mut keks: Vec<Kek> = self.own.iter().rev().cloned().map(Kek::Own).collect();
        if !self.rotating {
            keks.truncate(1);
        }
        if keks.is_empty() || self.rotating && keks.len() == 1 {
            keks.push(Kek::OfMaster);
        }
        keks
    }

    fn read(file: &Path) -> anyhow::Result<Self> {
        let text = Zeroizing::new(std::fs::read_to_string(file).with_context(|| file.display().to_string())?);
        let key = |digits: &str| {
            let mut key = Zeroizing::new([0; 32]);
            hex::decode_to_slice(digits, key.as_mut_slice())
                .map_err(|_| anyhow::anyhow!("{}: not 64 hex digits", file.display()))?;
            anyhow::Ok(key)
        };
        let mut lines = text.trim().lines();
        let master = key(lines.next().unwrap_or_default().trim())?;
        let (mut own, mut rotating) = (Vec::new(), false);
        for line in lines {
            match line.trim().split_once(' ') {
                Some(("seal", digits)) => own.push(key(digits)?),
                None if line.trim() == "rotating" => rotating = true,
                _ => bail!("{}: a line that is neither `seal` nor `rotating`", file.display()),
            }
        }
        Ok(Self { master, own, rotating })
    }

    /// Puts the file in place of the one there is; at no moment is there none, or half of one.
    fn write(&self, file: &Path) -> anyhow::Result<()> {
        let mut text = Zeroizing::new(hex::encode(self.master.as_slice()));
        for key in &self.own {
            text.push_str("\nseal ");
            text.push_str(&Zeroizing::new(hex::encode(key.as_slice())));
        }
        text.push_str(if self.rotating { "\nrotating\n" } else { "\n" });
        let mut beside = file.as_os_str().to_owned();
        beside.push(".new");
        let beside = std::path::PathBuf::from(beside);
        drop(std::fs::remove_file(&beside));
        let mut handle = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside)?;
        handle.write_all(text.as_bytes())?;
        handle.sync_all()?;
        std::fs::rename(&beside, file)?;
        if let Some(folder) = file.parent() {
            std::fs::File::open(folder)?.sync_all()?;
        }
        Ok(())
    }
}

/// Adds a new key to seal with; the one before still opens. Goes on with a change that was not ended.
pub fn begin_rotation(file: &Path, random: &dyn Random) -> anyhow::Result<()> {
    let mut keys = read_or_make(file, false, random)?;
    if !keys.rotating {
        let mut key = Zeroizing::new([0; 32]);
        random.fill(key.as_mut_slice());
        keys.own.push(key);
        keys.rotating = true;
        keys.write(file)?;
    }
    Ok(())
}

/// Takes the older key away: nothing is under it any more.
pub fn end_rotation(file: &Path) -> anyhow::Result<()> {
    let mut keys = KeyFile::read(file)?;
    let newest = keys.own.len().saturating_sub(1);
    keys.own.drain(..newest);
    keys.rotating = false;
    keys.write(file)
}

/// What the file holds now; nothing when it cannot be read.
pub fn keks_now(file: &Path) -> Option<Vec<Kek>> {
    KeyFile::read(file).ok().map(|keys| keys.keks())
}

/// The keys in a file; one is made when the file is missing and `may_make` says so.
pub fn read_or_make(file: &Path, may_make: bool, random: &dyn Random) -> anyhow::Result<KeyFile> {
    if !file.exists() {
        if !may_make {
            bail!(
                "{}: the master key is missing, and the database holds data sealed with it; put the key file back",
                file.display()
            );
        }
        let master = Zeroizing::new(make(file, random)?);
        return Ok(KeyFile { master, own: Vec::new(), rotating: false });
    }
    let about = std::fs::metadata(file).with_context(|| file.display().to_string())?;
    if about.mode() & 0o077 != 0 {
        bail!("{}: others can read the master key; run chmod 600 on it", file.display());
    }
    if about.uid() != rustix::process::geteuid().as_raw() {
        bail!("{}: the master key belongs to another user", file.display());
    }
    KeyFile::read(file)
}

fn make(file: &Path, random: &dyn Random) -> anyhow::Result<[u8; MASTER_LENGTH]> {
    let mut key = [0; MASTER_LENGTH];
    random.fill(&mut key);
    let text = Zeroizing::new(hex::encode(key));
    let mut handle = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file)
        .with_context(|| file.display().to_string())?;
    handle.write_all(text.as_bytes())?;
    handle.sync_all()?;
    if let Some(folder) = file.parent() {
        // The key must survive a power loss that the first sealed row survives.
        std::fs::File::open(folder)?.sync_all()?;
    }
    Ok(key)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    struct Sevens;

    impl Random for Sevens {
        fn fill(&self, buffer: &mut [u8]) {
            buffer.fill(7);
        }
    }

    #[test]
    fn a_key_is_made_once_and_refused_when_others_can_read_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("master.key");
        assert!(read_or_make(&file, false, &Sevens).err().unwrap().to_string().contains("missing"));
        assert_eq!(*read_or_make(&file, true, &Sevens).unwrap().master, [7; 32]);
        assert_eq!(*read_or_make(&file, false, &Sevens).unwrap().master, [7; 32]);
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).unwrap();
        assert!(read_or_make(&file, true, &Sevens).err().unwrap().to_string().contains("chmod 600"));
        std::fs::write(&file, "short").unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
        assert!(read_or_make(&file, true, &Sevens).err().unwrap().to_string().contains("64 hex"));
    }

    struct Eights;

    impl Random for Eights {
        fn fill(&self, buffer: &mut [u8]) {
            buffer.fill(8);
        }
    }

    /// CRY-05: while keys change the older one is kept, and at the end only the new one is left.
    #[test]
    fn a_rotation_keeps_the_older_key_until_it_ends() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("master.key");
        let kinds = || {
            let keks = keks_now(&file).unwrap();
            keks.iter().map(|kek| matches!(kek, Kek::Own(_))).collect::<Vec<_>>()
        };
        read_or_make(&file, true, &Sevens).unwrap();
        assert_eq!(kinds(), [false]);
        begin_rotation(&file, &Eights).unwrap();
        assert_eq!(kinds(), [true, false]);
        begin_rotation(&file, &Sevens).unwrap();
        assert_eq!(kinds(), [true, false], "it goes on with the one that was begun");
        end_rotation(&file).unwrap();
        assert_eq!(kinds(), [true]);
        begin_rotation(&file, &Sevens).unwrap();
        assert_eq!(kinds(), [true, true]);
        end_rotation(&file).unwrap();
        assert_eq!(kinds(), [true]);
        assert_eq!(*read_or_make(&file, false, &Sevens).unwrap().master, [7; 32], "the master key stays");
    }
}
