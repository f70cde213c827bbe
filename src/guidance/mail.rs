//! Mails to the holder of a case: that something waits in it, and nothing of what it is. A mailbox may be in the thief's
//! hands, so a mail holds the reference, plain words and its check number: no link, code, content, amount or address (CA-07).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::footer::footer;
use crate::text::{Language, traditional};

/// What a mail tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Staff wrote.
    Answered,
    /// Somebody took the case up.
    Taken,
    Closed,
    Reopened,
    /// A wish was decided on.
    Decided,
    /// Some weeks after closing: the second theft.
    SecondTheft,
    /// Somebody asked for another contact; goes to the one that is in force.
    ContactAsked,
    /// Staff agreed to it; goes to the one that is in force until then.
    ContactAgreed,
    /// Protection is about to be lifted.
    Release,
}

/// The text is no kind of mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no kind of mail")]
pub struct NotTold;

impl Told {
    pub const ALL: [Self; 9] = [
        Self::Answered,
        Self::Taken,
        Self::Closed,
        Self::Reopened,
        Self::Decided,
        Self::SecondTheft,
        Self::ContactAsked,
        Self::ContactAgreed,
        Self::Release,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Taken => "taken",
            Self::Closed => "closed",
            Self::Reopened => "reopened",
            Self::Decided => "decided",
            Self::SecondTheft => "second-theft",
            Self::ContactAsked => "contact-asked",
            Self::ContactAgreed => "contact-agreed",
            Self::Release => "release",
        }
    }

    /// Whether it comes although its reader wanted no more mails: whoever could stop it could act unseen (OUT-11).
    pub fn comes_anyway(self) -> bool {
        match self {
            Self::ContactAsked | Self::ContactAgreed | Self::Release => true,
            Self::Answered | Self::Taken | Self::Closed | Self::Reopened | Self::Decided | Self::SecondTheft => false,
        }
    }

    fn english(self) -> (&'static str, &'static str) {
        match self {
            Self::Answered => ("There is an answer in your case", "There is an answer for you in your case"),
            Self::Taken => ("Somebody is working on your case", "A person has taken up your case"),
            Self::Closed => (
                "Your case was closed",
                "We have closed your case. What we found and what you can still do stands in it",
            ),
            Self::Reopened => ("Your case is open again", "Your case is open again and stands in the queue"),
            Self::Decided => {
                ("What you asked for was decided", "We have decided on something that you asked for in your case")
            }
            Self::SecondTheft => (
                "Beware of offers to get your money back",
                "It is a month since we closed your case. About now people call who say that they found your money: a lawyer, the police, a hacker, even \"us\". They ask for a fee, a tax, remote access or your words. All of them steal a second time. Pay nothing, connect nothing, end the contact. If somebody has called you, write it in your case",
            ),
            Self::ContactAsked => (
                "Another contact was asked for in your case",
                "Somebody who can open your case asked us to write to another address from now on. Nothing changes before staff agree and a day has gone by. If that was not you, say so in your case now",
            ),
            Self::ContactAgreed => (
                "Your case gets another contact",
                "From tomorrow on we write to another address about your case. If that was not you, say so in your case now: until then it can be stopped",
            ),
            Self::Release => (
                "A protection of your account may be lifted",
                "A member of our staff asked to lift a protection of your account. A second person has to agree, and some time goes by before. If you did not want that, say so in your case now",
            ),
        }
    }

    fn chinese(self) -> (&'static str, &'static str) {
        match self {
            Self::Answered => ("您的案件有了回复", "您的案件里有一条给您的回复"),
            Self::Taken => ("有人在处理您的案件", "已有工作人员接手您的案件"),
            Self::Closed => ("您的案件已结束", "我们结束了您的案件。结论和您还可以做的事写在案件里"),
            Self::Reopened => ("您的案件重新打开了", "您的案件重新打开，正在排队"),
            Self::Decided => ("您的请求有了决定", "对您在案件里提出的一项请求，我们有了决定"),
            Self::SecondTheft => (
                "警惕“帮您追回资产”的人",
                "您的案件结束已有一个月。差不多这个时候，会有人联系您，自称律师、警察、黑客，甚至“我们”，说找到了您的钱，要您交手续费、税费，远程控制您的设备，或要助记词。这些都是第二次诈骗。不要付钱，不要连接钱包，请断开联系。如果真有人找过您，请在案件里留言",
            ),
            Self::ContactAsked => (
                "有人要求更换您案件的联系方式",
                "能打开您案件的人要求我们以后写信到另一个地址。工作人员同意并过一天之后才会更换。如果不是您本人，请马上在案件里说明",
            ),
            Self::ContactAgreed => (
                "您案件的联系方式将要更换",
                "从明天起，我们会写信到另一个地址。如果不是您本人，请马上在案件里说明：在那之前还可以阻止",
            ),
            Self::Release => (
                "您账户的一项保护可能被解除",
                "我们的工作人员申请解除您账户的一项保护。要有第二个人同意，并等待一段时间。如果这不是您的意思，请马上在案件里说明",
            ),
        }
    }
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Told {
    type Err = NotTold;

    fn from_str(text: &str) -> Result<Self, NotTold> {
        Self::ALL.into_iter().find(|told| told.as_str() == text).ok_or(NotTold)
    }
}

