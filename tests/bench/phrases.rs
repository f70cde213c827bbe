//! Phrases: how many reports a second, with how many phrases, beside `RegexSet` and a loop over `contains`.
//!
//! `cargo bench --features testing --bench phrases`. Reports have 500 characters, half of them Chinese; phrases are made
//! up in both languages, and one report in three holds some. All engines get the same folded phrases and must find the same;
//! folding is part of our time and of the loop's, while `RegexSet` compares without case on the text as it came.
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a bench measures time and prints it"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::hint::black_box;
use std::time::{Duration, Instant};

use holdfast::phrase::sample::Draw;
use holdfast::playbook::bench::{Builder, Phrases, Stance};
use holdfast::playbook::{Set, builtin_files, compile};
use holdfast::scoring::{Case, assess};
use holdfast::signal::{Facts, Origin, Signal};
use holdfast::text::fold;
use holdfast::{id::Id, id::Random, time::Timestamp};
use regex::{RegexSet, RegexSetBuilder};

const SIZES: [usize; 3] = [50, 500, 5_000];
const REPORTS: usize = 300;
const ROUNDS: usize = 5;
const ROUND: Duration = Duration::from_millis(400);

const SYLLABLES: [&str; 20] = [
    "ba", "cor", "den", "fil", "gar", "hum", "jes", "kit", "lor", "man", "nep", "ost", "pra", "qui", "ren", "sol",
    "tam", "ulk", "vex", "wor",
];
const HAN: &str = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水玉出昆冈";

struct Engines {
    size: usize,
    words: Vec<String>,
    ours: Phrases,
    ours_took: Duration,
    ours_bytes: u64,
    set: RegexSet,
    set_took: Duration,
}

fn main() {
    let mut draw = Draw::new(7);
    let all: Vec<String> = (0..SIZES[2]).map(|number| phrase(&mut draw, number)).collect();
    let reports = reports(&mut draw, &all[..SIZES[0]]);
    let engines: Vec<Engines> = SIZES.iter().map(|size| build(&all[..*size])).collect();
    println!("{:>8}  {:>14}  {:>14}  {:>18}", "phrases", "ours load, ms", "ours, MB", "RegexSet load, ms");
    for engine in &engines {
        println!(
            "{:>8}  {:>14.1}  {:>14.1}  {:>18.1}",
            engine.size,
            engine.ours_took.as_secs_f64() * 1e3,
            megabytes(engine.ours_bytes),
            engine.set_took.as_secs_f64() * 1e3
        );
    }
    same_answers(&engines, &reports);

    println!(
        "\nreports/s, folding included\n{:>8}  {:>10}  {:>10}  {:>10}  {:>12}  {:>8}",
        "phrases", "ours", "RegexSet", "contains", "÷ RegexSet", "÷ loop"
    );
    let mut first = None;
    for engine in &engines {
        let mut times = [Vec::new(), Vec::new(), Vec::new()];
        for _ in 0..ROUNDS {
            times[0].push(rate(&reports, |text| ours(&engine.ours, text)));
            times[1].push(rate(&reports, |text| engine.set.matches(text).iter().count()));
            times[2].push(rate(&reports, |text| {
                let folded = fold(text);
                engine.words.iter().filter(|word| folded.as_str().contains(word.as_str())).count()
            }));
        }
        let [ours, set, contains] = times.map(|mut rounds| median(&mut rounds));
        println!(
            "{:>8}  {ours:>10.0}  {set:>10.0}  {contains:>10.0}  {:>12.0}  {:>8.0}",
            engine.size,
            ours / set,
            ours / contains
        );
        let first = *first.get_or_insert(ours);
        println!("          cost {} -> {}: {:.2}", SIZES[0], engine.size, first / ours);
    }
    let fold_only = rate(&reports, |text| fold(text).as_str().len());
    println!("fold alone: {fold_only:.0} reports/s");
    builtin();
}

/// The built-in set on reports of 300 characters: recognising words, and the whole judgement.
fn builtin() {
    let before = resident();
    let began = Instant::now();
    let set = compile(&builtin_files(), "bench".to_owned()).unwrap_or_else(|faults| panic!("{}", faults[0]));
    println!(
        "\nbuilt-in set: loaded in {:.0} ms, {:.1} MB",
        began.elapsed().as_secs_f64() * 1e3,
        megabytes(resident().saturating_sub(before))
    );
    for (name, text) in [
        ("en, 300 characters, an incident", INCIDENT_EN),
        ("zh, 300 characters, an incident", INCIDENT_ZH),
        ("en, 300 characters, routine", ROUTINE_EN),
        ("zh, 300 characters, routine", ROUTINE_ZH),
    ] {
        let signals = [signal(text)];
        let words = rate(&[text.to_owned()], |_| set.recognise(black_box(&signals)).len());
        let whole = rate(&[text.to_owned()], |_| judged(&set, &signals));
        println!(
            "{name}: {} characters; words {:.1} µs, whole assessment {:.1} µs",
            text.chars().count(),
            1e6 / words,
            1e6 / whole
        );
    }
}

