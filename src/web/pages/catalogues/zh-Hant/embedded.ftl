embedded-brought = { $piece } 已經替您填好了它知道的內容，您可以修改或刪除。
embedded-account = 您的帳號：
embedded-broken = 您從應用程式打開的連結已過期或不完整，所以沒有替您填寫任何內容。您仍然可以在這裡報告。
