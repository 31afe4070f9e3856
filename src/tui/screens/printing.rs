//! What is told once papers were printed.

use crate::tui::effect::Printout;
use crate::tui::state::Shared;
use crate::tui::words;

/// Tells how many came out and where their files are; the first that did not goes before.
pub fn tell(shared: &mut Shared, printouts: &[Printout]) {
    let failed = printouts.iter().find_map(|printout| printout.came.as_ref().err());
    if let Some([zh, en]) = failed {
        let said = shared.lang.of(zh, en).to_owned();
        return shared.tell("!", said);
    }
    let files: Vec<_> = printouts
        .iter()
        .filter_map(|printout| printout.came.as_ref().ok())
        .collect();
    let folder = files.first().and_then(|file| file.parent());
    let folder = folder.map(|folder| folder.display().to_string()).unwrap_or_default();
    let said = words::PRINTED_SOME.fill(shared.lang, &[&files.len().to_string(), &folder]);
    shared.tell("√", said);
}
