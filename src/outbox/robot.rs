//! The bot of a chat as it answers one person: Slack in the same breath, Feishu and `DingTalk` by a message to that person
//! alone, so that no group reads along.
//!
//! The addresses are those of the settings; whom the answer goes to stands in the body, never in an address.

use serde_json::{Value, json};
use tokio::sync::Mutex;
use url::Url;
use zeroize::Zeroizing;

use super::channel::escape;
use super::client::{Call, Caller, Reply};
use crate::intake::verify::Allowed;
use crate::time::{Span, Timestamp};

/// Renewed so long before it ends.
const EARLY: Span = Span::from_minutes(5);
/// No pass is kept longer, whatever its giver says.
const LONGEST: i64 = 7_200;

/// How a bot answers.
pub enum Robot {
    /// In the answer to the call itself, which only the person sees.
    Here,
    Feishu(Account),
    DingTalk {
        account: Account,
        robot: String,
    },
}

/// The app that speaks, and its pass. Not `Debug`: it holds secrets.
pub struct Account {
    pub url: Url,
    pub networks: Allowed,
    pub app: String,
    pub secret: Zeroizing<String>,
    pub pass: Mutex<Option<Pass>>,
}

/// What opens the chat's interface for a while.
pub struct Pass {
    text: Zeroizing<String>,
    ends: Timestamp,
}

/// What is answered: lines of ours, and the way to the console.
pub struct Spoken {
    pub lines: Vec<String>,
    pub link: Option<String>,
}

impl Spoken {
    fn text(&self, harmless: impl Fn(&str) -> String) -> String {
        let lines = self.lines.iter().map(|line| harmless(&escape::plain(line)));
        let link = self.link.iter().map(|link| link.replace(['<', '>', '@'], ""));
        lines.chain(link).collect::<Vec<_>>().join("\n")
    }

    /// The answer to a slash command of Slack, which nobody but the person sees.
    pub fn ephemeral(&self) -> Value {
        json!({ "response_type": "ephemeral", "text": self.text(escape::slack), "mrkdwn": false, "unfurl_links": false })
    }
}

impl Robot {
    /// Where it has to reach, and the networks that this may lie in.
    pub fn place(&self) -> Option<(&Url, Allowed)> {
        match self {
            Self::Here => None,
            Self::Feishu(account) | Self::DingTalk { account, .. } => Some((&account.url, account.networks.clone())),
        }
    }

    /// Tells one person something, once; an error is a word for counters.
    pub async fn tell(
        &self,
        caller: &Caller,
        (to, answer): (&str, &Spoken),
        now: Timestamp,
    ) -> Result<(), &'static str> {
        let text = answer.text(escape::wide);
        match self {
            Self::Here => Ok(()),
            Self::Feishu(account) => {
                let pass = account.pass(caller, self, now).await?;
                let call = Call {
                    url: account.at("open-apis/im/v1/messages?receive_id_type=open_id"),
                    headers: vec![("authorization", format!("Bearer {}", pass.as_str()))],
                    body:
                        json!({ "receive_id": to, "msg_type": "text", "content": json!({ "text": text }).to_string() })
                            .to_string(),
                };
                account.taken(caller.call(call).await).await
            }
            Self::DingTalk { account, robot } => {
                let pass = account.pass(caller, self, now).await?;
                let call = Call {
                    url: account.at("v1.0/robot/oToMessages/batchSend"),
                    headers: vec![("x-acs-dingtalk-access-token", pass.to_string())],
                    body: json!({
                        "robotCode": robot, "userIds": [to], "msgKey": "sampleText",
                        "msgParam": json!({ "content": text }).to_string(),
                    })
                    .to_string(),
                };
                account.taken(caller.call(call).await).await
            }
        }
    }
}

impl Account {
    fn at(&self, path: &str) -> String {
        format!("{}/{path}", self.url.as_str().trim_end_matches('/'))
    }

    /// The pass that is good now, fetched anew when there is none.
    async fn pass(&self, caller: &Caller, robot: &Robot, now: Timestamp) -> Result<Zeroizing<String>, &'static str> {
        let mut kept = self.pass.lock().await;
        if let Some(pass) = kept.as_ref().filter(|pass| pass.ends > now) {
            return Ok(pass.text.clone());
        }
        let (app, secret) = (&self.app, self.secret.as_str());
        let (path, body, members) = match robot {
            Robot::Here | Robot::Feishu(_) => (
                "open-apis/auth/v3/tenant_access_token/internal",
                json!({ "app_id": app, "app_secret": secret }),
                ["tenant_access_token", "expire"],
            ),
            Robot::DingTalk { .. } => {
                ("v1.0/oauth2/accessToken", json!({ "appKey": app, "appSecret": secret }), ["accessToken", "expireIn"])
            }
        };
        let call = Call { url: self.at(path), headers: Vec::new(), body: body.to_string() };
        let answer = match caller.call(call).await {
            Reply::Unreached(word) | Reply::Silence(word) => return Err(word),
            Reply::Answer(200, body) => serde_json::from_slice::<Value>(&body).unwrap_or_default(),
            Reply::Answer(..) => return Err("not-let-in"),
        };
        let text = answer[members[0]].as_str().filter(|text| text.bytes().all(|byte| byte.is_ascii_graphic()));
        let text = Zeroizing::new(text.filter(|text| !text.is_empty()).ok_or("not-let-in")?.to_owned());
        let seconds = answer[members[1]].as_i64().unwrap_or(0).clamp(0, LONGEST);
        let ends = now.plus(Span::from_seconds(seconds)).minus(EARLY);
        *kept = Some(Pass { text: text.clone(), ends });
        Ok(text)
    }

    /// Whether a message was taken. A pass that opens nothing is not used again.
    async fn taken(&self, reply: Reply) -> Result<(), &'static str> {
        let body = match reply {
            Reply::Unreached(word) | Reply::Silence(word) => return Err(word),
            Reply::Answer(200, body) => body,
            Reply::Answer(..) => {
                *self.pass.lock().await = None;
                return Err("not-let-in");
            }
        };
        let answer: Value = serde_json::from_slice(&body).unwrap_or_default();
        if answer["code"].as_i64().is_some_and(|code| code != 0) {
            *self.pass.lock().await = None;
            return Err("refused");
        }
        Ok(())
    }
}
