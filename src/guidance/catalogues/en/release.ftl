# Before a protection is lifted.
release-ahead = Somebody on our staff has asked to lift a protection on your account. Nothing is lifted before { $at } UTC, and a second person has to agree. If you did not ask for this, or somebody is telling you to let it happen, write here now: nothing has happened yet. You need not pay, sign or send anything for it.
