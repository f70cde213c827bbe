//! Short notices beside the steps: what was removed from a report, what to do when memory is down.

use serde::{Deserialize, Serialize};

use crate::phrase::Secret;
use crate::playbook::Region;
use crate::text::{Language, traditional};

/// One notice in one language; the id never changes with the wording.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    pub id: String,
    pub text: String,
}

impl Notice {
    fn in_traditional_script(self) -> Self {
        Self { text: traditional(&self.text), ..self }
    }
}

/// The notice for secrets that were found in what a person sent; nothing when none was.
///
/// Moving to a wallet of one's own is the advice for a known key: [RV-SEED], [IM-STOLEN] of the threat reference.
pub fn for_secrets(secrets: &[Secret], language: Language) -> Option<Notice> {
    let wallet = secrets.iter().any(|secret| match secret {
        Secret::RecoveryPhrase | Secret::PrivateKey | Secret::ExtendedKey | Secret::Keystore => true,
        Secret::SessionToken => false,
    });
    if secrets.is_empty() {
        return None;
    }
    let text = match (wallet, language) {
        (_, Language::ZhHant) => return for_secrets(secrets, Language::Zh).map(Notice::in_traditional_script),
        (true, Language::En) => {
            "What you sent held a recovery phrase or key. We removed it before anything was kept: no one here has read it. Treat that wallet as known to others all the same: on another, clean device make a new wallet yourself and move what is left there. Never send these words to anyone, not even to us."
        }
        (true, Language::Zh) => {
            "您发来的内容里有助记词或私钥。我们在保存之前已将它删除，没有人看到。但请把这个钱包当作已经泄露：在另一台干净的设备上自己新建一个钱包，把剩下的资产转过去。这些词不要再发给任何人，也包括我们。"
        }
        (false, Language::En) => {
            "What you sent held a sign-in token. We removed it before anything was kept. Sign out everywhere so that it stops working."
        }
        (false, Language::Zh) => {
            "您发来的内容里有登录凭证。我们在保存之前已将它删除。请退出所有设备上的登录，让它失效。"
        }
    };
    Some(Notice { id: "secret-removed".to_owned(), text: text.to_owned() })
}

/// Whom to call when a life is in danger: the emergency numbers of `help-lines.yaml`. First of all notices.
pub fn for_danger(regions: &[Region], language: Language) -> Option<Notice> {
    let numbers: Vec<String> =
        regions.iter().map(|region| format!("{} {}", place(&region.region, language), region.emergency)).collect();
    if numbers.is_empty() {
        return None;
    }
    let numbers = numbers.join(" · ");
    let text = match language {
        Language::En => {
            format!("If you or someone else is in danger, that comes first. Get to safety, then call: {numbers}.")
        }
        Language::ZhHant => return for_danger(regions, Language::Zh).map(Notice::in_traditional_script),
        Language::Zh => {
            format!("如果您或别人有危险，先保证人身安全，安全后拨打：{numbers}。")
        }
    };
    Some(Notice { id: "danger".to_owned(), text })
}

/// Where an emergency number is answered, in words; a region without a name of its own keeps its letters.
fn place(region: &str, language: Language) -> &str {
    let (en, zh) = match region {
        "CN" => ("China", "中国大陆"),
        "HK" => ("Hong Kong", "香港"),
        "SG" => ("Singapore", "新加坡"),
        "US" => ("United States", "美国"),
        "GB" => ("United Kingdom", "英国"),
        "EU" => ("European Union", "欧盟"),
        other => (other, other),
    };
    if language == Language::En { en } else { zh }
}

/// What a person is told whose report came through the slower lane: how much further back it stands, and why.
pub fn further_back(minutes: i64, language: Language) -> Notice {
    let text = match language {
        Language::En => format!(
            "Very many reports are coming in just now, or came from your network. Yours is kept, and its place is up to {minutes} minutes further back than it would be. Your steps are the same: begin with them."
        ),
        Language::ZhHant => return further_back(minutes, Language::Zh).in_traditional_script(),
        Language::Zh => format!(
            "现在提交的人非常多，或者您所在的网络提交了很多次。您的报告已经保存，只是排队会往后最多 {minutes} 分钟。步骤不受影响，请先照做。"
        ),
    };
    Notice { id: "further-back".to_owned(), text }
}

/// What a person is told when nothing could be kept: the steps hold, the report must be sent again.
pub fn out_of_order(language: Language) -> Notice {
    let text = match language {
        Language::En => {
            "Your report could not be kept just now. The steps below are right all the same: begin with them. Then send the report again in a few minutes."
        }
        Language::ZhHant => return out_of_order(Language::Zh).in_traditional_script(),
        Language::Zh => "您的报告暂时没能保存。下面的步骤仍然有效，请先照做，几分钟后再提交一次。",
    };
    Notice { id: "not-kept".to_owned(), text: text.to_owned() }
}
