//! Text made harmless for where it goes (OUT-08): no target sees markup, a mention or a header in what we put in.

/// One line without control characters or marks that turn the direction, short enough for any title.
pub fn plain(text: &str) -> String {
    let fits = |letter: &char| !matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    let spaced = text
        .chars()
        .map(|letter| if letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}') { ' ' } else { letter });
    spaced.filter(fits).take(400).collect()
}

/// For Slack's text: its three characters as entities, so that `<!channel>` and links stay text.
pub fn slack(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// For Telegram's HTML.
pub fn telegram(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// For chats that read tags and mentions in plain text and know no entities: wide signs that look the same and mean nothing.
pub fn wide(text: &str) -> String {
    let sign = |letter| match letter {
        '<' => '＜',
        '>' => '＞',
        '@' => '＠',
        '[' => '［',
        ']' => '］',
        '*' => '＊',
        '`' => '｀',
        '#' => '＃',
        other => other,
    };
    text.chars().map(sign).collect()
}
