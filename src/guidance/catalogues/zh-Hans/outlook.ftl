# 还能保住什么，什么谁也要不回来。
outlook-secret = 自己的钱包：还没被转走的，转到您自己新建的钱包里就还有救。交易所账户：原地锁定，不要转。
outlook-secret-own = 还没被转走的都还有救：转到您自己新建的钱包里。
outlook-secret-lost = 助记词或私钥已泄露的钱包不会再安全了，改密码、取消授权都没有用。
outlook-permission = 对方拿到的是一条通道，不是全部：它够不到的、还没转走的，都还有救。
outlook-account = 交易所或平台的账户：还在里面的，原地锁定、拦截就能保住，谁让您转都不要转。自己的钱包如果助记词可能被人知道，请按步骤做。
outlook-none = 只要不再替对方转账、签名、输入，您手里剩下的就还是您的。
outlook-freeze = 被盗的 USDT、USDC 有时能在最初几小时内冻结，进了交易所的也可能被拦下。都需要先报警。
outlook-nothing-left = 照您说的，这里已经没有可救的了。现在有用的是：报警、留好证据、保护好其他钱包。
outlook-confirmed = 链上已经确认的转账谁也撤不回来，我们不能，钱包官方也不能。
outlook-promises = 没有人能保证追回。谁保证追回又要您先付钱，谁就是下一个骗子。
outlook-minutes = 要争分夺秒。
outlook-hours = 最好在几小时内做完。
