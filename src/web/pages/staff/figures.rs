//! Numbers, money and moments as staff read them, and the marks for urgency and danger.

use maud::{Markup, html};

use super::words as say;
use crate::scoring::Chance;
use crate::text::Language;
use crate::time::{Span, Timestamp};
use crate::web::pages::layout::Frame;
use crate::web::pages::words::{Say, time};

/// Centi-decibans with their sign; a true minus, so that columns line up.
pub fn points(points: i32) -> String {
    if points < 0 { format!("−{}", points.unsigned_abs()) } else { format!("+{points}") }
}

/// Thousandths as per cent.
pub fn thousandths(part: u16) -> String {
    let (whole, rest) = (part / 10, part % 10);
    if rest == 0 { format!("{whole} %") } else { format!("{whole}.{rest} %") }
}

/// A chance as per cent, with as many places as it takes not to read as certain.
pub fn chance(chance: Chance) -> String {
    let parts = chance.parts();
    let (tenths, hundredths) = ((parts + 500) / 1_000, (parts + 50) / 100);
    match parts {
        1_000..=998_999 => format!("{}.{} %", tenths / 10, tenths % 10),
        100..=999_899 => format!("{}.{:02} %", hundredths / 100, hundredths % 100),
        _ => format!("{}.{:04} %", parts / 10_000, parts % 10_000),
    }
}

/// Cents as United States dollars, with thousands set apart.
pub fn money(cents: i64) -> String {
    let dollars = (cents / 100).unsigned_abs().to_string();
    let mut grouped = String::new();
    for (place, digit) in dollars.chars().enumerate() {
        if place > 0 && (dollars.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if cents < 0 { "−" } else { "" };
    match (cents % 100).unsigned_abs() {
        0 => format!("{sign}US$ {grouped}"),
        rest => format!("{sign}US$ {grouped}.{rest:02}"),
    }
}

/// A length of time in its two greatest units; seconds only below a minute.
pub fn span(span: Span, language: Language) -> String {
    let seconds = span.millis().unsigned_abs() / 1_000;
    let (minutes, hours, days) = (seconds / 60, seconds / 3_600, seconds / 86_400);
    let said = |unit: Say, count: u64| unit.counted(language, i64::try_from(count).unwrap_or(i64::MAX));
    let two = |(unit, great): (Say, u64), (part, small): (Say, u64)| {
        if small == 0 { said(unit, great) } else { format!("{} {}", said(unit, great), said(part, small)) }
    };
    match seconds {
        0..60 => said(time::SHORT_SECONDS, seconds),
        60..5_400 => said(time::SHORT_MINUTES, minutes),
        5_400..86_400 => two((time::SHORT_HOURS, hours), (time::SHORT_MINUTES, minutes % 60)),
        _ => two((time::SHORT_DAYS, days), (time::SHORT_HOURS, hours % 24)),
    }
}

/// How long ago or how soon, and the exact moment in UTC, with the day where it is not today's.
pub fn moment(frame: &Frame<'_>, at: Timestamp, now: Timestamp) -> Markup {
    let away = span(now.since(at), frame.language);
    let relative = if at <= now { say::AGO } else { say::IN };
    html! {
        time datetime=(at) { (relative.around(frame.language, &html! { (away) })) }
        span.exact { (exact(at, now, frame.language)) }
    }
}

/// The moment in UTC to the second.
pub fn exact(at: Timestamp, now: Timestamp, language: Language) -> String {
    let (Ok(moment), Ok(today)) =
        (jiff::Timestamp::from_millisecond(at.millis()), jiff::Timestamp::from_millisecond(now.millis()))
    else {
        return at.to_string();
    };
    let day = |moment: jiff::Timestamp| moment.strftime("%F").to_string();
    let format = if day(moment) == day(today) { "%H:%M:%S UTC" } else { time::EXACT.get(language) };
    moment.strftime(format).to_string()
}

/// The urgency: its number, its word, and bars that say the same.
pub fn level(frame: &Frame<'_>, level: i64) -> Markup {
    html! { span.level data-level=(level) { b { (level) } " " (frame.say(say::level(level))) } }
}

/// Words of danger to life were seen: a shape and a word.
pub fn danger(frame: &Frame<'_>) -> Markup {
    html! { strong.danger-mark { "▲ " (frame.say(say::DANGER)) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chance_never_reads_as_certain() {
        assert_eq!(chance(Chance::of(9_000)), "99.9999 %");
        assert_eq!(chance(Chance::of(-9_000)), "0.0001 %");
        assert_eq!(chance(Chance::of(0)), "50.0 %");
        assert_eq!([chance(Chance::of(3_580)), chance(Chance::of(-3_580))], ["99.97 %", "0.03 %"]);
    }

    #[test]
    fn money_and_spans_read_at_a_glance() {
        assert_eq!(money(123_456_789), "US$ 1,234,567.89");
        assert_eq!((money(0), money(99_900)), ("US$ 0".to_owned(), "US$ 999".to_owned()));
        let shown = |seconds| span(Span::from_seconds(seconds), Language::En);
        assert_eq!(
            [shown(59), shown(89 * 60), shown(5_460), shown(90_000)],
            ["59 s", "89 min", "1 h 31 min", "1 d 1 h"]
        );
    }

    #[test]
    fn points_add_up_by_eye() {
        assert_eq!([points(-1_900), points(0), points(2_600)], ["−1900", "+0", "+2600"]);
        assert_eq!([thousandths(1_000), thousandths(625)], ["100 %", "62.5 %"]);
    }
}
