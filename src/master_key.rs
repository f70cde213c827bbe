//! The master key's file: made once, readable by its owner alone, never in the database or its backup (CRY-04).

use std::fs::OpenOptions;
use std::io::{Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;

use anyhow::{Context, bail};
use zeroize::Zeroizing;

use crate::id::Random;
use crate::seal::MASTER_LENGTH;

/// The key in a file; one is made when the file is missing and `may_make` says so.
pub fn read_or_make(file: &Path, may_make: bool, random: &dyn Random) -> anyhow::Result<[u8; MASTER_LENGTH]> {
    if !file.exists() {
        if !may_make {
            bail!(
                "{}: the master key is missing, and the database holds data sealed with it; put the key file back",
                file.display()
            );
        }
        return make(file, random);
    }
    let mut handle = OpenOptions::new().read(true).open(file).with_context(|| file.display().to_string())?;
    let about = handle.metadata()?;
    if about.mode() & 0o077 != 0 {
        bail!("{}: others can read the master key; run chmod 600 on it", file.display());
    }
    if about.uid() != rustix::process::geteuid().as_raw() {
        bail!("{}: the master key belongs to another user", file.display());
    }
    let mut text = Zeroizing::new(String::new());
    handle.read_to_string(&mut text)?;
    let mut key = [0; MASTER_LENGTH];
    hex::decode_to_slice(text.trim(), &mut key)
        .map_err(|_| anyhow::anyhow!("{}: not 64 hex digits", file.display()))?;
    Ok(key)
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
        assert!(read_or_make(&file, false, &Sevens).unwrap_err().to_string().contains("missing"));
        assert_eq!(read_or_make(&file, true, &Sevens).unwrap(), [7; 32]);
        assert_eq!(read_or_make(&file, false, &Sevens).unwrap(), [7; 32]);
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).unwrap();
        assert!(read_or_make(&file, true, &Sevens).unwrap_err().to_string().contains("chmod 600"));
        std::fs::write(&file, "short").unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
        assert!(read_or_make(&file, true, &Sevens).unwrap_err().to_string().contains("64 hex"));
    }
}
