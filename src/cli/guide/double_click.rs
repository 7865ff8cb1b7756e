//! Started by a double click on Windows, the window would be gone before anybody has read a line.

use std::env;
use std::io::{self, IsTerminal as _};
use std::path::Path;

use crate::cli::printer::Printer;
use crate::report::labels::Labels;

/// Waits for Enter where the window closes as soon as the program ends.
pub(super) fn stay_open(labels: &Labels, printer: &mut Printer) {
    let both = io::stdin().is_terminal() && io::stdout().is_terminal();
    let (exe, here) = (env::current_exe().ok(), env::current_dir().ok());
    // Command prompts hand PROMPT down to what they start, Explorer has none to hand down.
    let prompt = env::var_os("PROMPT").is_some();
    if cfg!(windows) && both && !prompt && is_own_folder(exe.as_deref(), here.as_deref()) {
        printer.trouble(labels.get("guide.press_enter"));
        let _ = io::stdin().read_line(&mut String::new());
    }
}

/// Whether the program was called in the folder where it lies, as Explorer does. How many programs share the console
/// can be asked only by unsafe code, which this crate forbids itself.
fn is_own_folder(exe: Option<&Path>, here: Option<&Path>) -> bool {
    exe.and_then(Path::parent).is_some_and(|folder| Some(folder) == here)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn explorer_starts_a_program_in_its_own_folder() {
        let of = |exe: &str, here: &str| is_own_folder(Some(Path::new(exe)), Some(Path::new(here)));
        assert!(of("/tools/tallyframe", "/tools"));
        assert!(!of("/tools/tallyframe", "/projects/space"));
        assert!(!is_own_folder(None, None));
    }
}
