//! The words that change what a sentence claims, by what they do to it.

/// What a cue does to what stands near it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    /// May deny what follows at once.
    Denial,
    /// Supposes what follows in its sentence.
    Supposing,
    /// Supposes what follows when its sentence asks.
    If,
    /// Makes an "if" after it mean "whether".
    Whether,
    /// Asks in general about what follows in its sentence.
    General,
    /// Begins a general question, unless it asks somebody for help.
    Somebody,
    /// Turns "can someone" into a cry for help.
    Help,
    /// Long ago.
    Past,
    /// Today, or not over yet.
    Present,
    /// Something begun long ago that still belongs to the person.
    Begun,
    /// Somebody the person tells of.
    Other,
    /// Told by the news or the crowd.
    Hearsay,
    /// An order to those who read the report.
    Order,
    /// Asks.
    Asks,
}

/// Words by what they do, with `|` between them.
pub(super) const CUES: [(Cue, &str); 14] = [
    (
        Cue::Denial,
        "not|never|isnt|wasnt|werent|hasnt|havent|didnt|dont|without|nor|n't|what if|in case|in the event|\
         even if|avoid|prevent|against|worried about|afraid of|protect from|safe from|if|would|没|未|不|别|\
         勿|避免|防|怕|担心|万一|如果|假如|要是|若|会",
    ),
    (
        Cue::Supposing,
        "what if|what happens if|what would happen|suppose|supposing|hypothetically|lets say|let's say|\
         imagine if|in case of|would happen if|if one day|if i ever|if my wallet ever|if ever|假设|假如|万一|\
         倘若|假使|哪天|有一天",
    ),
    (Cue::If, "if|如果|要是|若是|若"),
    (Cue::Whether, "check|see|know|wonder|wondering|sure|tell|ask|clear|look|verify|confirm|as"),
    (
        Cue::General,
        "how to avoid|how to prevent|how to protect|how to spot|how to recognise|how to recognize|\
         how to tell if|how to stay safe|how do i avoid|how do i prevent|how do i protect|how can i avoid|\
         how can i prevent|how can i protect|how do i stay safe|how do i keep|how do scams|how do scammers|\
         how do hackers|how do thieves|how do people|how does a|how would a|how would i know|how would one|\
         can a hacker|can hackers|could a hacker|could hackers|can scammers|can a scammer|can thieves|\
         is it possible|is it even possible|is it safe|is it risky|is it dangerous|would it be|\
         what are the signs|tips for|tips against|in general|best practice|怎么防|如何防|怎样防|怎么避免|\
         如何避免|怎么预防|如何预防|怎么保护|如何保护|怎么识别|如何识别|怎么辨别|如何辨别|怎么分辨|怎么判断|\
         如何判断|有没有可能|是否可能|有可能被|一般怎么|骗子一般|黑客一般|会不会被",
    ),
    (Cue::Somebody, "can someone|can somebody|can anyone|can anybody|could someone|could somebody|could anyone"),
    (Cue::Help, "help|please|pls|plz|tell|explain|assist|look|check|contact|call|reply|answer|stop|freeze|block"),
    (
        Cue::Past,
        "last year|years ago|year ago|years back|a year back|back in 19|back in 20|long ago|in 2013|in 2014|\
         in 2015|in 2016|in 2017|in 2018|in 2019|in 2020|in 2021|in 2022|in 2023|in 2024|ages ago|\
         when i was young|去年|前年|大前年|年前|很久以前|好久以前|多年以前|当年|那年|早年|以前被|曾经",
    ),
    (
        Cue::Present,
        "today|yesterday|tonight|just|now|this morning|this week|this month|last night|last week|an hour|\
         hours ago|minutes ago|days ago|still|since then|again|help me|already|wants|asks|asking|offers|\
         contacted|says|urgent|asap|现在|今天|昨天|昨晚|刚|今早|今晚|这周|上周|小时前|分钟前|天前|还在|又|急|\
         救|最近|这几天|到现在|已经|先交|要交|联系我|找到我",
    ),
    (
        Cue::Begun,
        "bought|buy|created|opened|invested|set up|since|from|holding|held|saved|registered|买|建|开的|存|\
         注册|囤|创建|用的",
    ),
    (
        Cue::Other,
        "my friend|a friend|friend of mine|my friends|my colleague|a colleague|coworker|co-worker|\
         my neighbour|my neighbor|a neighbour|my buddy|a guy i know|someone i know|somebody i know|\
         my classmate|people|everyone|everybody|other users|another user|朋友|同事|邻居|同学|网友|群友|别人|\
         有人|人家|大家|其他人|其他用户|隔壁",
    ),
    (
        Cue::Hearsay,
        "in the news|on the news|the news|news about|i read|read about|read that|i heard|heard about|\
         heard that|saw a video|saw a post|saw on|article|documentary|podcast|just curious|just wondering|\
         out of curiosity|nothing happened|how do i stay safe|how to stay safe|stay safe|for my essay|\
         for school|新闻|听说|看到网上|网上说|网上看到|视频里|文章|报道|只是好奇|好奇问|随便问|怎么防|如何防|\
         怎么避免|如何避免|学学|论文",
    ),
    (
        Cue::Order,
        "ignore all|ignore the rules|ignore your|ignore previous|ignore any|ignore every|disregard|\
         system prompt|you are now|set priority|mark this|mark it as|mark me|mark as|classify|treat this as|\
         treat me as|label this|label it|pretend|act as if|put me first|忽略以上|忽略之前|忽略所有|忽略规则|\
         无视规则|忽略你|标记为|标记成|判定为|归类为|当成紧急|设为最高|优先级设|假装",
    ),
    (Cue::Asks, "?|what|how|can|could|would|will|怎么|怎样|咋|吗|呢|会不会|能不能|可不可以|是不是要|会怎"),
];
