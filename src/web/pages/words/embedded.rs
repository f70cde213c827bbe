//! The report page as an app opens it.

super::say! {
    BROUGHT: "{} has filled in what it knows. You can change it or take it out.", "{} 已经替您填好了它知道的内容，您可以修改或删除。";
    ACCOUNT: "Your account:", "您的账号：";
    BROKEN: "The link from your app is too old or not whole, so nothing is filled in. You can report here all the same.", "您从应用打开的链接已过期或不完整，所以没有替您填写任何内容。您仍然可以在这里报告。";
}
