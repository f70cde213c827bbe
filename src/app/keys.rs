//! The keys of a house: from their file, and checked against the database before anything is sealed with them.

use std::path::PathBuf;

use anyhow::{Context, bail};

use crate::config::Config;
use crate::id::Random;
use crate::master_key;
use crate::seal::{Keys, Place};
use crate::store::{self, Db, instance};

/// The file of the master key.
pub fn file_of(config: &Config) -> PathBuf {
    if config.key_file.is_empty() { config.data.join("master.key") } else { PathBuf::from(&config.key_file) }
}

/// The keys of the file, which are made when the database is new. While another process changes them they are read again.
pub async fn open(config: &Config, db: &Db, random: &dyn Random) -> anyhow::Result<Keys> {
    let file = file_of(config);
    let sealed_before = read_instance(db, KEY_CHECK).await?;
    let kept = master_key::read_or_make(&file, sealed_before.is_none(), random)?;
    let asked = file.clone();
    let keys = Keys::new(*kept.master).sealing_with(&kept.keks(), Box::new(move || master_key::keks_now(&asked)));
    let keys = keys.with_peppers(&config.people.peppers()?);
    check_key(db, &keys, (sealed_before, random)).await.with_context(|| file.display().to_string())?;
    Ok(keys)
}

const KEY_CHECK: &str = "key-check";
const CHECK_PLACE: Place<'static> = Place { table: "instance", column: "value", row: KEY_CHECK };

async fn read_instance(db: &Db, name: &str) -> store::Result<Option<String>> {
    let mut tx = db.read().await?;
    instance::get(&mut tx, name).await
}

/// Makes sure that the key is the one this database was begun with, before anything is sealed with another.
async fn check_key(db: &Db, keys: &Keys, (before, random): (Option<String>, &dyn Random)) -> anyhow::Result<()> {
    if let Some(sealed) = before {
        let opens = hex::decode(sealed).is_ok_and(|sealed| keys.open_data_key(CHECK_PLACE, &sealed).is_ok());
        if !opens {
            bail!("the master key is not the one this database was sealed with; put the right key file back");
        }
        return Ok(());
    }
    let (_, sealed) = keys.new_data_key(CHECK_PLACE, random);
    let mut tx = db.begin().await?;
    let kept = instance::put_new(&mut tx, KEY_CHECK, &hex::encode(&sealed)).await?;
    tx.commit().await?;
    let opens = hex::decode(kept).is_ok_and(|sealed| keys.open_data_key(CHECK_PLACE, &sealed).is_ok());
    if opens { Ok(()) } else { bail!("another node began this database with another master key") }
}
