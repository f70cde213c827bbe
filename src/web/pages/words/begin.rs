//! The report: one tap, own words, drafts and the quiet proof.

super::say! {
    KEPT_SHORT: "Kept encrypted, for your case alone. ", "加密保存，只用于处理您的案件。";
    KEPT_MORE: "What we keep, and how long", "保存什么、保存多久";
    TAPS: "Tap what fits best. It is sent at once, and your steps come up.", "点一下最符合的情况，马上显示步骤。";
    OWN_WORDS: "Or in your own words", "或者用自己的话说";
    DRAFT_HINT: "What you write here stays for an hour, encrypted, if the page is loaded again. Recovery words are taken out first; nothing is left in the browser.", "您写的内容会加密保留一小时，页面重新加载也不会丢。助记词会先被删掉，浏览器里不留任何内容。";
    KEEP: "Keep what I wrote, for now", "先保留我写的内容";
    KEPT: "What you wrote is kept for an hour. Sending it or leaving removes it.", "您写的内容会保留一小时，提交或离开后就会删除。";
    LOOKS: "This looks like recovery words or a key. Please take them out: nobody needs them, not even we. If you send them all the same, we remove them before anything is kept.", "这看起来像助记词或私钥，请删掉：没有人需要它，我们也不需要。如果还是发出来了，我们会在保存之前删除。";
    NOW_WHY: "Then the steps that stop it come first, and a person is called.", "这样我们会先给止损步骤，并马上叫人。";
    LEFT_HINT: "A guess is enough. It tells us how much can still be saved.", "估计就行，用来判断还有多少可以救。";
    SENDING: "Your report is being sent. Stay on this page for a few seconds, or begin with the steps.", "正在提交您的报告，请在本页稍等几秒，也可以先做下面的步骤。";
    AGAIN_CHANGED: "This form was sent before with other words. Press again and it is sent as a new report.", "这份表单之前已经提交过，内容不同。再按一次就会作为新的报告提交。";
}
