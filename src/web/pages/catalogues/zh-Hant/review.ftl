# What one person alone or the house ordered, for somebody else to look at.
review-title = 待複核的指令
review-lead = 以下指令由一個人單獨下達，或由系統自動下達。一天之內須由另一個人複核：打開案件，判斷是否恰當；不恰當就申請解除。
review-empty = 沒有待複核的指令。
review-overdue = 已逾期
review-due = 複核期限：{ $piece }
review-ordered = 下達人：{ $piece }
review-by-house = 系統根據帶簽章的告警自動下達
review-own = 這是您自己下達的，需要另一個人複核。
review-case = 案件 { $piece }
review-looked = 我已複核
review-waiting = { $count ->
   *[other] 有 { $count } 筆單人或系統自動下達的指令等待複核。
}
review-late = { $count ->
   *[other] 其中 { $count } 筆已超過一天。
}
review-open = 前往複核
review-braked = 系統已停止自動下達指令：十分鐘內最多 30 筆。停止時間：{ $piece }。
review-accounts = { $count ->
   *[other] 對 { $count } 個帳戶，系統不再自動下達指令：每天最多三次。
}
review-braked-more = 請先查看系統下達了什麼，以及是哪個來源觸發的，然後說明為什麼可以繼續。
review-proposed = { $count ->
   *[other] 有 { $count } 筆指令等待第二個人同意。
}
review-proposed-title = 等待第二個人
review-proposed-lead = 還沒有發出。須由申請人以外的人在案件中同意，否則失效。
review-proposed-none = 沒有指令等待第二個人。
review-see = 查看
review-afterwards = 事後複核
review-reason = 為什麼可以繼續
review-go-on = 允許繼續
