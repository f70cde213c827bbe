# Short notices beside the steps.
notice-words-removed = What you sent held a recovery phrase or key. We removed it before anything was kept: no one here has read it. Treat that wallet as known to others all the same: on another, clean device make a new wallet yourself and move what is left there. Never send these words to anyone, not even to us.
notice-token-removed = What you sent held a sign-in token. We removed it before anything was kept. Sign out everywhere so that it stops working.
notice-danger = If you or someone else is in danger, that comes first. Get to safety, then call: { $numbers }.
notice-further-back = Very many reports are coming in just now, or came from your network. Yours is kept, and its place is up to { $minutes } minutes further back than it would be. Your steps are the same: begin with them.
notice-not-kept = Your report could not be kept just now. The steps below are right all the same: begin with them. Then send the report again in a few minutes.
notice-region-cn = China
notice-region-hk = Hong Kong
notice-region-sg = Singapore
notice-region-us = United States
notice-region-gb = United Kingdom
notice-region-eu = European Union
