# Mails to the holder of a case: no link, code, content, amount or address. What was sent is compared with these words when
# somebody asks whether it is ours, so a change makes mails that are on their way look altered.
mail-answered-subject = There is an answer in your case { $reference }
mail-answered-text = There is an answer for you in your case.
mail-taken-subject = Somebody is working on your case { $reference }
mail-taken-text = A person has taken up your case.
mail-closed-subject = Your case was closed { $reference }
mail-closed-text = We have closed your case. What we found and what you can still do stands in it.
mail-reopened-subject = Your case is open again { $reference }
mail-reopened-text = Your case is open again and stands in the queue.
mail-decided-subject = What you asked for was decided { $reference }
mail-decided-text = We have decided on something that you asked for in your case.
mail-second-theft-subject = Beware of offers to get your money back { $reference }
mail-second-theft-text = It is a month since we closed your case. About now people call who say that they found your money: a lawyer, the police, a hacker, even "us". They ask for a fee, a tax, remote access or your words. All of them steal a second time. Pay nothing, connect nothing, end the contact. If somebody has called you, write it in your case.
mail-contact-asked-subject = Another contact was asked for in your case { $reference }
mail-contact-asked-text = Somebody who can open your case asked us to write to another address from now on. Nothing changes before staff agree and a day has gone by. If that was not you, say so in your case now.
mail-contact-agreed-subject = Your case gets another contact { $reference }
mail-contact-agreed-text = From tomorrow on we write to another address about your case. If that was not you, say so in your case now: until then it can be stopped.
mail-release-subject = A protection of your account may be lifted { $reference }
mail-release-text = A member of our staff asked to lift a protection of your account. A second person has to agree, and some time goes by before. If you did not want that, say so in your case now.
mail-frame =
    { $says }

    Reference: { $reference }

    To read it, open your case the way you always do: with the link and the code that you kept. They are never in a mail, and this mail has no link on purpose.

    { $footer }
mail-numbered =
    { $text }

    Check number: { $number }
    Whether a mail is really ours, the page "Is this really us?" tells you: type the address of our site yourself, paste this mail there.
