//! Chats from whose bots staff may ask: `[[chat]]`. Secrets are read when they are connected and never shown.

use std::path::PathBuf;

use anyhow::{Context, anyhow, bail};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;
use url::Url;
use zeroize::Zeroizing;

use super::secrets::{live, secret};
use crate::intake::command::Desk;
use crate::intake::verify::{self, Allowed, Bot, Secret};
use crate::outbox::Target;
use crate::outbox::robot::{Account, Robot};
use crate::text::Language;

const FEISHU: &str = "https://open.feishu.cn";
const DINGTALK: &str = "https://api.dingtalk.com";

/// Whose chat it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Slack,
    /// Feishu, and Lark with another address.
    Feishu,
    DingTalk,
}

/// A chat whose bot passes on what staff write.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Chat {
    pub name: String,
    pub kind: Kind,
    /// Slack: the signing secret; Feishu: the encrypt key; `DingTalk`: the app secret.
    pub secret_file: Option<PathBuf>,
    pub secret_env: Option<String>,
    pub previous_secret_file: Option<PathBuf>,
    pub previous_secret_env: Option<String>,
    /// Feishu: the app id; `DingTalk`: the app key.
    pub app: Option<String>,
    /// Feishu: the app secret, by which answers are sent.
    pub app_secret_file: Option<PathBuf>,
    pub app_secret_env: Option<String>,
    /// Feishu: the verification token.
    pub token_file: Option<PathBuf>,
    pub token_env: Option<String>,
    /// `DingTalk`: the robot's code; the app key when left out.
    pub robot: Option<String>,
    /// Where answers are sent; left out: the vendor's own.
    #[serde(default)]
    pub url: String,
    #[serde(default)]
    pub networks: Vec<String>,
    #[serde(default = "english")]
    pub language: Language,
    /// Feishu: whether its challenge is answered, which is only while it is being connected.
    #[serde(default)]
    pub set_up: bool,
}

fn english() -> Language {
    Language::En
}

/// A chat, ready to be asked from and to answer.
pub struct Made {
    pub desk: Desk,
    pub robot: Robot,
}

impl Chat {
    fn check(&self) -> anyhow::Result<()> {
        let networks = Allowed::new(&self.networks).context("networks")?;
        self.place(&networks)?;
        let given =
            |what: bool, names: &str| if what { Err(anyhow!("{names}: not for {:?}", self.kind)) } else { Ok(()) };
        let app_secret = self.app_secret_file.is_some() || self.app_secret_env.is_some();
        let token = self.token_file.is_some() || self.token_env.is_some();
        match self.kind {
            Kind::Slack => {
                let answers = !self.url.is_empty() || !self.networks.is_empty() || self.app.is_some() || app_secret;
                given(answers || token || self.robot.is_some(), "url, networks, app, app_secret, token, robot")?;
            }
            Kind::Feishu => {
                given(self.robot.is_some(), "robot")?;
                if !app_secret {
                    bail!("needs app_secret_file or app_secret_env, by which answers are sent");
                }
            }
            Kind::DingTalk => given(app_secret || token, "app_secret, token")?,
        }
        if self.kind != Kind::Slack && self.app.as_deref().is_none_or(str::is_empty) {
            bail!("app: the app id (Feishu) or app key (DingTalk)");
        }
        if self.set_up && self.kind != Kind::Feishu {
            bail!("set_up: only Feishu and Lark ask for a challenge");
        }
        Ok(())
    }

    fn place(&self, networks: &Allowed) -> anyhow::Result<Url> {
        let usual = if self.kind == Kind::DingTalk { DINGTALK } else { FEISHU };
        let text = if self.url.is_empty() { usual } else { &self.url };
        Target::address(text, networks).map_err(|bad| anyhow!("url: {bad}"))
    }

    /// The chat with its secrets.
    pub fn made(&self) -> anyhow::Result<Made> {
        self.with_secrets().with_context(|| format!("chat {:?}", self.name))
    }

    fn with_secrets(&self) -> anyhow::Result<Made> {
        let texts = live(
            [
                (self.secret_file.as_deref(), self.secret_env.as_deref()),
                (self.previous_secret_file.as_deref(), self.previous_secret_env.as_deref()),
            ],
            || format!("chat {:?}", self.name),
        )?;
        let secrets: Vec<Secret> = texts.iter().map(|text| Secret::new(text.to_string())).collect::<Result<_, _>>()?;
        let chat = match self.kind {
            Kind::Slack => verify::Chat::Slack,
            Kind::Feishu => verify::Chat::Feishu,
            Kind::DingTalk => verify::Chat::DingTalk,
        };
        let token = secret(self.token_file.as_deref(), self.token_env.as_deref())?.filter(|token| !token.is_empty());
        let desk = Desk {
            name: self.name.clone(),
            language: self.language,
            set_up: self.set_up,
            bot: Bot::new(chat, &secrets)?,
            token,
            app: self.app.clone().filter(|_| self.kind == Kind::Feishu),
        };
        let robot = match self.kind {
            Kind::Slack => Robot::Here,
            Kind::Feishu => {
                let own = secret(self.app_secret_file.as_deref(), self.app_secret_env.as_deref())?;
                Robot::Feishu(self.account(own.context("needs app_secret_file or app_secret_env")?)?)
            }
            Kind::DingTalk => {
                let account = self.account(texts[0].clone())?;
                let robot = self.robot.clone().unwrap_or_else(|| account.app.clone());
                Robot::DingTalk { account, robot }
            }
        };
        Ok(Made { desk, robot })
    }

    fn account(&self, secret: Zeroizing<String>) -> anyhow::Result<Account> {
        let networks = Allowed::new(&self.networks).context("networks")?;
        let (url, app) = (self.place(&networks)?, self.app.clone().unwrap_or_default());
        Ok(Account { url, networks, app, secret, pass: Mutex::default() })
    }
}

/// What is wrong with the chats, if anything.
pub(super) fn faults(chats: &[Chat]) -> Vec<String> {
    let fault = |chat: &Chat| chat.check().err().map(|fault| format!("chat {:?}: {fault:#}", chat.name));
    chats.iter().filter_map(fault).collect()
}

#[cfg(test)]
mod tests {
    use crate::config::tests::with;

    #[test]
    fn a_chat_is_taken_whole_or_refused() {
        let slack = "[[chat]]\nname = 'desk'\nkind = 'slack'\nsecret_env = 'X'\n";
        let feishu = "[[chat]]\nname = 'desk'\nkind = 'feishu'\nsecret_env = 'X'\napp = 'cli_1'\napp_secret_env = 'Y'\nset_up = true\n";
        let ding = "[[chat]]\nname = 'desk'\nkind = 'dingtalk'\nsecret_env = 'X'\napp = 'ding1'\n";
        for good in [slack, feishu, ding] {
            assert!(with(good).is_ok(), "{good}: {:?}", with(good).err());
        }
        for (bad, told) in [
            (slack.to_owned() + "url = 'https://open.feishu.cn'\n", "not for"),
            (slack.to_owned() + "set_up = true\n", "challenge"),
            (slack.repeat(2), "twice"),
            (slack.replace("'desk'", "'Desk!'"), "a name is"),
            (feishu.replace("app_secret_env = 'Y'\n", ""), "app_secret_file"),
            (feishu.to_owned() + "url = 'http://10.0.0.1'\n", "https address"),
            (ding.replace("app = 'ding1'\n", ""), "app"),
        ] {
            let refused = with(&bad).map(drop).unwrap_err().to_string();
            assert!(refused.contains(told), "{told}: {refused}");
        }
    }
}
