# How moments are written (see strftime) and how long things take.
time-moment = %-d %b, %H:%M UTC
time-seconds = { $count ->
    [one] 1 second
   *[other] { $count } seconds
}
time-minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
}
time-hours = { $count ->
    [one] 1 hour
   *[other] { $count } hours
}
time-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}
time-about = (about { $piece })
time-ahead = { $count ->
    [0] Nobody is ahead of you.
    [one] 1 person is ahead of you.
   *[other] { $count } people are ahead of you.
}
time-ahead-many = 1,000 people or more are ahead of you.
time-ten-thousands = { $piece }0,000
time-exact = %-d %b %H:%M:%S UTC
time-short-seconds = { $count } s
time-short-minutes = { $count } min
time-short-hours = { $count } h
time-short-days = { $count } d
