# 發給當事人的郵件：沒有連結、驗證碼、內容、金額和地址。
mail-answered-subject = 您的案件有了回覆 { $reference }
mail-answered-text = 您的案件裡有一條給您的回覆。
mail-taken-subject = 有人在處理您的案件 { $reference }
mail-taken-text = 已有工作人員接手您的案件。
mail-closed-subject = 您的案件已結束 { $reference }
mail-closed-text = 我們結束了您的案件。結論和您還可以做的事寫在案件裡。
mail-reopened-subject = 您的案件重新打開了 { $reference }
mail-reopened-text = 您的案件重新打開，正在排隊。
mail-decided-subject = 您的請求有了決定 { $reference }
mail-decided-text = 對您在案件裡提出的一項請求，我們有了決定。
mail-second-theft-subject = 警惕「幫您追回資產」的人 { $reference }
mail-second-theft-text = 您的案件結束已有一個月。差不多這個時候，會有人聯絡您，自稱律師、警察、駭客，甚至「我們」，說找到了您的錢，要您交手續費、稅費，遠端控制您的裝置，或要助記詞。這些都是第二次詐騙。不要付錢，不要連接錢包，請斷開聯絡。如果真有人找過您，請在案件裡留言。
mail-contact-asked-subject = 有人要求更換您案件的聯絡方式 { $reference }
mail-contact-asked-text = 能打開您案件的人要求我們以後寫信到另一個地址。工作人員同意並過一天之後才會更換。如果不是您本人，請馬上在案件裡說明。
mail-contact-agreed-subject = 您案件的聯絡方式將要更換 { $reference }
mail-contact-agreed-text = 從明天起，我們會寫信到另一個地址。如果不是您本人，請馬上在案件裡說明：在那之前還可以阻止。
mail-release-subject = 您帳戶的一項保護可能被解除 { $reference }
mail-release-text = 我們的工作人員申請解除您帳戶的一項保護。要有第二個人同意，並等待一段時間。如果這不是您的意思，請馬上在案件裡說明。
mail-frame =
    { $says }

    編號：{ $reference }

    請像往常一樣，用您保存的連結和訪問碼打開案件查看。連結和訪問碼絕不會出現在郵件裡，這封郵件也特意不帶連結。

    { $footer }
mail-numbered =
    { $text }

    核對編號：{ $number }
    想知道郵件是不是真的來自我們：請自己輸入我們網站的地址，在「這真的是我們嗎？」頁面貼上這封郵件。
