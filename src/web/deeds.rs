//! The forms of an incident's page in the staff console: what each demands, does and leads to.

use super::api::{incidents, taken};
use super::body::Fields;
use super::desk::refused;
use super::pages::staff::actions;
use super::problem::Problem;
use crate::access::Permission;
use crate::id::{Id, of};
use crate::phrase::scrub;
use crate::respond::Deed;

/// Characters of a note, message or reason.
const WORDS: usize = 8_000;

/// What a form demands of whoever sends it.
pub fn permission(post: actions::Post) -> Permission {
    use actions::Post;
    match post {
        Post::Claim | Post::Renew | Post::Release => Permission::ClaimIncident,
        Post::Message | Post::Note | Post::Step | Post::Escalate => Permission::WorkIncident,
        Post::Verdict | Post::Reopen => Permission::JudgeIncident,
        Post::Decide => Permission::DecideRequest,
    }
}

/// Where the browser goes when it is done.
pub fn after(post: actions::Post, id: Id<of::Incident>) -> String {
    use actions::Post;
    match post {
        Post::Release => "/staff?notice=released".to_owned(),
        Post::Verdict => "/staff?notice=closed".to_owned(),
        Post::Step => format!("{}#steps", actions::incident(id)),
        Post::Claim | Post::Renew | Post::Message | Post::Note | Post::Escalate | Post::Reopen | Post::Decide => {
            actions::incident(id)
        }
    }
}

/// What a form asks for.
pub struct Asked {
    pub deed: Deed,
    /// The words typed into it, scrubbed, for showing them again.
    pub typed: Option<String>,
    /// Links in a message whose sender has not said yet that they mean it; what our own steps say is not among them.
    pub links: Vec<String>,
}

/// The deed of a form.
pub fn deed(post: actions::Post, sent: &mut Fields) -> Result<Asked, Problem> {
    use actions::Post;
    let number = |sent: &mut Fields, name: &'static str| -> Result<i64, Problem> {
        sent.required(name)?.parse().map_err(|_| Problem::unprocessable().field(name, "a whole number"))
    };
    let words = |sent: &mut Fields, name: &'static str| -> Result<String, Problem> {
        Ok(taken(name, &sent.required(name)?, WORDS)?.0)
    };
    let (deed, typed) = match post {
        Post::Claim => (Deed::Claim, None),
        Post::Renew => (Deed::Renew { fence: number(sent, "fence")? }, None),
        Post::Release => (Deed::Release { fence: number(sent, "fence")? }, None),
        Post::Message => {
            // The blocks are steps in the person's language; each stands under what was typed.
            let typed = sent.one("text")?.unwrap_or_default();
            let sure = sent.one("sure")?.is_some();
            let links = if sure { Vec::new() } else { refused::links(&scrub(&typed).text) };
            let parts: Vec<String> =
                std::iter::once(typed).chain(sent.many("block")).filter(|part| !part.trim().is_empty()).collect();
            let text = taken("text", &parts.join("\n\n"), WORDS)?.0;
            return Ok(Asked { deed: Deed::Message { text: text.clone() }, typed: Some(text), links });
        }
        Post::Note => {
            let text = words(sent, "text")?;
            (Deed::Note { text: text.clone() }, Some(text))
        }
        Post::Step => {
            let state = sent.required("state")?;
            let state = state
                .parse()
                .map_err(|_| Problem::unprocessable().field("state", "open, done, cannot, not-sure, waived"))?;
            let mut maybe = |name: &'static str| -> Result<Option<i64>, Problem> {
                let whole =
                    |text: String| text.parse().map_err(|_| Problem::unprocessable().field(name, "a whole number"));
                sent.one(name)?.map(whole).transpose()
            };
            let seen = (maybe("fence")?, maybe("version")?);
            (incidents::tick((sent.required("step")?, state, sent.one("reason")?), seen)?, None)
        }
        Post::Verdict => {
            let verdict = sent.required("verdict")?.parse().map_err(|_| {
                Problem::unprocessable().field("verdict", "confirmed, false-alarm, answered, duplicate")
            })?;
            let kind = sent.one("kind")?.filter(|kind| !kind.is_empty());
            let (version, reason) = (number(sent, "version")?, words(sent, "reason")?);
            (Deed::Verdict { version, verdict, kind, reason: reason.clone() }, Some(reason))
        }
        Post::Escalate => {
            let level = number(sent, "level")?;
            let level = u8::try_from(level)
                .ok()
                .filter(|level| (1..=5).contains(level))
                .ok_or_else(|| Problem::unprocessable().field("level", "1 to 5"))?;
            let (version, reason) = (number(sent, "version")?, words(sent, "reason")?);
            (Deed::Escalate { version, level, reason: reason.clone() }, Some(reason))
        }
        Post::Reopen => {
            let (version, reason) = (number(sent, "version")?, words(sent, "reason")?);
            (Deed::Reopen { version, reason: reason.clone() }, Some(reason))
        }
        Post::Decide => {
            let request = sent.required("request")?;
            let request = request.parse().map_err(|_| Problem::unprocessable().field("request", "id of a request"))?;
            let grant = match sent.required("grant")?.as_str() {
                "yes" => true,
                "no" => false,
                _ => return Err(Problem::unprocessable().field("grant", "yes, no")),
            };
            let reason = words(sent, "reason")?;
            (Deed::Decide { request, grant, reason: reason.clone() }, Some(reason))
        }
    };
    Ok(Asked { deed, typed, links: Vec::new() })
}
