# 步骤旁边的简短提示。
notice-words-removed = 您发来的内容里有助记词或私钥。它在保存之前已经删除，我们这里没有人看到。但请把这个钱包当作已经泄露：在另一台干净的设备上自己新建一个钱包，把剩下的资产转过去。这些词不要再发给任何人，也包括我们。
notice-token-removed = 您发来的内容里有登录凭证。我们在保存之前已将它删除。请退出所有设备上的登录，让它失效。
notice-danger = 如果您或别人有危险，先保证人身安全，安全后拨打：{ $numbers }。
notice-further-back = 现在提交的人非常多，或者您所在的网络提交了很多次。您的报告已经保存，只是排队会往后最多 { $minutes } 分钟。步骤不受影响，请先照做。
notice-not-kept = 您的报告暂时没能保存。下面的步骤仍然有效，请先照做，几分钟后再提交一次。
notice-region-cn = 中国大陆
notice-region-hk = 香港
notice-region-sg = 新加坡
notice-region-us = 美国
notice-region-gb = 英国
notice-region-eu = 欧盟
