# Under every message of staff. It is taken out again where messages are compared: after a change old ones keep theirs.
footer = We never ask for recovery words, passwords, codes or payment, and never name an address to move coins to. Whoever does is not us.
