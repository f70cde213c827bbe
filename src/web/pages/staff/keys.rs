//! The sheet of keys and the list of commands: dialogs that the script opens and fills.

use maud::{Markup, html};

use crate::web::pages::layout::Frame;
use crate::web::pages::words::desk as say;

/// Keys that belong to no button or link of a page.
const MOVES: [(&str, crate::web::pages::words::Say); 5] = [
    ("j k", say::KEY_MOVE),
    ("Enter", say::KEY_OPEN),
    ("s", say::KEY_PICK),
    ("p", say::KEY_PALETTE),
    ("?", say::KEY_SHEET),
];

/// Both dialogs, closed, and the switch for the sound.
pub fn dialogs(frame: &Frame<'_>) -> Markup {
    html! {
        dialog #keys aria-labelledby="keys-title" {
            h2 #keys-title { (frame.say(say::KEYS_TITLE)) }
            p.hint { (frame.say(say::KEYS_MORE)) }
            dl.keys { @for (key, what) in MOVES { dt { @for key in key.split(' ') { kbd { (key) } } } dd { (frame.say(what)) } } }
            dl.keys data-keys {}
            p { button type="button" data-close { (frame.say(say::KEY_CLOSE)) } }
        }
        dialog #palette aria-labelledby="palette-title" {
            h2 #palette-title { label for="command" { (frame.say(say::PALETTE)) } }
            input #command type="text" autocomplete="off" role="combobox" aria-expanded="true" aria-controls="commands";
            ul #commands role="listbox" {}
            p.hint #no-command hidden { (frame.say(say::PALETTE_NONE)) }
        }
        p.switches {
            button #sound type="button" aria-pressed="false" hidden data-on=(frame.say(say::SOUND_OFF)) data-off=(frame.say(say::SOUND_ON)) { (frame.say(say::SOUND_ON)) }
        }
    }
}
