//! An assessment for people: what it is, how urgent, what it rests on to the last point, and what to do.

use std::io;

use super::judge::{Desk, Judged};
use crate::cli::screen::Screen;
use crate::cli::words::{chance, dollars, moment, word};
use crate::playbook::Class;
use crate::scoring::{Line, Standing};
use crate::text::Language;

/// Writes the whole explanation.
pub fn explain(screen: &mut Screen<'_>, desk: &Desk, judged: &Judged) -> io::Result<()> {
    head(screen, desk, judged)?;
    situation(screen, desk, judged)?;
    reasons(screen, desk, judged)?;
    others(screen, desk, judged)?;
    steps(screen, judged)
}

fn head(screen: &mut Screen<'_>, desk: &Desk, judged: &Judged) -> io::Result<()> {
    let assessment = &judged.assessment;
    let lane = match assessment.class {
        Class::Security => "security: jumps the queue",
        Class::Routine => "routine: waits its turn",
    };
    let title = screen.urgent(assessment.level, desk.lead(assessment).title.get(judged.language));
    writeln!(screen.out, "{title}  {}", screen.faint(&assessment.lead))?;
    let rows = [
        ("class", assessment.class.as_str().to_owned()),
        ("chance", chance(assessment.chance)),
        ("level", format!("{} of 5", assessment.level)),
        ("lane", lane.to_owned()),
        ("head start", format!("{} min", assessment.head_start.minutes())),
    ];
    table(screen, &rows)
}

fn situation(screen: &mut Screen<'_>, desk: &Desk, judged: &Judged) -> io::Result<()> {
    let (assessment, situation) = (&judged.assessment, &judged.assessment.situation);
    screen.heading("Situation")?;
    let known = if situation.value_known { "named" } else { "assumed by the playbook" };
    let mut rows = vec![
        ("exposure", word(&situation.exposure)),
        ("activity", word(&situation.activity)),
        ("remaining", word(&situation.remaining)),
        ("can act", word(&situation.can_act)),
        ("value", format!("{} USD, {known}", dollars(situation.value_cents))),
        (
            "loss",
            format!(
                "{} USD if passed over for {} min",
                dollars(assessment.loss_cents),
                desk.set.policy.order.delay.minutes()
            ),
        ),
        ("rate", format!("{} USD saved by a staff minute", dollars(assessment.rate_cents))),
    ];
    if let Some(danger) = &situation.danger {
        rows.push(("danger", format!("to {}: people first", word(danger))));
    }
    table(screen, &rows)
}

fn reasons(screen: &mut Screen<'_>, desk: &Desk, judged: &Judged) -> io::Result<()> {
    screen.heading("Why (hundredths of a deciban; 1000 is ten to one)")?;
    let lead = desk.lead_standing(&judged.assessment);
    standing(screen, &lead, judged.language)?;
    for other in judged.assessment.alternatives() {
        writeln!(screen.out)?;
        standing(screen, other, judged.language)?;
    }
    Ok(())
}

/// The lines of one playbook and their sum.
fn standing(screen: &mut Screen<'_>, standing: &Standing, language: Language) -> io::Result<()> {
    let acts = if standing.acts { "above its threshold" } else { "below its threshold" };
    writeln!(screen.out, "  {}  {}, {acts}", screen.bold(&standing.kind), chance(standing.chance))?;
    for line in &standing.lines {
        let points = line.points();
        match line {
            Line::Prior { .. } => writeln!(screen.out, "  {points:>+7}  prior: how rare it is among all contacts")?,
            Line::Evidence { group, sign, weight, reliability, because, .. } => {
                let text = match language {
                    Language::En => &because.en,
                    Language::Zh | Language::ZhHant => &because.zh,
                };
                writeln!(screen.out, "  {points:>+7}  {text}")?;
                let rests = because.words.as_ref().map(|words| format!("  “{words}”")).unwrap_or_default();
                let sum = format!("{group}/{sign}  {weight:+} × {}{rests}", thousandths(*reliability));
                writeln!(screen.out, "           {}", screen.faint(sum))?;
            }
            Line::GroupCap { group, .. } => writeln!(screen.out, "  {points:>+7}  cap of the group {group}")?,
            Line::AnonymousCap { .. } => {
                writeln!(screen.out, "  {points:>+7}  cap on what an unproven person can move")?;
            }
        }
    }
    let sum: i32 = standing.lines.iter().map(Line::points).sum();
    writeln!(screen.out, "  {:>7}", "-------")?;
    writeln!(screen.out, "  {sum:>+7}  log-odds: {}", chance(standing.chance))
}

fn thousandths(parts: u16) -> String {
    let text = format!("{}.{:03}", parts / 1_000, parts % 1_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn others(screen: &mut Screen<'_>, desk: &Desk, judged: &Judged) -> io::Result<()> {
    let others: Vec<&Standing> = judged.assessment.alternatives().collect();
    if others.is_empty() {
        return Ok(());
    }
    screen.heading("It may also be")?;
    for other in others {
        let title = desk.set.kind(&other.kind).map_or("", |kind| kind.title.get(judged.language));
        writeln!(screen.out, "  {:>8}  {}  {title}", chance(other.chance), other.kind)?;
    }
    Ok(())
}

fn steps(screen: &mut Screen<'_>, judged: &Judged) -> io::Result<()> {
    if !judged.notices.is_empty() {
        screen.heading("Notices")?;
        for notice in &judged.notices {
            writeln!(screen.out, "  {}: {}", notice.id, notice.text)?;
        }
    }
    screen.heading("Steps for the person")?;
    for (number, step) in (1..).zip(&judged.guidance.steps) {
        writeln!(screen.out, "  {number:>2}  {:<11}  {}", moment(step.moment), step.text)?;
        writeln!(screen.out, "                   {}", screen.faint(&step.why))?;
    }
    if !judged.guidance.never.is_empty() {
        screen.heading("Never")?;
        for never in &judged.guidance.never {
            writeln!(screen.out, "  {}  {}", never.text, screen.faint(&never.why))?;
        }
    }
    Ok(())
}

fn table(screen: &mut Screen<'_>, rows: &[(&str, String)]) -> io::Result<()> {
    for (name, value) in rows {
        writeln!(screen.out, "  {name:<11}{value}")?;
    }
    Ok(())
}
