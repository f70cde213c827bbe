# What can still be saved, and what nobody can bring back.
outlook-secret = In a wallet of your own: what has not left yet can be saved by moving it to a new wallet that you make yourself. In an exchange account: by locking it where it is, never by moving it.
outlook-secret-own = What has not left yet can be saved, by moving it to a new wallet that you make yourself.
outlook-secret-lost = A wallet whose words or key are known cannot be made safe again. No new password and no revoked permission changes that.
outlook-permission = They hold a way in, not everything: what it does not reach, or has not taken yet, can be saved.
outlook-account = In an account at an exchange or company, what is still there can be saved where it is: locked and held. Move nothing out of it, whoever says so. A wallet of your own whose words somebody may know is another matter: go by the steps.
outlook-none = What you still have stays yours as long as you send, sign and type nothing more for them.
outlook-freeze = Stolen USDT or USDC can sometimes be frozen in the first hours, or what reached an exchange held there. It takes a police report.
outlook-nothing-left = As you tell it, nothing is left here to save. Reporting it, keeping the evidence and protecting your other wallets is what helps now.
outlook-confirmed = A transfer that the chain has confirmed can be undone by nobody: not by us, not by the maker of the wallet.
outlook-promises = Nobody can promise to get it back. Whoever does, and wants to be paid first, is the next thief.
outlook-minutes = Minutes count.
outlook-hours = Hours count.
