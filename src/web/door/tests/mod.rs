mod answers;
mod framing;
mod house;
mod slow;
mod stopping;
