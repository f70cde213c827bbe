# 給工作人員的提醒，裡面沒有當事人的任何資料。
alarm-waits = { $level } 級：{ $kind }。案件 { $reference } 已等 { $wait }，無人接手
alarm-waits-closed = { $level } 級：有一起案件已等 { $wait }，無人接手
alarm-waits-many = { $level } 級：有 { $count } 起事件無人接手，最早的已等 { $wait }
alarm-source-silent = { $level } 級：來源 { $source } 已有 { $wait } 沒有訊息
alarm-dead-letters = { $level } 級：發往 { $target } 的通知無法送達
alarm-automatic-braked = { $level } 級：系統自動下達的指令已達上限，{ $wait }前已自行停止
alarm-unreviewed = { $level } 級：有單人下達的指令逾期 { $wait } 未經覆核
alarm-glass = { $level } 級：有人緊急進入了一起限定人員的案件
alarm-circle-orphaned = { $level } 級：一起限定人員的案件已無人可處理，已向審批人開放
alarm-advice = 請接手，或按“已看到”讓提醒不再升級：
alarm-seen = 已看到：{ $title }
alarm-over = 已解除：{ $title }
alarm-nameless = 一起事件
alarm-minutes = { $number } 分鐘
alarm-hours = { $number } 小時
alarm-days = { $number } 天
