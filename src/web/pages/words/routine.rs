//! Routine requests: what is normal, what the chain says, an end, and a person on request.

super::say! {
    NORMAL: "routine-normal";
    CHAIN: "routine-chain";
    TRANSFER: "routine-transfer";
    BLOCK: "routine-block";
    LOOKED: "routine-looked";
    AGAIN: "routine-again";
    SOLVED: "routine-solved";
    SOLVED_HINT: "routine-solved-hint";
    SOLVED_TAP: "routine-solved-tap";
    ASKED: "routine-asked";
    ASKED_MORE: "routine-asked-more";
    WANT: "routine-want";
    WANT_HINT: "routine-want-hint";
}
