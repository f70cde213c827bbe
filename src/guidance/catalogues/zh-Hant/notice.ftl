# 步驟旁邊的簡短提示。
notice-words-removed = 您發來的內容裡有助記詞或私鑰。它在保存之前已經刪除，我們這裡沒有人看到。但請把這個錢包當作已經洩露：在另一台乾淨的裝置上自己新建一個錢包，把剩下的資產轉過去。這些詞不要再發給任何人，也包括我們。
notice-token-removed = 您發來的內容裡有登入憑證。我們在保存之前已將它刪除。請登出所有裝置，讓它失效。
notice-danger = 如果您或別人有危險，先保證人身安全，安全後撥打：{ $numbers }。
notice-further-back = 現在提交的人非常多，或者您所在的網路提交了很多次。您的報告已經保存，只是排隊會往後最多 { $minutes } 分鐘。步驟不受影響，請先照做。
notice-not-kept = 您的報告暫時沒能保存。下面的步驟仍然有效，請先照做，幾分鐘後再提交一次。
notice-region-cn = 中國大陸
notice-region-hk = 香港
notice-region-sg = 新加坡
notice-region-us = 美國
notice-region-gb = 英國
notice-region-eu = 歐盟