const INCIDENT_EN: &str = "Good morning. I opened the app after breakfast and the number was zero, although last night there were 3,400 usdt in it. In the history stands a transfer out at 4am that I never made, I was asleep and the phone lay beside me. Nobody knows my words, they are on paper in a drawer. What should I do now, please?";
const INCIDENT_ZH: &str = "早上起来打开钱包发现余额变成0了，昨晚睡前还有三千四百个U。交易记录里有一笔凌晨四点的转出，不是我操作的，我那个时候在睡觉，手机就放在枕头边上。助记词只抄在纸上放在抽屉里，没有给任何人看过，也没有输入过任何网站。我最近只是连接过一个网站领空投，当时点了确认，之后没有发现异常。请问现在应该怎么办，还有没有办法把币追回来？我的地址是波场的，里面还有一些别的代币，不知道要不要马上转走。家里人都不知道这件事，我很着急，希望你们尽快回复我，谢谢。另外我的电脑上个月装过一个会议软件，是一个面试官发给我的，装完之后没什么反应，不知道和这个有没有关系。";
const ROUTINE_EN: &str = "Hello, I asked for a withdrawal of 250 euros on Monday and it is still in review. The app says that it takes up to three working days, but today is Friday and nobody answers my ticket. I have sent all the papers that were asked for and my name is the same on both accounts. How long will it take, please? Thanks a lot.";
const ROUTINE_ZH: &str = "你好，我周一申请提现两百五十欧元，到现在还在审核中。页面上写的是三个工作日内处理，可是今天已经周五了，工单也没有人回复。要求的资料我都已经提交了，两边账户的名字也是一样的。之前提现从来没有这么久过，请问大概还要等多长时间？如果还缺什么材料请直接告诉我，我可以马上补。另外我想问一下提现的手续费是怎么算的，页面上显示的和我上次的不一样，是不是规则改了？还有一个小建议，希望能在订单页面里显示审核到了哪一步，这样大家就不用一直来问了。谢谢你们的帮助，祝工作顺利。我平时白天上班，可能没有办法接电话，留言给我就可以了，我晚上会看的。";

fn judged(set: &Set, signals: &[Signal]) -> usize {
    assess(set, &Case { signals, answers: &BTreeMap::new() }).standings.len()
}

fn signal(text: &str) -> Signal {
    let at = Timestamp::from_millis(1_772_442_000_000);
    let origin = Origin { endpoint: "bench".to_owned(), verified: false, reliability: 800 };
    let facts = Facts::new().with("kind", "report").with("text", text);
    Signal { id: Id::new(at, &Zeroes), origin, at, received: at, facts }
}

struct Zeroes;

impl Random for Zeroes {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill(0);
    }
}

fn ours(phrases: &Phrases, text: &str) -> usize {
    let folded = fold(text);
    phrases.find(&folded, &Stance::of(&folded)).len()
}

fn build(words: &[String]) -> Engines {
    let (before, began) = (resident(), Instant::now());
    let mut builder = Builder::default();
    for word in words {
        builder.add(word).unwrap();
    }
    let ours = builder.build().unwrap();
    let (ours_took, ours_bytes) = (began.elapsed(), resident().saturating_sub(before));
    let began = Instant::now();
    // As its users write it, on the text as it came: it is spared the folding, and its answers are the same here.
    let set = RegexSetBuilder::new(words.iter().map(|word| regex::escape(word)))
        .case_insensitive(true)
        .size_limit(1 << 30)
        .build()
        .unwrap();
    Engines { size: words.len(), words: words.to_vec(), ours, ours_took, ours_bytes, set, set_took: began.elapsed() }
}

/// No made-up phrase is a part of another word here, so all engines must find the same.
fn same_answers(engines: &[Engines], reports: &[String]) {
    let mut found = 0;
    for engine in engines {
        for text in reports {
            let folded = fold(text);
            let by_loop: BTreeSet<usize> =
                (0..engine.words.len()).filter(|word| folded.as_str().contains(&engine.words[*word])).collect();
            let by_set: BTreeSet<usize> = engine.set.matches(text).iter().collect();
            assert_eq!(by_loop, by_set, "RegexSet and contains differ");
            assert_eq!(by_loop.len(), ours(&engine.ours, text), "ours differs on {text}");
            found += by_loop.len();
        }
    }
    println!("same answers of all engines: {found} phrases found");
}

fn phrase(draw: &mut Draw, number: usize) -> String {
    if number.is_multiple_of(2) {
        format!("{} {}{number:04}x", latin(draw), latin(draw))
    } else {
        let mut word: String = (0..4).map(|_| han(draw)).collect();
        word.extend(format!("{number:04}").chars().map(|digit| char::from_u32(0x5341 + u32::from(digit)).unwrap()));
        word
    }
}

fn latin(draw: &mut Draw) -> String {
    (0..3).map(|_| SYLLABLES[draw.below(SYLLABLES.len())]).collect()
}

fn han(draw: &mut Draw) -> char {
    let place = draw.below(HAN.chars().count());
    HAN.chars().nth(place).unwrap()
}

fn reports(draw: &mut Draw, phrases: &[String]) -> Vec<String> {
    (0..REPORTS)
        .map(|number| {
            let mut text = String::new();
            while text.chars().count() < 500 {
                if number.is_multiple_of(2) {
                    text.push_str(&latin(draw));
                    text.push(if draw.below(12) == 0 { '.' } else { ' ' });
                } else {
                    text.push(han(draw));
                    if draw.below(14) == 0 {
                        text.push('，');
                    }
                }
                if number.is_multiple_of(3) && draw.below(60) == 0 {
                    text.extend([" ", &phrases[draw.below(phrases.len())], " "]);
                }
            }
            text
        })
        .collect()
}

/// Runs a second, one after the other.
fn rate(reports: &[String], mut run: impl FnMut(&str) -> usize) -> f64 {
    let (began, mut count) = (Instant::now(), 0_u32);
    while began.elapsed() < ROUND {
        black_box(run(black_box(&reports[count as usize % reports.len()])));
        count += 1;
    }
    f64::from(count) / began.elapsed().as_secs_f64()
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn megabytes(bytes: u64) -> f64 {
    f64::from(u32::try_from(bytes / 1024).unwrap()) / 1024.0
}

/// Bytes of this process in memory.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
}
