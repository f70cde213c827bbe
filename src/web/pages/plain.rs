//! The steps as plain text: to keep, to print, to read out. Never the code or the link.

use std::fmt::Write;

use maud::html;

use super::words::{self, Say, answer as say, plan};
use crate::guidance::{Guidance, Outlook, Step};
use crate::playbook::Moment;
use crate::text::Language;

/// What the text is made of.
pub struct Plain<'a> {
    pub brand: &'a str,
    pub reference: &'a str,
    pub title: &'a str,
    pub summary: &'a str,
    pub outlook: Option<&'a Outlook>,
    pub guidance: &'a Guidance,
}

/// The whole text, lines ended as every system reads them.
pub fn text(plain: &Plain<'_>) -> String {
    let language = plain.guidance.language;
    let mut out = Lines::default();
    out.line(&format!("{} · {}", plain.brand, plain.reference));
    out.line(say::TEXT_NEVER_ASK.get(language));
    out.gap();
    out.line(plain.title);
    out.line(plain.summary);
    if let Some(outlook) = plain.outlook {
        out.gap();
        if let Some(haste) = &outlook.haste {
            out.line(haste);
        }
        for (label, items) in [(say::can(outlook), &outlook.can), (say::CANNOT, &outlook.cannot)] {
            out.line(&format!("{}{}", label.get(language), colon(language)));
            for item in items {
                out.line(&format!("- {item}"));
            }
        }
    }
    steps(&mut out, plain.guidance);
    if !plain.guidance.never.is_empty() {
        out.gap();
        out.line(&plan::NEVER.get(language).to_uppercase());
        for never in &plain.guidance.never {
            out.line(&format!("- {}{}", plan::NEVER_THIS.get(language), never.text));
            out.line(&format!("  {}", never.why));
        }
    }
    out.0
}

fn steps(out: &mut Lines, guidance: &Guidance) {
    let language = guidance.language;
    let moments = [Moment::Now, Moment::FiveMinutes, Moment::FirstHour, Moment::FirstDay];
    let in_order: Vec<&Step> =
        moments.iter().flat_map(|moment| guidance.steps.iter().filter(move |step| step.moment == *moment)).collect();
    let mut last = None;
    for (number, step) in (1..).zip(&in_order) {
        if last != Some(step.moment) {
            out.gap();
            out.line(&plan::moment(step.moment).get(language).to_uppercase());
            last = Some(step.moment);
        }
        let takes = step.takes.as_ref().map(|takes| format!(" {}", words::about(takes, language))).unwrap_or_default();
        out.line(&format!("{number}. {}{takes}", step.text));
        out.part(plan::WHY, &step.why, language);
        if let Some(worked) = &step.worked {
            out.part(plan::WORKED, worked, language);
        }
        let instead = step.instead.as_ref().and_then(|id| in_order.iter().position(|other| other.id == *id));
        if let Some(place) = instead {
            let text = say::TEXT_CANNOT.around(language, &html! { (place + 1) }).into_string();
            out.line(&format!("   {text}"));
        } else {
            out.part(plan::CANNOT_DO, plan::WRITE.get(language), language);
        }
    }
}

fn colon(language: Language) -> &'static str {
    match language {
        Language::En => ":",
        Language::Zh | Language::ZhHant => "：",
    }
}

#[derive(Default)]
struct Lines(String);

impl Lines {
    fn line(&mut self, text: &str) {
        let one: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
        let _ = write!(self.0, "{one}\r\n");
    }

    fn part(&mut self, label: Say, text: &str, language: Language) {
        self.line(&format!("   {}{text}", label.get(language)));
    }

    fn gap(&mut self) {
        self.0.push_str("\r\n");
    }
}
