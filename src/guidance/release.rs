//! What a person is told before protection on their account is lifted: from when on, and how to stop it.

use crate::text::{Language, traditional};
use crate::time::Timestamp;

/// The message that goes out when a release is asked for.
pub fn release_ahead(from: Timestamp, language: Language) -> String {
    let at = from.to_string();
    let at = at.get(..16).unwrap_or(&at).replace('T', " ");
    match language {
        Language::En => format!(
            "Somebody on our staff has asked to lift a protection on your account. Nothing is lifted before {at} UTC, and a second person has to agree. If you did not ask for this, or somebody is telling you to let it happen, write here now: nothing has happened yet. You need not pay, sign or send anything for it."
        ),
        Language::Zh => format!(
            "我们有一位工作人员申请解除您账户上的一项保护。在 {at}（UTC）之前不会解除，而且需要第二个人同意。如果这不是您要求的，或者有人让您同意，请现在就在这里留言：目前什么都还没有发生。解除保护不需要您付款、签名或转账。"
        ),
        Language::ZhHant => traditional(&release_ahead(from, Language::Zh)),
    }
}
