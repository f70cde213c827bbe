//! Who read how much, and what the house raised, are found in the trail by indexes over exactly what is asked for.

use sqlx::{AssertSqlSafe, Connection, PgConnection, Row, SqliteConnection};

use crate::support::app::{App, on_both};

const ASKS: &str = include_str!("../../../src/store/audit_views.rs");
const INDEXES: &str = include_str!("../../../migrations/0042_views_and_alarms.sql");

/// A statement, as it is asked with some moments and somebody.
fn asked(name: &str) -> String {
    let text = ASKS.split(&format!("const {name}: Sql = Sql::both(")).nth(1).unwrap().split('"').nth(1).unwrap();
    let actor = if name == "HOURS" { "'staff:x'" } else { "3" };
    text.replace("$3", actor).replace("$1", "1").replace("$2", "2")
}

/// The actions that a text asks for.
fn actions(text: &str) -> Vec<&str> {
    let list = text.split_once("action in (").unwrap().1.split(')').next().unwrap();
    list.split(',').map(|action| action.trim().trim_matches('\'')).collect()
}

/// How an engine would find the answer, were the trail long.
async fn plan(app: &App, sql: &str) -> String {
    match app.database.split_once("#schema=") {
        None => {
            let file = app.data.join("holdfast.db");
            let mut connection = SqliteConnection::connect(&format!("sqlite:{}", file.display())).await.unwrap();
            let text = AssertSqlSafe(format!("explain query plan {sql}"));
            let rows = sqlx::query(text).fetch_all(&mut connection).await.unwrap();
            rows.iter().map(|row| row.get::<String, _>("detail")).collect::<Vec<_>>().join("\n")
        }
        Some((address, schema)) => {
            let mut connection = PgConnection::connect(address).await.unwrap();
            // A short trail is read whole in any case.
            for setting in [&*format!("set search_path to \"{schema}\""), "set enable_seqscan = off"] {
                sqlx::query(AssertSqlSafe(setting.to_owned())).execute(&mut connection).await.unwrap();
            }
            let text = AssertSqlSafe(format!("explain {sql}"));
            let rows = sqlx::query(text).fetch_all(&mut connection).await.unwrap();
            rows.iter().map(|row| row.get::<String, _>(0)).collect::<Vec<_>>().join("\n")
        }
    }
}

/// RB-13: an index over fewer actions than are asked for would be of no use, and one over more would be larger than it must.
#[test]
fn what_is_asked_of_the_trail_by_action_is_found_by_its_index() {
    let index = |name: &str| INDEXES.split(&format!("create index {name} ")).nth(1).unwrap();
    for (name, held) in [("READERS", "audit_views"), ("HOURS", "audit_views"), ("ALARMS", "audit_alarms")] {
        assert_eq!(actions(&asked(name)), actions(index(held)), "{name}");
    }
    assert!(actions(index("audit_views")).contains(&"chat.case"));
    assert!(actions(index("audit_alarms")).contains(&"circle.orphaned"));
    on_both(async |app| {
        for (name, held) in [("READERS", "audit_views"), ("HOURS", "audit_views"), ("ALARMS", "audit_alarms")] {
            let plan = plan(&app, &asked(name)).await;
            assert!(plan.contains(held), "{name}: {plan}");
        }
    });
}
