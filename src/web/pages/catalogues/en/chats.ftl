# What a bot answers in a chat, and the part of one's own page that links a chat.
chats-not-linked = I do not know you here. Sign in to the console, open the page of your account and make a code under “Chats”. Then write to me alone, not in a group: link CODE
chats-linked = This chat knows you now. Only you see my answers.
chats-not-this-code = This code is not good, or not any more. Make a new one on the page of your account.
chats-not-yours = Your roles do not allow that from a chat. What only approvers and admins may do needs the console and a passkey.
chats-help = You can write:
chats-help-next = next: how many wait, and how grave the most urgent is
chats-help-seen = seen, or seen HF-…: you saw the alarm, and it rings no further
chats-help-case = case HF-…: how a case stands
chats-help-console = Cases are taken, judged and read in the console alone, because a chat proves too little of who writes.
chats-security = Security: { $piece } waiting
chats-routine = Routine: { $piece } waiting
chats-first = Most urgent: { $piece }
chats-level = level { $piece }
chats-waits-for = has waited for { $piece }
chats-nothing-waits = Nothing waits.
chats-ringing = { $count ->
    [one] One alarm rings that nobody has seen.
   *[other] { $count } alarms ring that nobody has seen.
}
chats-seen = Seen: { $piece }. It rings no further.
chats-several = Several alarms ring. Say which you saw: { $piece }
chats-quiet = No such alarm rings.
chats-case = Case { $piece }
chats-state-open = nobody has taken it
chats-state-held = in the hands of { $piece }
chats-state-closed = closed
chats-no-case = There is no case of this reference.
chats-title = Chats
chats-more = In a chat of this house you can ask what waits, say that you saw an alarm, and ask how a case stands. A code tells the chat who you are.
chats-make = Make a code
chats-code = Write this to the bot alone, not in a group:
chats-good = Good once, until { $piece }.
chats-known = You are known in { $piece }
chats-since = since { $piece }
chats-leave = Be known in no chat
