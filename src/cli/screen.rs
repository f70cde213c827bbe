//! Where commands write and how they end.

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    Fine,
    /// Something was found, or failed.
    Findings,
    /// It could not be done as asked.
    Misuse,
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        Self::from(match ending {
            Ending::Fine => 0,
            Ending::Findings => 1,
            Ending::Misuse => 2,
        })
    }
}

/// Whether marks for a terminal are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    Plain,
    Terminal,
}

/// The answer goes to `out`; what is said beside it goes to `notes`.
pub struct Screen<'a> {
    pub out: &'a mut dyn Write,
    pub notes: &'a mut dyn Write,
    pub look: Look,
}

impl Screen<'_> {
    /// Runs a command on the standard streams. An error is misuse, except that a reader who has seen enough is fine.
    pub fn with_standard(command: impl FnOnce(&mut Screen<'_>) -> anyhow::Result<Ending>) -> Ending {
        let (stdout, stderr) = (io::stdout(), io::stderr());
        let look = if stdout.is_terminal() { Look::Terminal } else { Look::Plain };
        let mut screen = Screen { out: &mut stdout.lock(), notes: &mut stderr.lock(), look };
        let ended = command(&mut screen).and_then(|ending| Ok(screen.out.flush().map(|()| ending)?));
        match ended {
            Ok(ending) => ending,
            Err(error) if is_closed_pipe(&error) => Ending::Fine,
            Err(error) => {
                // With no place left to say it, the exit code says it alone.
                let _ = writeln!(screen.notes, "holdfast: {error:#}");
                Ending::Misuse
            }
        }
    }

    pub fn bold(&self, text: impl Display) -> String {
        self.marked("1", text)
    }

    pub fn faint(&self, text: impl Display) -> String {
        self.marked("2", text)
    }

    /// The heading of a part.
    pub fn heading(&mut self, text: &str) -> io::Result<()> {
        let text = self.bold(text);
        writeln!(self.out, "\n{text}")
    }

    /// Colour by urgency, 1 to 5; the word beside it says the same.
    pub fn urgent(&self, level: u8, text: impl Display) -> String {
        self.marked(
            match level {
                0 | 1 => "1;31",
                2 => "31",
                3 => "33",
                _ => "1",
            },
            text,
        )
    }

    fn marked(&self, mark: &str, text: impl Display) -> String {
        match self.look {
            Look::Plain => text.to_string(),
            Look::Terminal => format!("\u{1b}[{mark}m{text}\u{1b}[0m"),
        }
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// Reads a whole file, or standard input for `-`.
pub fn read_bytes(path: &Path) -> anyhow::Result<Vec<u8>> {
    let read = if is_standard(path) {
        let mut bytes = Vec::new();
        io::Read::read_to_end(&mut io::stdin().lock(), &mut bytes).map(|_| bytes)
    } else {
        std::fs::read(path)
    };
    read.map_err(|error| anyhow::anyhow!("{}: {error}", path.display()))
}

pub fn is_standard(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Runs a command and gives what it wrote, for tests.
#[cfg(test)]
pub fn written(command: impl FnOnce(&mut Screen<'_>) -> anyhow::Result<Ending>) -> (Ending, String, String) {
    let (mut out, mut notes) = (Vec::new(), Vec::new());
    let ending = command(&mut Screen { out: &mut out, notes: &mut notes, look: Look::Plain }).unwrap();
    (ending, String::from_utf8(out).unwrap(), String::from_utf8(notes).unwrap())
}
