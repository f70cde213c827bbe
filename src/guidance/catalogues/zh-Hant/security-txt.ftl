# security.txt 裡給走錯門的人的話。
security-txt-lead = 發現安全漏洞請聯絡以下方式。資產或帳戶出了問題？請不要寫到這裡，請打開 { $page }
