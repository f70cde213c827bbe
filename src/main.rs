//! The binary: reads the command line and hands over to the library.

use std::process::ExitCode;

use clap::Parser;
use holdfast::cli::{self, Arguments, Outcome};
use holdfast::outside::SystemClock;
use holdfast::time::Clock;

fn main() -> ExitCode {
    match cli::run(Arguments::parse(), SystemClock.now()) {
        Outcome::Done(ending) => ending.into(),
        Outcome::Remaining(command) => cli::house::run(command),
    }
}
