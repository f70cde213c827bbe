//! The bodies of the three chats: who wrote, which call it is, what they wrote.

use serde::Deserialize;
use serde_json::Value;

use super::Said;
use crate::intake::verify::Refused;

/// Longer names than any chat gives.
const LONGEST: usize = 200;

/// Feishu's event with what proves that it is of this app.
pub struct Event {
    pub token: String,
    pub app: String,
    pub said: Option<Said>,
}

/// A text that names something: not empty, of one line, not endless.
fn name(text: &str) -> Option<&str> {
    let fits = !text.is_empty() && text.len() <= LONGEST && !text.chars().any(char::is_control);
    fits.then_some(text)
}

/// A slash command. A member that comes twice could be read in two ways, so it is refused.
pub fn slack(body: &[u8]) -> Result<Option<Said>, Refused> {
    let mut found: [Option<String>; 4] = [const { None }; 4];
    for (member, value) in url::form_urlencoded::parse(body) {
        let Some(place) = ["team_id", "user_id", "trigger_id", "text"].iter().position(|known| *known == member) else {
            continue;
        };
        if found[place].replace(value.into_owned()).is_some() {
            return Err(Refused::Malformed);
        }
    }
    let [team, user, trigger, text] = found;
    let (team, user) = (team.unwrap_or_default(), user.unwrap_or_default());
    let (Some(team), Some(user)) = (name(&team), name(&user)) else { return Err(Refused::Malformed) };
    let id = trigger.as_deref().and_then(name).map(str::to_owned);
    Ok(Some(Said { member: format!("{team}/{user}"), to: user.to_owned(), id, text: text.unwrap_or_default() }))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Ding {
    msgtype: String,
    msg_id: Option<String>,
    sender_corp_id: Option<String>,
    /// Only colleagues have one.
    sender_staff_id: Option<String>,
    text: Option<DingText>,
}

#[derive(Deserialize)]
struct DingText {
    content: String,
}

/// What somebody wrote to a bot of `DingTalk`.
pub fn dingtalk(body: &[u8]) -> Result<Option<Said>, Refused> {
    let ding: Ding = serde_json::from_slice(body).map_err(|_| Refused::Malformed)?;
    let Some(text) = ding.text.filter(|_| ding.msgtype == "text") else { return Ok(None) };
    let (corp, staff) = (ding.sender_corp_id.unwrap_or_default(), ding.sender_staff_id.unwrap_or_default());
    let Some(staff) = name(&staff) else { return Ok(None) };
    let corp = name(&corp).unwrap_or("-");
    let id = ding.msg_id.as_deref().and_then(name).map(str::to_owned);
    Ok(Some(Said { member: format!("{corp}/{staff}"), to: staff.to_owned(), id, text: text.content }))
}

#[derive(Deserialize)]
struct Lark {
    header: LarkHeader,
    event: Value,
}

#[derive(Deserialize)]
struct LarkHeader {
    event_id: String,
    event_type: String,
    #[serde(default)]
    token: String,
    #[serde(default)]
    app_id: String,
    #[serde(default)]
    tenant_key: String,
}

/// An unpacked event of Feishu or Lark, version 2.0.
pub fn feishu(body: &[u8]) -> Result<Event, Refused> {
    let Lark { header, event } = serde_json::from_slice(body).map_err(|_| Refused::Malformed)?;
    let text = |pointer: &str| event.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
    let is_words = header.event_type == "im.message.receive_v1"
        && text("/message/message_type") == "text"
        && text("/sender/sender_type") == "user";
    let content: Option<LarkText> = serde_json::from_str(text("/message/content")).ok();
    let (user, tenant) = (name(text("/sender/sender_id/open_id")), name(&header.tenant_key));
    let said = match (is_words, user, tenant, content) {
        (true, Some(user), Some(tenant), Some(content)) => Some(Said {
            member: format!("{tenant}/{user}"),
            to: user.to_owned(),
            id: name(&header.event_id).map(str::to_owned),
            text: content.text,
        }),
        _ => None,
    };
    Ok(Event { token: header.token, app: header.app_id, said })
}

#[derive(Deserialize)]
struct LarkText {
    text: String,
}

#[derive(Deserialize)]
struct Challenge {
    #[serde(rename = "type")]
    what: String,
    token: String,
    challenge: String,
}

/// The token and what is to be given back, of the request by which Feishu tries an address.
pub fn challenge(body: &[u8]) -> Option<(String, String)> {
    let asked: Challenge = serde_json::from_slice(body).ok()?;
    let plain = asked.challenge.chars().all(|letter| letter.is_ascii_graphic());
    (asked.what == "url_verification" && plain && name(&asked.challenge).is_some())
        .then_some((asked.token, asked.challenge))
}
