# What one person alone or the house ordered, for somebody else to look at.
review-title = 待复核的指令
review-lead = 以下指令由一个人单独下达，或由系统自动下达。一天之内须由另一个人复核：打开案件，判断是否恰当；不恰当就申请解除。
review-empty = 没有待复核的指令。
review-overdue = 已逾期
review-due = 复核期限：{ $piece }
review-ordered = 下达人：{ $piece }
review-by-house = 系统根据带签名的告警自动下达
review-own = 这是您自己下达的，需要另一个人复核。
review-case = 案件 { $piece }
review-looked = 我已复核
review-waiting = { $count ->
   *[other] 有 { $count } 条单人或系统自动下达的指令等待复核。
}
review-late = { $count ->
   *[other] 其中 { $count } 条已超过一天。
}
review-open = 去复核
review-braked = 系统已停止自动下达指令：十分钟内最多 30 条。停止时间：{ $piece }。
review-accounts = { $count ->
   *[other] 对 { $count } 个账户，系统不再自动下达指令：每天最多三次。
}
review-braked-more = 请先查看系统下达了什么，以及是哪个来源触发的，然后说明为什么可以继续。
review-proposed = { $count ->
   *[other] 有 { $count } 条指令等待第二个人同意。
}
review-proposed-title = 等待第二个人
review-proposed-lead = 还没有发出。须由申请人以外的人在案件中同意，否则失效。
review-proposed-none = 没有指令等待第二个人。
review-see = 查看
review-afterwards = 事后复核
review-reason = 为什么可以继续
review-go-on = 允许继续
