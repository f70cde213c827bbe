//! What a person is told when their routine request closed itself: calm, nothing lost, a word opens it again.

use super::Notice;
use crate::attention::Rest;
use crate::text::{Language, traditional};

/// The note on a case that closed itself.
pub fn for_rest(why: Rest, language: Language) -> Notice {
    let text = match (why, language) {
        (_, Language::ZhHant) => {
            let note = for_rest(why, Language::Zh);
            return Notice { text: traditional(&note.text), ..note };
        }
        (Rest::Solved, Language::En) => {
            "You said that it is solved, so this case is closed. Good. If anything is not right after all, write a message below: the same case opens again, with everything you told us."
        }
        (Rest::Solved, Language::Zh) => {
            "您说问题已经解决，这个案件就结束了。如果之后还有不对的地方，在下面留言即可：同一个案件会重新打开，您说过的都还在。"
        }
        (Rest::Silent, Language::En) => {
            "Nobody had written here for a while, so this case closed by itself. Nothing is lost. If it is not solved, write a message below: the same case opens again, and you need not tell it twice."
        }
        (Rest::Silent, Language::Zh) => {
            "这里有一段时间没有新消息，案件自动结束了，内容都还在。如果问题没有解决，在下面留言即可：同一个案件会重新打开，不用重新说一遍。"
        }
    };
    Notice { id: format!("closed-{why}"), text: text.to_owned() }
}
