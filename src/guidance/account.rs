//! Mails to people on the staff about their own accounts: what was changed, and the two links that are mailed.

use std::fmt;
use std::str::FromStr;

use crate::text::{Language, traditional};

/// What a mail tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// A link for a new password.
    Reset,
    /// A link that proves the address it goes to.
    Prove,
    PasswordChanged,
    /// A second factor and its recovery codes were set up or taken away.
    FactorChanged,
    RecoveryUsed,
    /// The day's guesses at the second factor are used up.
    Guessed,
    /// Another address was given; goes to the one that is in force.
    AddressAsked,
    /// Another address is in force; goes to the old and the new one.
    AddressChanged,
    AddressTaken,
}

/// The text is no kind of mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no kind of mail")]
pub struct NotTold;

impl Told {
    pub const ALL: [Self; 9] = [
        Self::Reset,
        Self::Prove,
        Self::PasswordChanged,
        Self::FactorChanged,
        Self::RecoveryUsed,
        Self::Guessed,
        Self::AddressAsked,
        Self::AddressChanged,
        Self::AddressTaken,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reset => "reset",
            Self::Prove => "prove",
            Self::PasswordChanged => "password-changed",
            Self::FactorChanged => "factor-changed",
            Self::RecoveryUsed => "recovery-used",
            Self::Guessed => "guessed",
            Self::AddressAsked => "address-asked",
            Self::AddressChanged => "address-changed",
            Self::AddressTaken => "address-taken",
        }
    }

    /// Subject, and what it says.
    fn english(self) -> (&'static str, &'static str) {
        match self {
            Self::Reset => (
                "Your link for a new password",
                "Somebody asked for a new password for your staff account. With this link you choose one. It works once, for 30 minutes, and your second factor is asked for as always. If that was not you, do nothing and tell an admin.",
            ),
            Self::Prove => (
                "Is this your address?",
                "Somebody gave this address for a staff account. With this link you say that it is yours. It works once, for a day. If that was not you, do nothing.",
            ),
            Self::PasswordChanged => (
                "Your password was changed",
                "The password of your staff account was changed. You are signed out everywhere and your tokens have ended. If that was not you, tell an admin at once.",
            ),
            Self::FactorChanged => (
                "Your second factor was changed",
                "A second factor of your staff account, or its recovery codes, were set up or taken away. If that was not you, tell an admin at once.",
            ),
            Self::RecoveryUsed => (
                "One of your recovery codes was used",
                "Somebody signed in to your staff account with one of your recovery codes. It works no more. Set up your authenticator app or passkey anew. If that was not you, tell an admin at once.",
            ),
            Self::Guessed => (
                "Somebody guesses at your second factor",
                "Twenty codes in a day did not fit your staff account, so no more are looked at until tomorrow. Whoever it was knows your password. If that was not you, tell an admin at once and choose a new password.",
            ),
            Self::AddressAsked => (
                "Another mail address was given for your account",
                "Somebody who is signed in to your staff account gave another mail address. It takes the place of this one once a link in a mail to it was used. If that was not you, tell an admin at once.",
            ),
            Self::AddressChanged => (
                "The mail address of your account was changed",
                "Your staff account has another mail address now. What concerns your account goes there. If that was not you, tell an admin at once.",
            ),
            Self::AddressTaken => (
                "The mail address of your account was taken out",
                "This mail address no longer belongs to a staff account. If that was not you, tell an admin at once.",
            ),
        }
    }

    fn chinese(self) -> (&'static str, &'static str) {
        match self {
            Self::Reset => (
                "设置新密码的链接",
                "有人为您的员工账户申请新密码。您可以用这个链接设置新密码。链接只能用一次，30 分钟内有效，登录时照常需要第二重验证。如果不是您本人，请不要操作，并告诉管理员。",
            ),
            Self::Prove => (
                "这是您的邮箱地址吗？",
                "有人为员工账户填写了这个地址。请用这个链接确认地址是您的。链接只能用一次，一天内有效。如果不是您本人，请不要操作。",
            ),
            Self::PasswordChanged => (
                "您的密码已更改",
                "您的员工账户的密码已更改。您在所有地方都已退出，您的令牌也已失效。如果不是您本人，请马上告诉管理员。",
            ),
            Self::FactorChanged => (
                "您的第二重验证已更改",
                "您的员工账户的第二重验证或恢复码被设置或取消了。如果不是您本人，请马上告诉管理员。",
            ),
            Self::RecoveryUsed => (
                "您的一个恢复码被使用了",
                "有人用您的一个恢复码登录了您的员工账户。这个恢复码已失效。请重新设置身份验证器应用或通行密钥。如果不是您本人，请马上告诉管理员。",
            ),
            Self::Guessed => (
                "有人在猜您的第二重验证",
                "一天内有二十个验证码不对，所以到明天为止不再查看。猜的人知道您的密码。如果不是您本人，请马上告诉管理员，并设置新密码。",
            ),
            Self::AddressAsked => (
                "您的账户填写了另一个邮箱地址",
                "登录您员工账户的人填写了另一个邮箱地址。对方用了发到那里的链接之后，它会取代这个地址。如果不是您本人，请马上告诉管理员。",
            ),
            Self::AddressChanged => (
                "您的账户的邮箱地址已更改",
                "您的员工账户现在用另一个邮箱地址。有关账户的邮件会发到那里。如果不是您本人，请马上告诉管理员。",
            ),
            Self::AddressTaken => {
                ("您的账户的邮箱地址已去掉", "这个邮箱地址不再属于任何员工账户。如果不是您本人，请马上告诉管理员。")
            }
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

/// Subject and words of a mail, with its link where it has one.
pub fn mail(told: Told, link: Option<&str>, language: Language) -> (String, String) {
    let (subject, says) = match language {
        Language::En => told.english(),
        Language::Zh | Language::ZhHant => told.chinese(),
    };
    let word = |text: &str| if language == Language::ZhHant { traditional(text) } else { text.to_owned() };
    let text = word(says);
    let text = link.map_or_else(|| text.clone(), |link| format!("{text}\n\n{link}"));
    (word(subject), text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_about_an_account_names_nobody_and_holds_no_link_but_the_one_it_is_for() {
        for told in Told::ALL {
            assert_eq!(told.as_str().parse(), Ok(told));
            for language in Language::ALL {
                let (subject, text) = mail(told, None, language);
                assert!(!subject.contains(['\r', '\n']) && subject.chars().count() < 60, "{subject}");
                assert!(!text.contains("://") && !text.contains('@'), "{text}");
                let (_, with) = mail(told, Some("https://help.example/x"), language);
                assert_eq!(with, format!("{text}\n\nhttps://help.example/x"));
                if language == Language::ZhHant {
                    assert!(crate::text::traditional::wrong(&format!("{subject}{text}")).is_empty(), "{text}");
                }
            }
        }
    }
}
