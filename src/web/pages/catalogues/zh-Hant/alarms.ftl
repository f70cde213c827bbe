# What the house raised about itself and its people, on the console's first page. Nobody is named here.
alarms-title = 需要稽核人員查看
alarms-reading = 有人查看的案件數量異常
alarms-cases = 一小時內查看了 { $count } 個不同案件
alarms-brake = 到期記錄沒有清除：時鐘或上次執行時間異常
alarms-entry = 詳情見稽核記錄第 { $piece } 筆
