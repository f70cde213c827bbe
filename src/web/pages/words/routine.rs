//! Routine requests: what is normal, what the chain says, an end, and a person on request.

super::say! {
    NORMAL: "What is normal", "正常需要多久";

    CHAIN: "What the chain says", "链上的情况";
    TRANSFER: "Transfer", "交易";
    BLOCK: "By block {} of {}", "依据：{} 区块 {}";
    LOOKED: "Looked up {}", "查询时间：{}";
    AGAIN: "Open this page again later and we look again.", "稍后再打开本页，会重新查询。";

    SOLVED: "Is it solved?", "问题解决了吗？";
    SOLVED_HINT: "Then say so, and the case closes. A message opens it again at any time.", "解决了就点一下，案件结束。之后随时留言都可以重新打开。";
    SOLVED_TAP: "It is solved", "已经解决";

    ASKED: "You asked for a person.", "您要求了人工处理。";
    ASKED_MORE: "Staff see that. Somebody reads this case, and it does not close by itself.", "工作人员能看到。会有人来处理，案件不会自动关闭。";

    WANT: "I want a person to look at this", "我要真人处理";
    WANT_HINT: "Your steps come at once all the same. A word or two is enough, or nothing at all.", "步骤照样马上给您。写一两句就行，不写也可以。";
}
