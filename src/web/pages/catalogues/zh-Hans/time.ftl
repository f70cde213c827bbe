# 时刻的写法（见 strftime）和时长。
time-moment = %-m月%-d日 %H:%M（UTC）
time-seconds = { $count } 秒
time-minutes = { $count } 分钟
time-hours = { $count } 小时
time-days = { $count } 天
time-about = （约 { $piece }）
time-ahead = { $count ->
    [0] 您前面没有人。
   *[other] 您前面有 { $count } 人。
}
time-ahead-many = 您前面至少有 1000 人。
time-ten-thousands = { $piece } 万
time-exact = %-m月%-d日 %H:%M:%S UTC
time-short-seconds = { $count } 秒
time-short-minutes = { $count } 分钟
time-short-hours = { $count } 小时
time-short-days = { $count } 天
