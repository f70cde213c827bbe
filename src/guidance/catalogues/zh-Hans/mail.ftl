# 发给当事人的邮件：没有链接、验证码、内容、金额和地址。
mail-answered-subject = 您的案件有了回复 { $reference }
mail-answered-text = 您的案件里有一条给您的回复。
mail-taken-subject = 有人在处理您的案件 { $reference }
mail-taken-text = 已有工作人员接手您的案件。
mail-closed-subject = 您的案件已结束 { $reference }
mail-closed-text = 我们结束了您的案件。结论和您还可以做的事写在案件里。
mail-reopened-subject = 您的案件重新打开了 { $reference }
mail-reopened-text = 您的案件重新打开，正在排队。
mail-decided-subject = 您的请求有了决定 { $reference }
mail-decided-text = 对您在案件里提出的一项请求，我们有了决定。
mail-second-theft-subject = 警惕“帮您追回资产”的人 { $reference }
mail-second-theft-text = 您的案件结束已有一个月。差不多这个时候，会有人联系您，自称律师、警察、黑客，甚至“我们”，说找到了您的钱，要您交手续费、税费，远程控制您的设备，或要助记词。这些都是第二次诈骗。不要付钱，不要连接钱包，请断开联系。如果真有人找过您，请在案件里留言。
mail-contact-asked-subject = 有人要求更换您案件的联系方式 { $reference }
mail-contact-asked-text = 能打开您案件的人要求我们以后写信到另一个地址。工作人员同意并过一天之后才会更换。如果不是您本人，请马上在案件里说明。
mail-contact-agreed-subject = 您案件的联系方式将要更换 { $reference }
mail-contact-agreed-text = 从明天起，我们会写信到另一个地址。如果不是您本人，请马上在案件里说明：在那之前还可以阻止。
mail-release-subject = 您账户的一项保护可能被解除 { $reference }
mail-release-text = 我们的工作人员申请解除您账户的一项保护。要有第二个人同意，并等待一段时间。如果这不是您的意思，请马上在案件里说明。
mail-frame =
    { $says }

    编号：{ $reference }

    请像往常一样，用您保存的链接和访问码打开案件查看。链接和访问码绝不会出现在邮件里，这封邮件也特意不带链接。

    { $footer }
mail-numbered =
    { $text }

    核对编号：{ $number }
    想知道邮件是不是真的来自我们：请自己输入我们网站的地址，在“这真的是我们吗？”页面粘贴这封邮件。
