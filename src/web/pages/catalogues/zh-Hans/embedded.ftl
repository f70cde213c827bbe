embedded-brought = { $piece } 已经替您填好了它知道的内容，您可以修改或删除。
embedded-account = 您的账号：
embedded-broken = 您从应用打开的链接已过期或不完整，所以没有替您填写任何内容。您仍然可以在这里报告。
