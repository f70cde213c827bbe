desk-list = All cases
desk-list-narrowed = Cases like this
desk-search = Search
desk-search-hint = Reference, address, account, IP or kind
desk-nothing-found = No case is like that. What was written in cases is sealed and is not searched.
desk-show-all = Show all
desk-cut = More than 200 fit; the latest are shown. Narrow the search.
desk-new-above = { $count ->
    [one] { $count } new case. Show
   *[other] { $count } new cases. Show
}
desk-new-urgent = { $count ->
    [one] { $count } of level 1
   *[other] { $count } of level 1
}
desk-with-chosen = With the chosen ones
desk-what = What to do
desk-deed-release = Hand back
desk-deed-note = Put a note on each
desk-deed-close = Close routine requests
desk-deed-words = Note or reason
desk-preview = Preview
desk-choose-case = Choose
desk-stand-waiting = Waiting
desk-stand-held = With
desk-stand-in-hands = In hands
desk-stand-mine = Mine
desk-stand-closed = Closed
desk-narrow = Narrow down
desk-state = State
desk-lane = Lane
desk-level = Level
desk-more-facets = Also
desk-kind = Kind
desk-more-kinds = { $count ->
    [one] { $count } more kind
   *[other] { $count } more kinds
}
desk-views = My views
desk-name-view = Name for this list
desk-keep-view = Keep
desk-drop-view = Remove the view
desk-bulk = Many cases at once
desk-bulk-release = { $count ->
    [one] Hand back { $count } case?
   *[other] Hand back { $count } cases?
}
desk-bulk-note = { $count ->
    [one] Put this note on { $count } case?
   *[other] Put this note on { $count } cases?
}
desk-bulk-close = { $count ->
    [one] Close { $count } routine request with this reason?
   *[other] Close { $count } routine requests with this reason?
}
desk-bulk-nothing = Nothing was chosen that this can be done to.
desk-bulk-left = { $count ->
    [one] { $count } case stays as it is
   *[other] { $count } cases stay as they are
}
desk-bulk-go = Yes, do it
desk-bulk-undo = You can take it back for five minutes.
desk-bulk-back = Back to the list without doing anything
desk-fate-changed = Changed meanwhile.
desk-fate-not-mine = Not in your hands.
desk-fate-not-routine = A security case: each is closed by itself.
desk-fate-not-open = With somebody else, or closed already.
desk-fate-steps-open = Required steps are still open.
desk-done = { $count ->
    [one] Done for { $count } case.
   *[other] Done for { $count } cases.
}
desk-left = { $count ->
    [one] { $count } had changed and stays as it is.
   *[other] { $count } had changed and stay as they are.
}
desk-undo = Undo
desk-undo-for = possible for { $piece }
desk-undone = Taken back.
desk-too-late = Too late to take that back. Nothing was changed.
desk-did-claim = { $count ->
    [one] You took { $count } case.
   *[other] You took { $count } cases.
}
desk-did-release = { $count ->
    [one] You handed back { $count } case.
   *[other] You handed back { $count } cases.
}
desk-did-close = { $count ->
    [one] You closed { $count } case.
   *[other] You closed { $count } cases.
}
desk-looking = Also looking: { $piece }
desk-keep-draft = Keep for later
desk-draft-kept = Kept
desk-draft-yours = You began this { $piece }.
desk-draft-other = { $piece } began a reply and did not send it
desk-draft-other-note = { $piece } began a note
desk-keys-title = Keys
desk-keys-more = A single key is enough while you are not typing.
desk-key-move = Next and previous case
desk-key-open = Open the case
desk-key-pick = Choose the case
desk-key-palette = Every command
desk-key-sheet = This sheet
desk-key-close = Close
desk-palette = What do you want to do?
desk-palette-none = Nothing is called that here.
desk-sound-on = Sound on level 1
desk-sound-off = Sound is on
desk-why-next = Why it is next
desk-first-steps = What to do first
desk-happened-last = What happened last
desk-all-of-it = All of it
desk-others = Other cases of this account or wallet
desk-no-others = None that we know of.
desk-subject = Who it is about
desk-no-subject = Nobody has proved which account this is about.
desk-found = What was seen, and where else
desk-found-none = No address, link or number was named.
desk-in-others = { $count ->
    [one] in { $count } other case
   *[other] in { $count } other cases
}
desk-only-here = only here
desk-questions = Questions still open
desk-questions-hint = The answer to the first would change the steps most.
desk-more-questions = { $count ->
    [one] { $count } more question
   *[other] { $count } more questions
}
desk-timeline = Everything in order
desk-everybody = All
desk-machine = Machines
desk-staff-did = Staff
desk-person-did = The person
desk-to-signal = signal { $piece }
desk-owner = by { $piece }
desk-falls-to = with { $piece }
desk-blocks = Add steps to the reply, in the language they read
desk-footer = Under every message stands, in their language, what we never ask for.
desk-correct = Correct the signals
desk-correct-hint = What is left is judged again and may become lower. That takes a reason, and it stays in the trail.
desk-correct-what = The chosen signals
desk-only-one = This is the only signal, so the case stands or falls with it: close it as a false alarm, or merge it with the case where it belongs.
desk-is-false = are false: take one out
desk-is-other = belong to another case: move them
desk-is-own = belong to a case of their own: split them off
desk-into = Other case, by reference or number
desk-correct-go = Correct
desk-aside = Set aside
desk-was-false = called false by { $piece }
desk-was-moved = moved by { $piece }
desk-put-back = Let it count again
desk-rule = Another level or kind
desk-rule-hint = What was computed stays beside your word. It holds until something worse is seen.
desk-rule-kind = It is
desk-rule-same = as computed
desk-rule-go = Set it
desk-ruled = { $piece } set level and kind here
desk-computed = computed: { $piece }
desk-merge = The same as another case
desk-merge-hint = Its signals are judged there too; this one closes as the same case. The person keeps their own page.
desk-merge-go = Merge
desk-not-found-case = No open case goes by that, or that would leave this one empty. Nothing was changed.
desk-reveal = Show a masked value
desk-reveal-hint = At most thirty an hour; each is noted with your reason.
desk-reveal-what = Which
desk-reveal-go = Show it on this page
desk-revealed = Shown whole on this page: { $piece }
desk-new = Take down a case
desk-new-more = For somebody on the phone or in front of you. They get the same steps, at once.
desk-new-never = Never ask for recovery words, passwords or codes, and stop them when they begin to say them.
desk-new-text = What happened, in their words
desk-new-now = It is happening now
desk-new-account = Their account
desk-new-wallet = Wallet address
desk-new-phone = Phone to call back
desk-new-email = E-mail
desk-new-language = They read
desk-new-go = Open the case
desk-new-done = The case is open
desk-new-read = Read these out. The code is shown this once.
desk-new-code = Code
desk-new-link = Link
desk-new-steps = Tell them to do this first
desk-new-bad = Something is missing or cannot be read: { $piece }
