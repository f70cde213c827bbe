# Alarms that hold, letters that did not arrive, and the page by which a person stops mails.
letters-unseen = { $count ->
   *[other] { $count } 條提醒還沒有人看到。
}
letters-open = 打開
letters-alarms = 提醒
letters-no-alarms = 沒有提醒。
letters-waits = 有案件在等待，無人接手
letters-silent = 來源 { $piece } 沒有消息
letters-undelivered = 發往 { $piece } 的資訊沒有送達
letters-braked = 系統已停止自動下達指令
letters-unreviewed = 有單人下達的指令一天之內無人複核
letters-approval = 有指令等待第二個人同意
letters-late = 首次回覆已逾期
letters-since = 從 { $piece } 開始
letters-seen = 已看到
letters-seen-by = { $piece } 已看到
letters-dead = 沒有送達的資訊
letters-dead-more = 每一條都試了三天，或被對方明確拒絕。排除原因之後，請重新發送。
letters-no-dead = 所有資訊都已送達或正在發送。
letters-order = 給錢包後台的指令
letters-notice = 給用戶的郵件
letters-account = 給員工的帳戶郵件
letters-alarm = 給工作人員的提醒
letters-written = 寫於 { $piece }
letters-attempts = { $count ->
   *[other] 試了 { $count } 次
}
letters-again = 重新發送
letters-mail-title = 關於您案件的郵件
letters-mail-ask = 您的案件有變化時，我們會寫信給您。您可以在這裡停止郵件；所有內容仍在案件裡。
letters-mail-stop = 停止郵件
letters-mail-stopped = 我們不再發送關於這個案件的郵件。
letters-mail-still = 有兩件事我們仍會告訴您，因為小偷不希望您知道：要解除您帳戶的一項保護時，以及有人要更換聯繫方式時。
letters-mail-resume = 請繼續寫信給我
letters-mail-running = 我們會繼續寫信給您。
