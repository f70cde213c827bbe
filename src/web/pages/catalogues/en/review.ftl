# What one person alone or the house ordered, for somebody else to look at.
review-title = Orders to look at
review-lead = One person alone or the house itself ordered these. Somebody else looks at each within a day: open the case, see whether it was right, and lift it if it was not.
review-empty = Nothing waits to be looked at.
review-overdue = Overdue
review-due = To be looked at { $piece }
review-ordered = Ordered by { $piece }
review-by-house = The house itself, on a signed alert
review-own = This was you: somebody else looks at it.
review-case = Case { $piece }
review-looked = I have looked at it
review-waiting = { $count ->
    [one] One order of one person or of the house waits to be looked at.
   *[other] { $count } orders of one person or of the house wait to be looked at.
}
review-late = { $count ->
    [one] One has waited for more than a day.
   *[other] { $count } have waited for more than a day.
}
review-open = Look at them
review-braked = The house orders nothing by itself any more: 30 orders within ten minutes are the most. It stopped { $piece }.
review-accounts = { $count ->
    [one] On one account the house orders nothing more by itself: three times a day are the most.
   *[other] On { $count } accounts the house orders nothing more by itself: three times a day are the most.
}
review-braked-more = Look first at what it ordered and at the source that told of it. Then say why it may go on.
review-proposed = { $count ->
    [one] One order waits for a second person.
   *[other] { $count } orders wait for a second person.
}
review-proposed-title = Waiting for a second person
review-proposed-lead = Nothing has left. Somebody other than whoever asked agrees in the case, or it lapses.
review-proposed-none = No order waits for a second person.
review-see = See them
review-afterwards = To look at afterwards
review-reason = Why it may go on
review-go-on = Let it go on
