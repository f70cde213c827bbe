# 各種問題的名稱。
problem-bad-request = 無法讀取此請求
problem-unauthorized = 請先登入
problem-forbidden = 沒有權限
problem-not-found = 此處沒有內容
problem-method-not-allowed = 此處不支援該操作
problem-too-slow = 請求傳輸過慢
problem-conflict = 與當前狀態衝突
problem-too-large = 內容過大
problem-url-too-long = 網址過長
problem-unsupported-media-type = 不支援的格式
problem-unprocessable = 請求內容有誤
problem-too-many-requests = 請求過於頻繁
problem-headers-too-large = 請求標頭過大
problem-internal = 我們這邊出了問題
problem-unavailable = 暫時無法使用
