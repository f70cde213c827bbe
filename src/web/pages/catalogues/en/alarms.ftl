# What the house raised about itself and its people, on the console's first page. Nobody is named here.
alarms-title = Needs an auditor
alarms-reading = An unusual number of cases was read
alarms-cases = { $count ->
    [one] 1 different case within an hour
   *[other] { $count } different cases within an hour
}
alarms-brake = Old records were not removed: the clock or the last run looks wrong
alarms-entry = Who and what: entry { $piece } of the audit trail
