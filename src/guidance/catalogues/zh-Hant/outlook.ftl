# 還能保住什麼，什麼誰也要不回來。
outlook-secret = 自己的錢包：還沒被轉走的，轉到您自己新建的錢包裡就還有救。交易所帳戶：原地鎖定，不要轉。
outlook-secret-own = 還沒被轉走的都還有救：轉到您自己新建的錢包裡。
outlook-secret-lost = 助記詞或私鑰已洩露的錢包不會再安全了，改密碼、取消授權都沒有用。
outlook-permission = 對方拿到的是一條通道，不是全部：它夠不到的、還沒轉走的，都還有救。
outlook-account = 交易所或平台的帳戶：還在裡面的，原地鎖定、攔截就能保住，誰讓您轉都不要轉。自己的錢包如果助記詞可能被人知道，請按步驟做。
outlook-none = 只要不再替對方轉帳、簽名、輸入，您手裡剩下的就還是您的。
outlook-freeze = 被盜的 USDT、USDC 有時能在最初幾小時內凍結，進了交易所的也可能被攔下。都需要先報警。
outlook-nothing-left = 照您說的，這裡已經沒有可救的了。現在有用的是：報警、留好證據、保護好其他錢包。
outlook-confirmed = 鏈上已經確認的轉帳誰也撤不回來，我們不能，錢包官方也不能。
outlook-promises = 沒有人能保證追回。誰保證追回又要您先付錢，誰就是下一個騙子。
outlook-minutes = 要爭分奪秒。
outlook-hours = 最好在幾小時內做完。
