# Alarms that hold, letters that did not arrive, and the page by which a person stops mails.
letters-unseen = { $count ->
    [one] One alarm that nobody has seen.
   *[other] { $count } alarms that nobody has seen.
}
letters-open = Open
letters-alarms = Alarms
letters-no-alarms = Nothing rings.
letters-waits = A case waits and nobody has taken it
letters-silent = Nothing comes from the source { $piece }
letters-undelivered = Letters to { $piece } did not arrive
letters-braked = The house has stopped ordering by itself
letters-unreviewed = An order of one person alone was not looked at within a day
letters-approval = An order waits for a second person
letters-late = The first reply is late
letters-since = Began { $piece }
letters-seen = Seen
letters-seen-by = Seen by { $piece }
letters-dead = Letters that did not arrive
letters-dead-more = Each was tried for three days, or refused for good. When what stood in the way is mended, have it sent again.
letters-no-dead = Every letter arrived or is still on its way.
letters-order = Order to a wallet backend
letters-notice = Mail to a person
letters-account = Mail to somebody on the staff about their account
letters-alarm = Alarm to staff
letters-written = Written { $piece }
letters-attempts = { $count ->
    [one] 1 attempt
   *[other] { $count } attempts
}
letters-again = Send again
letters-mail-title = Mails about your case
letters-mail-ask = We write to you when something happens in your case. You can stop that here; everything still stands in your case.
letters-mail-stop = Stop the mails
letters-mail-stopped = We write no more mails about this case.
letters-mail-still = Two things we still tell you, because a thief would like you not to know: when a protection of your account is to be lifted, and when somebody wants another contact.
letters-mail-resume = Write to me again
letters-mail-running = We write to you again.
