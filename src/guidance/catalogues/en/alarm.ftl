# Alarms for staff. Nothing of the person stands in them.
alarm-waits = Level { $level }: { $kind }. Case { $reference } has waited for { $wait } and nobody has taken it
alarm-waits-closed = Level { $level }: a case has waited for { $wait } and nobody has taken it
alarm-waits-many = Level { $level }: { $count } incidents wait and nobody has taken them, the first for { $wait }
alarm-source-silent = Level { $level }: nothing has come from the source { $source } for { $wait }
alarm-dead-letters = Level { $level }: letters to { $target } could not be delivered
alarm-automatic-braked = Level { $level }: the house has ordered as much by itself as it may and stopped { $wait } ago
alarm-unreviewed = Level { $level }: an order of one person alone has been waiting for { $wait } too long to be looked at
alarm-glass = Level { $level }: somebody broke the glass of a closed case
alarm-circle-orphaned = Level { $level }: a closed case has nobody left and stands open to the approvers
alarm-advice = Take it, or press "Seen" so that it rings no further:
alarm-seen = Seen: { $title }
alarm-over = Over: { $title }
alarm-nameless = an incident
alarm-minutes = { $number } min
alarm-hours = { $number } h
alarm-days = { $number } days
