//! What the holder of a case can see and do, and what nobody else can.

mod after;
mod beside;
mod evidence;
mod first;
mod forms;
mod guesses;
mod holder;
mod letterbox;
mod logs;
mod script;
mod sessions;
mod shown;
mod stream;
mod wait;
mod wishes;
