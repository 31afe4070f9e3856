//! What is told once papers were printed, and what is asked where a printer got them.

use crate::desk::PrintOutcome;
use crate::tui::effect::{Ask, Printout};
use crate::tui::overlays::{About, Matter, Overlay, Pick, Told};
use crate::tui::state::Shared;
use crate::tui::widgets::ChoiceLine;
use crate::tui::words;

/// The answers to whether copies came out: all of them, or none. Any other names the one that did not.
const ALL: &str = "1";
const NONE: &str = "2";

/// Tells how many were made and where their files are; the first that was not goes before. Of those that a printer got,
/// asks whether they came out.
pub fn tell(shared: &mut Shared, printouts: &[Printout]) {
    ask(shared, printouts);
    let failed = printouts.iter().find_map(|printout| printout.came.as_ref().err());
    if let Some([zh, en]) = failed {
        let said = shared.lang.of(zh, en).to_owned();
        return shared.tell("!", said);
    }
    let files: Vec<_> = printouts
        .iter()
        .filter_map(|printout| Some(&printout.came.as_ref().ok()?.0))
        .collect();
    let place = match files.as_slice() {
        [file] => Some(file.as_path()),
        files => files.first().and_then(|file| file.parent()),
    };
    let place = place.map(|place| place.display().to_string()).unwrap_or_default();
    let word = match printouts.iter().any(|printout| printout.sent) {
        true => words::SENT_SOME,
        false => words::WRITTEN_SOME,
    };
    let said = word.fill(shared.lang, &[&files.len().to_string(), &place]);
    shared.tell("√", said);
}

/// Asks whether what a printer got came out; Esc leaves it to be asked at home.
fn ask(shared: &mut Shared, printouts: &[Printout]) {
    let sent = printouts.iter().filter(|printout| printout.sent);
    let copies: Vec<(i64, String)> = sent
        .clone()
        .filter_map(|printout| Some((printout.print, printout.came.as_ref().ok()?.1.clone())))
        .collect();
    if copies.is_empty() {
        return;
    }
    let lang = shared.lang;
    let whole = [(ALL, words::ALL_CAME_OUT), (NONE, words::NONE_CAME_OUT)];
    let whole = whole.map(|(n, word)| ChoiceLine::new(n, word.say(lang), &format!("{n} {}", word.say(lang))));
    let mut lines = whole.to_vec();
    if copies.len() > 1 {
        lines.extend(sent.zip(3..).map(|(printout, n)| {
            let said = words::ALL_BUT_ONE.fill(lang, &[&printout.title]);
            ChoiceLine::new(&n.to_string(), &printout.title, &format!("{n} {said}"))
        }));
    }
    let about = About::Matter(Matter::CameOut(copies));
    shared.open(Overlay::Pick(Pick::new(about, words::CAME_OUT.say(lang), lines, "")));
}

/// Reports what a person said came out; the copies that did not, by their ids. `None` for any other question.
pub fn told(shared: &mut Shared, told: &Told) -> Option<Vec<i64>> {
    let About::Matter(Matter::CameOut(copies)) = &told.about else {
        return None;
    };
    let said = told.texts.first().map(String::as_str).unwrap_or_default();
    let lost: Vec<i64> = match said {
        ALL => vec![],
        NONE => copies.iter().map(|(print, _)| *print).collect(),
        other => {
            let n: Option<usize> = other.parse().ok();
            let one = n.and_then(|n| copies.get(n.checked_sub(3)?));
            one.map(|(print, _)| *print).into_iter().collect()
        }
    };
    let outcome = |(print, sha256): &(i64, String)| {
        let outcome = match lost.contains(print) {
            true => PrintOutcome::Failed,
            false => PrintOutcome::Printed {
                pdf_sha256: sha256.clone(),
            },
        };
        (*print, outcome)
    };
    shared.ask(Ask::SettlePrints(copies.iter().map(outcome).collect()));
    Some(lost)
}

/// What a paper is set on: plain paper, the booklet of a serial, or in training a whole page in a booklet's stead.
pub fn how(shared: &Shared, layout: &str, overlay: bool, serial: Option<&str>) -> String {
    let lang = shared.lang;
    let for_blanks = shared
        .forms
        .paper(layout)
        .is_some_and(|paper| paper.layout.only_overlay);
    match (overlay, serial) {
        (true, Some(serial)) => words::OVERLAY_ON.fill(lang, &[serial]),
        (true, None) => words::OVERLAY.say(lang).to_owned(),
        (false, _) if for_blanks => words::WHOLE_PAGE.say(lang).to_owned(),
        (false, _) => words::PLAIN_PAPER.say(lang).to_owned(),
    }
}
