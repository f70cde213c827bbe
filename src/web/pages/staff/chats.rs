//! The part of one's own page that links a chat.

use maud::{Markup, html};

use super::actions;
use crate::respond::chat::LinkCode;
use crate::time::Timestamp;
use crate::web::pages::layout::Frame;
use crate::web::pages::plan::hidden;
use crate::web::pages::words::{chats as say, moment};

/// Where one is known, and the code that was just made.
pub fn chats(frame: &Frame<'_>, csrf: &str, (known, made): (&[(String, Timestamp)], Option<&LinkCode>)) -> Markup {
    html! {
        section.sheet aria-labelledby="chats" {
            h2 #chats { (frame.say(say::TITLE)) }
            p { (frame.say(say::MORE)) }
            @if let Some(made) = made {
                p.notice role="status" { (frame.say(say::CODE)) }
                p.secret { code { "link " (made.code.grouped()) } }
                p { (say::GOOD.around(frame.language, &moment(made.expires, frame.language))) }
            } @else {
                form method="post" action=(actions::CHAT_CODE) { (hidden("csrf", csrf)) button { (frame.say(say::MAKE)) } }
            }
            @if !known.is_empty() {
                ul {
                    @for (chat, since) in known {
                        li {
                            (say::KNOWN.around(frame.language, &html! { bdi { (chat) } })) ", "
                            (say::SINCE.around(frame.language, &moment(*since, frame.language)))
                        }
                    }
                }
                form method="post" action=(actions::LEAVE_CHATS) { (hidden("csrf", csrf)) button { (frame.say(say::LEAVE)) } }
            }
        }
    }
}
