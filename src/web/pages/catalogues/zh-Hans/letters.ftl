# Alarms that hold, letters that did not arrive, and the page by which a person stops mails.
letters-unseen = { $count ->
   *[other] { $count } 条提醒还没有人看到。
}
letters-open = 打开
letters-alarms = 提醒
letters-no-alarms = 没有提醒。
letters-waits = 有案件在等待，无人接手
letters-silent = 来源 { $piece } 没有消息
letters-undelivered = 发往 { $piece } 的信息没有送达
letters-braked = 系统已停止自动下达指令
letters-unreviewed = 有单人下达的指令一天之内无人复核
letters-approval = 有指令等待第二个人同意
letters-late = 首次回复已逾期
letters-since = 从 { $piece } 开始
letters-seen = 已看到
letters-seen-by = { $piece } 已看到
letters-dead = 没有送达的信息
letters-dead-more = 每一条都试了三天，或被对方明确拒绝。排除原因之后，请重新发送。
letters-no-dead = 所有信息都已送达或正在发送。
letters-order = 给钱包后台的指令
letters-notice = 给用户的邮件
letters-account = 给员工的账户邮件
letters-alarm = 给工作人员的提醒
letters-written = 写于 { $piece }
letters-attempts = { $count ->
   *[other] 试了 { $count } 次
}
letters-again = 重新发送
letters-mail-title = 关于您案件的邮件
letters-mail-ask = 您的案件有变化时，我们会写信给您。您可以在这里停止邮件；所有内容仍在案件里。
letters-mail-stop = 停止邮件
letters-mail-stopped = 我们不再发送关于这个案件的邮件。
letters-mail-still = 有两件事我们仍会告诉您，因为小偷不希望您知道：要解除您账户的一项保护时，以及有人要更换联系方式时。
letters-mail-resume = 请继续写信给我
letters-mail-running = 我们会继续写信给您。
