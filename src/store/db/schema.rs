//! The schema's history, oldest first.

use sqlx::migrate::{Migrate, Migration, MigrationType, Migrator};
use sqlx::{Connection, SqlStr};

use super::{Error, Result, Sql};

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
    (11, "orders", include_str!("../../../migrations/0011_orders.sql")),
    (12, "outbox", include_str!("../../../migrations/0012_outbox.sql")),
    (13, "corrections", include_str!("../../../migrations/0013_corrections.sql")),
    (14, "desk", include_str!("../../../migrations/0014_desk.sql")),
    (15, "corrections by staff", include_str!("../../../migrations/0015_corrections_by_staff.sql")),
    (16, "audit tree and privacy", include_str!("../../../migrations/0016_audit.sql")),
    (20, "sources", include_str!("../../../migrations/0020_sources.sql")),
    (21, "known bad", include_str!("../../../migrations/0021_known_bad.sql")),
    (22, "import", include_str!("../../../migrations/0022_import.sql")),
    (23, "consent", include_str!("../../../migrations/0023_consent.sql")),
    (24, "passkeys", include_str!("../../../migrations/0024_passkeys.sql")),
    (28, "notices and alarms", include_str!("../../../migrations/0028_notices.sql")),
    (30, "attachments", include_str!("../../../migrations/0030_attachments.sql")),
    (31, "numbers", include_str!("../../../migrations/0031_numbers.sql")),
    (32, "shift", include_str!("../../../migrations/0032_shift.sql")),
    (33, "known bad fetched", include_str!("../../../migrations/0033_known_bad_fetched.sql")),
    (34, "chats", include_str!("../../../migrations/0034_chats.sql")),
    (36, "when notices were sent", include_str!("../../../migrations/0036_notices_sent.sql")),
    (37, "sign-in through issuers", include_str!("../../../migrations/0037_federated.sql")),
    (38, "addresses of staff", include_str!("../../../migrations/0038_addresses.sql")),
    (39, "closed circles", include_str!("../../../migrations/0039_circle.sql")),
    (40, "automatic orders", include_str!("../../../migrations/0040_automatic.sql")),
    (41, "the desk at size", include_str!("../../../migrations/0041_desk_at_size.sql")),
    (42, "views and alarms in the trail", include_str!("../../../migrations/0042_views_and_alarms.sql")),
    (43, "orders that left", include_str!("../../../migrations/0043_orders_that_left.sql")),
    (44, "second voices", include_str!("../../../migrations/0044_second_voices.sql")),
];

/// Migrations whose words differ.
const FORKED: &[(i64, &str, Sql)] = &[(
    17,
    "audit is append-only",
    Sql::forked(
        include_str!("../../../migrations/0017_append_only_sqlite.sql"),
        include_str!("../../../migrations/0017_append_only_postgres.sql"),
    ),
)];

/// Whose words a forked migration is to be read in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Engine {
    Sqlite,
    Postgres,
}

/// Brings the schema up to date over a connection of its own, which is closed afterwards: closing also gives back the
/// advisory lock when a migration failed.
pub(super) async fn migrate<C: Migrate + Connection>(
    mut connection: C,
    (engine, schema): (Engine, Option<String>),
) -> Result<()> {
    let forked = FORKED.iter().map(|(version, name, text)| match engine {
        Engine::Sqlite => (*version, *name, text.sqlite),
        Engine::Postgres => (*version, *name, text.postgres),
    });
    let mut all: Vec<_> = MIGRATIONS.iter().copied().chain(forked).collect();
    all.sort_by_key(|(version, ..)| *version);
    let known = all.last().map_or(0, |(version, ..)| *version);
    let migrations = all
        .into_iter()
        .map(|(version, name, text)| {
            let text = SqlStr::from_static(text);
            Migration::new(version, name.into(), MigrationType::Simple, text, false)
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
