# What a bot answers to people who report through a chat.
channel-hello = Write in a few words what happened. The first steps come at once. Never send recovery words, keys or codes, to anybody.
channel-number = Staff see your case under { $piece }
channel-more = To talk with staff, write on our own page; none of us writes first in this chat: { $piece }