/// A mail's words without its check number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    pub subject: String,
    pub text: String,
}

/// What a mail is called and what it says, without its frame.
pub fn says(told: Told, language: Language) -> (String, String) {
    match language {
        Language::En => {
            let (subject, says) = told.english();
            (subject.to_owned(), format!("{says}."))
        }
        Language::Zh => {
            let (subject, says) = told.chinese();
            (subject.to_owned(), format!("{says}。"))
        }
        Language::ZhHant => {
            let (subject, text) = says(told, Language::Zh);
            (traditional(&subject), traditional(&text))
        }
    }
}

/// What a mail says in its frame: the reference, the way in without a link, the lines under every message.
pub fn framed(says: &str, reference: &str, language: Language) -> String {
    match language {
        Language::En => format!(
            "{says}\n\nReference: {reference}\n\nTo read it, open your case the way you always do: with the link and the code that you kept. They are never in a mail, and this mail has no link on purpose.\n\n{}",
            footer(language)
        ),
        Language::Zh => format!(
            "{says}\n\n编号：{reference}\n\n请像往常一样，用您保存的链接和访问码打开案件查看。链接和访问码绝不会出现在邮件里，这封邮件也特意不带链接。\n\n{}",
            footer(language)
        ),
        Language::ZhHant => traditional(&framed("\u{fffb}", reference, Language::Zh)).replace('\u{fffb}', says),
    }
}

/// The built-in words of a mail about the case of a reference.
pub fn mail(told: Told, reference: &str, language: Language) -> Mail {
    let (subject, text) = says(told, language);
    Mail { subject: format!("{subject} {reference}"), text: framed(&text, reference, language) }
}

/// The words of a mail with its check number and what that is for.
pub fn with_number(text: &str, number: &str, language: Language) -> String {
    match language {
        Language::En => format!(
            "{text}\n\nCheck number: {number}\nWhether a mail is really ours, the page \"Is this really us?\" tells you: type the address of our site yourself, paste this mail there."
        ),
        Language::Zh => format!(
            "{text}\n\n核对编号：{number}\n想知道邮件是不是真的来自我们：请自己输入我们网站的地址，在“这真的是我们吗？”页面粘贴这封邮件。"
        ),
        Language::ZhHant => {
            let number_kept = "\u{fffc}";
            traditional(&with_number("\u{fffb}", number_kept, Language::Zh))
                .replace(number_kept, number)
                .replace('\u{fffb}', text)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_holds_the_reference_and_plain_words_and_nothing_to_click_on() {
        for told in Told::ALL {
            assert_eq!(told.as_str().parse(), Ok(told));
            for language in Language::ALL {
                let mail = mail(told, "HF-7K2M-Q9XD", language);
                let whole = with_number(&mail.text, "CK-AAAA-BBBB-CCCC", language);
                assert!(mail.subject.ends_with("HF-7K2M-Q9XD") && whole.contains("HF-7K2M-Q9XD"), "{whole}");
                assert!(whole.contains("CK-AAAA-BBBB-CCCC") && whole.starts_with(&mail.text), "{whole}");
                assert!(!mail.subject.contains(['\r', '\n']) && mail.subject.chars().count() < 90, "{}", mail.subject);
                for never in ["http", "://", "www.", "/c/", "@", "0x"] {
                    assert!(!whole.contains(never), "{never}: {whole}");
                }
                // no amounts: the only digits are those of reference and number
                let bare = whole.replace("HF-7K2M-Q9XD", "").replace("CK-AAAA-BBBB-CCCC", "");
                assert!(!bare.contains(|letter: char| letter.is_ascii_digit()), "{bare}");
                if language == Language::ZhHant {
                    assert!(crate::text::traditional::wrong(&whole).is_empty(), "{whole}");
                }
            }
        }
    }
}
