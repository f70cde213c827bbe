//! `holdfast playbook explain`: one playbook as its readers need it, in both languages.

use std::io;

use crate::cli::screen::Screen;
use crate::cli::words::{chance, dollars, moment, word};
use crate::playbook::{Audience, Kind, Sets, Sign, Test, Words};
use crate::scoring::Chance;
use crate::time::Span;

/// Writes a playbook out.
pub fn explain(screen: &mut Screen<'_>, kind: &Kind) -> io::Result<()> {
    let id = screen.bold(&kind.id);
    writeln!(screen.out, "{id}  {}", kind.class.as_str())?;
    both(screen, "  ", &kind.title)?;
    both(screen, "  ", &kind.summary)?;
    stakes(screen, kind)?;
    signs(screen, kind)?;
    questions(screen, kind)?;
    for (audience, title) in [(Audience::Person, "Steps for the person"), (Audience::Staff, "Steps for staff")] {
        steps(screen, kind, audience, title)?;
    }
    screen.heading("Never")?;
    for never in &kind.never {
        both(screen, "  ", &never.action)?;
    }
    screen.heading("Orders that staff may place")?;
    for order in &kind.orders {
        writeln!(
            screen.out,
            "  {}  for {}, {} to approve, undone by {}{}",
            order.action,
            order.expires,
            word_of(order.approval),
            order.undo,
            if order.automatic { ", placed by itself on a signed alert" } else { "" }
        )?;
    }
    screen.heading("Sources")?;
    for source in &kind.sources {
        writeln!(screen.out, "  {source}")?;
    }
    writeln!(screen.out, "\n{} examples", kind.examples.len())
}

fn word_of(approval: crate::playbook::Approval) -> &'static str {
    match approval {
        crate::playbook::Approval::One => "one person",
        crate::playbook::Approval::Two => "two people",
    }
}

fn stakes(screen: &mut Screen<'_>, kind: &Kind) -> io::Result<()> {
    let stakes = &kind.stakes;
    screen.heading("Stakes")?;
    let reach: Vec<String> = stakes.reach.iter().map(|(bucket, share)| format!("{bucket} {share}")).collect();
    let rows = [
        ("prior", format!("{} of all contacts ({:+})", chance(Chance::of(kind.prior)), kind.prior)),
        ("leads from", format!("{} ({:+})", chance(Chance::of(kind.act_at)), kind.act_at)),
        ("half-life", format!("{}: after this, half of what was left is usually gone", span(stakes.half_life))),
        ("reach", reach.join(", ")),
        ("value", format!("{} USD when nobody knows", dollars(stakes.assumed_cents))),
        ("help works", format!("{} of the time", stakes.help_works)),
        ("handling", span(stakes.handling)),
        (
            "situation",
            format!(
                "exposure {}, activity {}, can act {}",
                word(&stakes.exposure),
                word(&stakes.activity),
                word(&stakes.can_act)
            ),
        ),
    ];
    for (name, value) in rows {
        writeln!(screen.out, "  {name:<12}{value}")?;
    }
    Ok(())
}

fn span(span: Span) -> String {
    let minutes = span.minutes();
    match minutes {
        0 => format!("{} s", span.millis() / 1_000),
        _ if minutes % 1_440 == 0 => format!("{} d", minutes / 1_440),
        _ if minutes % 60 == 0 => format!("{} h", minutes / 60),
        _ => format!("{minutes} min"),
    }
}

/// The signs of each group, the heaviest group and sign first.
fn signs(screen: &mut Screen<'_>, kind: &Kind) -> io::Result<()> {
    screen.heading("Signs by weight (hundredths of a deciban; 1000 is ten to one)")?;
    let mut groups: Vec<_> =
        kind.groups.iter().map(|group| (group, group.signs.iter().collect::<Vec<&Sign>>())).collect();
    for (_, signs) in &mut groups {
        signs.sort_by_key(|sign| (-i64::from(sign.weight).abs(), &sign.id));
    }
    groups.sort_by_key(|(group, signs)| (-signs.first().map_or(0, |sign| i64::from(sign.weight).abs()), &group.id));
    for (group, signs) in groups {
        writeln!(screen.out, "  {}  together at most {}", screen.bold(&group.id), group.cap)?;
        for sign in signs {
            let how = match &sign.test {
                Test::Match(_) => "fields",
                Test::Phrases => "words",
                Test::Frames => "frame",
                Test::Correlate(_) => "several signals",
                Test::Learned => "the whole text",
            };
            writeln!(screen.out, "    {:>+6}  {}  {}{}", sign.weight, sign.id, screen.faint(how), sets(sign.sets))?;
            both(screen, "            ", &sign.because)?;
        }
    }
    Ok(())
}

fn sets(sets: Sets) -> String {
    let parts = [
        sets.exposure.map(|exposure| format!("exposure {}", word(&exposure))),
        sets.activity.map(|activity| format!("activity {}", word(&activity))),
        sets.remaining.map(|remaining| format!("remaining {}", word(&remaining))),
        sets.can_act.map(|able| format!("can act {}", word(&able))),
        sets.danger.map(|danger| format!("danger to {}", word(&danger))),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { String::new() } else { format!("  sets {}", parts.join(", ")) }
}

fn questions(screen: &mut Screen<'_>, kind: &Kind) -> io::Result<()> {
    screen.heading("Questions")?;
    for question in &kind.questions {
        let id = screen.bold(&question.id);
        writeln!(screen.out, "  {id}")?;
        both(screen, "    ", &question.ask)?;
        for answer in &question.answers {
            writeln!(
                screen.out,
                "    {:>+6}  {}  {} / {}{}",
                answer.weight,
                answer.id,
                answer.text.en,
                answer.text.zh,
                sets(answer.sets)
            )?;
        }
    }
    Ok(())
}

fn steps(screen: &mut Screen<'_>, kind: &Kind, audience: Audience, title: &str) -> io::Result<()> {
    screen.heading(title)?;
    for compiled in kind.steps.iter().filter(|compiled| compiled.step.audience == audience) {
        let step = &compiled.step;
        let when = if compiled.when.is_some() || compiled.unless.is_some() { "  (hangs on an answer)" } else { "" };
        writeln!(screen.out, "  {:<11}{}{when}", moment(step.moment), screen.bold(&step.id))?;
        both(screen, "             ", &step.action)?;
    }
    Ok(())
}

fn both(screen: &mut Screen<'_>, indent: &str, words: &Words) -> io::Result<()> {
    writeln!(screen.out, "{indent}{}\n{indent}{}", words.en, words.zh)
}
