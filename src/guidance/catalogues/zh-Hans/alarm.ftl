# 给工作人员的提醒，里面没有当事人的任何资料。
alarm-waits = { $level } 级：{ $kind }。案件 { $reference } 已等 { $wait }，无人接手
alarm-waits-closed = { $level } 级：有一起案件已等 { $wait }，无人接手
alarm-waits-many = { $level } 级：有 { $count } 起事件无人接手，最早的已等 { $wait }
alarm-source-silent = { $level } 级：来源 { $source } 已有 { $wait } 没有消息
alarm-dead-letters = { $level } 级：发往 { $target } 的通知无法送达
alarm-automatic-braked = { $level } 级：系统自动下达的指令已达上限，{ $wait }前已自行停止
alarm-unreviewed = { $level } 级：有单人下达的指令逾期 { $wait } 未经复核
alarm-glass = { $level } 级：有人紧急进入了一起限定人员的案件
alarm-circle-orphaned = { $level } 级：一起限定人员的案件已无人可处理，已向审批人开放
alarm-advice = 请接手，或点“已看到”让提醒不再升级：
alarm-seen = 已看到：{ $title }
alarm-over = 已解除：{ $title }
alarm-nameless = 一起事件
alarm-minutes = { $number } 分钟
alarm-hours = { $number } 小时
alarm-days = { $number } 天
