# What the house raised about itself and its people, on the console's first page. Nobody is named here.
alarms-title = 需要审计人员查看
alarms-reading = 有人查看的案件数量异常
alarms-cases = 一小时内查看了 { $count } 个不同案件
alarms-brake = 到期记录没有清除：时钟或上次运行时间异常
alarms-entry = 详情见审计记录第 { $piece } 条
