# 還能保住什麼，什麼誰也要不回來。
outlook-secret = 還沒被轉走的都還有救：轉到您自己新建的錢包裡。
outlook-secret-lost = 舊錢包不會再安全了，改密碼、取消授權都沒有用。
outlook-permission = 對方拿到的是一條通道，不是全部：它夠不到的、還沒轉走的，都還有救。
outlook-account = 還在帳戶裡的，留在原處就能保住：鎖定、攔截。不需要轉到別處，誰讓您轉都不要轉。
outlook-none = 只要不再替對方轉帳、簽名、輸入，您手裡剩下的就還是您的。
outlook-freeze = 被盜的 USDT、USDC 有時能在最初幾小時內凍結，進了交易所的也可能被攔下。都需要先報警。
outlook-nothing-left = 照您說的，這裡已經沒有可救的了。現在有用的是：報警、留好證據、保護好其他錢包。
outlook-confirmed = 鏈上已經確認的轉帳誰也撤不回來，我們不能，錢包官方也不能。
outlook-promises = 沒有人能保證追回。誰保證追回又要您先付錢，誰就是下一個騙子。
outlook-minutes = 要爭分奪秒。
outlook-hours = 最好在幾小時內做完。
