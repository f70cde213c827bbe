# 時刻的寫法（見 strftime）和時長。
time-moment = %-m月%-d日 %H:%M（UTC）
time-seconds = { $count } 秒
time-minutes = { $count } 分鐘
time-hours = { $count } 小時
time-days = { $count } 天
time-about = （約 { $piece }）
time-ahead = { $count ->
    [0] 您前面沒有人。
   *[other] 您前面有 { $count } 人。
}
time-ahead-many = 您前面至少有 1000 人。
time-ten-thousands = { $piece } 萬
time-exact = %-m月%-d日 %H:%M:%S UTC
time-short-seconds = { $count } 秒
time-short-minutes = { $count } 分鐘
time-short-hours = { $count } 小時
time-short-days = { $count } 天
