# What a chain was seen to say of a transfer. Never more certain than the node.
reading-asked = We are looking this transfer up on the chain. What we see appears here in a few seconds; your steps do not wait for it.
reading-confirmed-now = Confirmed: it is in the newest block. Within the next blocks it becomes final.
reading-confirmed = Confirmed: { $blocks } blocks hold it. It has been carried out and cannot be reversed by anyone.
reading-reverted = Failed: it is in a block, but the chain refused it. What you wanted to send stayed where it was; the fee is spent.
reading-in-line = Waiting: it is next in line and pays what the network takes now. The network decides when; usually that is soon.
reading-fee-low = Waiting: its fee is below what the network takes now. It goes through when the network is quieter, or sooner if you speed it up.
reading-behind = Waiting: earlier transfers of the same account come first, the oldest with number { $number }. Speed up or cancel that one; this one follows.
reading-gap = Waiting: a transfer with number { $number } is missing before it, so the network cannot take it yet.
reading-replaced = Replaced: another transfer of the same account with the same number is in a block. That one counts; this one can never happen.
reading-dropped = Gone: our node saw it waiting before and does not have it any more. It was most likely dropped or replaced; nothing of it is in a block that we see.
reading-not-found = Not found: our node of { $chain } does not know this hash. It may never have been sent, have been dropped, or be on another network.
reading-unknown-no-node = Unknown: we have no node of this network to ask, so we cannot see the transfer. Look it up in the network's explorer; type its address yourself.
reading-unknown-unreachable = Unknown: our node did not answer just now, so this says nothing about your transfer. We ask again when you open this page later.
reading-unknown-stale = Unknown: our node is behind the network, so what it does not see may well be there. We believe none of it; look in the explorer, or come back later.
reading-unknown-unreliable = Unknown: our node gave an answer that we cannot rely on, so we say nothing from it. Look in the explorer; staff see that the node is at fault.
