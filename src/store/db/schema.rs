//! The schema's history, oldest first.

use sqlx::migrate::{Migrate, Migration, MigrationType, Migrator};
use sqlx::{Connection, SqlStr};

use super::{Error, Result};

/// Compiled in as texts rather than with `migrate!`, which wants a build script to notice a changed file. sqlx's
/// `Migrator` runs them: a transaction each, a lock against a second node, a checksum against an edited past.
const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "road", include_str!("../../../migrations/0001_road.sql")),
    (2, "steps", include_str!("../../../migrations/0002_steps.sql")),
    (3, "history", include_str!("../../../migrations/0003_history.sql")),
    (4, "versions", include_str!("../../../migrations/0004_versions.sql")),
    (5, "case page", include_str!("../../../migrations/0005_case_page.sql")),
    (6, "trust", include_str!("../../../migrations/0006_trust.sql")),
    (7, "attention", include_str!("../../../migrations/0007_attention.sql")),
    (8, "people", include_str!("../../../migrations/0008_people.sql")),
    (10, "copies", include_str!("../../../migrations/0010_copies.sql")),
    (13, "corrections", include_str!("../../../migrations/0013_corrections.sql")),
    (23, "consent", include_str!("../../../migrations/0023_consent.sql")),
];

/// Brings the schema up to date over a connection of its own, which is closed afterwards: closing also gives back the
/// advisory lock when a migration failed.
pub(super) async fn migrate<C: Migrate + Connection>(mut connection: C, schema: Option<String>) -> Result<()> {
    let known = MIGRATIONS.iter().map(|(version, _, _)| *version).max().unwrap_or(0);
    let migrations = MIGRATIONS
        .iter()
        .map(|(version, name, text)| {
            let text = SqlStr::from_static(text);
            Migration::new(*version, (*name).into(), MigrationType::Simple, text, false)
        })
        .collect();
    let mut migrator = Migrator::with_migrations(migrations);
    if let Some(schema) = schema {
        migrator.create_schema(schema);
    }
    let outcome = migrator.run_direct(None, &mut connection, false).await;
    connection.close().await.map_err(|cause| Error::classify("", cause))?;
    outcome.map_err(|cause| Error::from_migration(known, cause))
}
