//! What the holder of a case can see and do, and what nobody else can.

mod after;
mod forms;
mod guesses;
mod holder;
mod script;
mod sessions;
mod shown;
