//! Imports: how far a file came, kept with an audit entry when it is in.

use std::sync::Arc;

use super::{Respond, record};
use crate::audit::{Actor, Entry};
use crate::store::{Result, imports};

impl Respond {
    /// Rows of a file, by its digest, that are in already.
    pub async fn imported(&self, file: &str, endpoint: &str) -> Result<i64> {
        let mut tx = self.db.read().await?;
        imports::done(&mut tx, file, endpoint).await
    }

    /// Keeps how many rows of a file are in, and that it is whole once it is.
    pub async fn note_import(&self, (file, endpoint): (&str, &str), (rows, whole): (i64, bool)) -> Result<()> {
        let (room, file, endpoint) = (self.room(), file.to_owned(), endpoint.to_owned());
        self.writer
            .act(move |tx| {
                let (room, file, endpoint) = (Arc::clone(&room), file.clone(), endpoint.clone());
                Box::pin(async move {
                    let now = room.now();
                    imports::put(tx, (&file, &endpoint), (rows, now)).await?;
                    if !whole {
                        return Ok(());
                    }
                    let entry = Entry::done(now, Actor::System, "import.done", format!("endpoint:{endpoint}"))
                        .with("file", file)
                        .with("rows", rows);
                    record(tx, &[entry]).await
                })
            })
            .await
    }
}
