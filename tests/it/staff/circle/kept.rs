//! Figures of a large house are kept for a minute, for whoever sees the same cases.

use holdfast::time::Span;

use super::{HOUSE, Known, Somebody, somebody};
use crate::support::app::{App, on_both_with};
use crate::support::fill;

/// The table of what is open on the page of figures, and whether the page says since when it stands.
async fn figures(app: &App, who: &Somebody) -> (String, bool) {
    let page = who.get(app, "/staff/numbers").await.text;
    let (before, table) = page.split_once("<section id=\"turnover\"").expect("the table of what came and is open");
    (table.split("</section>").next().unwrap().to_owned(), before.contains("reckoned anew about once a minute"))
}

/// RB-02: whoever may not see a case does not see it in figures that were reckoned before it was closed to them either.
#[test]
fn figures_of_a_large_house_are_kept_and_never_for_somebody_who_sees_less() {
    on_both_with(HOUSE, async |app| {
        let boss = somebody(&app, "boss", "responder approver auditor").await;
        let eve = somebody(&app, "eve", "responder auditor").await;
        let known = Known::report(&app, "otterwing").await;
        fill::open_cases(&app, 0, 2_500).await;
        let (first, kept) = figures(&app, &eve).await;
        assert!(!kept, "the first are of this moment");
        // One of three will be out of her sight, so no two sums are the same.
        Known::report(&app, "heronwing").await;
        Known::report(&app, "egretwing").await;
        assert_eq!(figures(&app, &eve).await, (first.clone(), true));
        assert_eq!(figures(&app, &boss).await, (first.clone(), true), "who sees the same is shown the same");

        boss.closes(&app, &known.incident, &[]).await;
        let (without, kept) = figures(&app, &eve).await;
        assert!(!kept && without != first, "who sees less now is shown nothing of before");
        assert_eq!(figures(&app, &boss).await, (first.clone(), true));

        app.clock.pass(Span::from_seconds(61));
        assert_eq!(figures(&app, &boss).await, (first.clone(), true), "shown until the new ones are there");
        let newer = async {
            loop {
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
                let (newer, kept) = figures(&app, &boss).await;
                if newer != first {
                    break kept;
                }
            }
        };
        assert!(tokio::time::timeout(std::time::Duration::from_secs(30), newer).await.expect("they are renewed"));
        app.clock.pass(Span::from_minutes(16));
        let ann = somebody(&app, "ann", "responder auditor").await;
        assert!(!figures(&app, &ann).await.1, "nothing older than a quarter of an hour is shown");
    });
}

/// In a small house the page is always of this moment.
#[test]
fn figures_of_a_small_house_are_of_this_moment() {
    on_both_with(HOUSE, async |app| {
        let ann = somebody(&app, "ann", "responder auditor").await;
        let (first, _) = figures(&app, &ann).await;
        Known::report(&app, "otterwing").await;
        let (then, kept) = figures(&app, &ann).await;
        assert!(then != first && !kept);
    });
}
