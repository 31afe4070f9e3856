//! What stands below a form, or right of it: what is wrong with the field under the caret, how it is filled in, and
//! what else keeps the case from going on.

use super::{FormScreen, label, note};
use crate::domain::finding::{Finding, Severity};
use crate::tui::keys::{Action, names_of};
use crate::tui::state::{Note, Shared};
use crate::tui::words;

/// The lines, heaviest first: of the field under the caret, then of the case, then how many there are elsewhere.
pub fn of(screen: &FormScreen, shared: &Shared) -> Vec<Note> {
    let sheet = &screen.sheet;
    let Some(field) = sheet.here() else { return vec![] };
    let lang = shared.lang;
    let said = sheet.examination.findings.iter();
    let (about, others): (Vec<&Finding>, Vec<&Finding>) =
        said.partition(|finding| finding.field.as_deref() == Some(&field.path));
    // What is missing is said by the mark; in words only to whoever walks from one to the next.
    let about = about.into_iter().filter(|_| !sheet.is_retyped(field));
    let about = about.filter(|finding| screen.walking || !sheet.is_missing(finding));
    let mut notes: Vec<Note> = about.map(|finding| note(finding, shared)).collect();
    if sheet.open_confirmation().is_some() && sheet.typed().is_none() {
        notes.push(plain(words::CONFIRM_HERE.say(lang)));
    }
    notes.extend(screen.filled.then(|| all_filled(screen, shared)));
    let colon = lang.of("：", ": ");
    let mut help = format!(
        "{}{colon}{}",
        label(field, shared),
        lang.of(&field.help, &field.help_en)
    );
    if field.derived {
        help.push_str(&words::DERIVED.fill(lang, &[&names_of(Action::Override)]));
    }
    notes.push(plain(&help));
    // Of the whole case: what the law says no to, and what is about no field.
    let others = others
        .into_iter()
        .filter(|finding| finding.stops() && !sheet.is_missing(finding));
    let (whole, elsewhere): (Vec<&Finding>, Vec<&Finding>) =
        others.partition(|finding| finding.field.is_none() || finding.severity == Severity::Refuse);
    notes.extend(whole.into_iter().map(|finding| note(finding, shared)));
    let wrong = elsewhere
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .count();
    if wrong > 0 {
        let said = words::WRONG_ELSEWHERE.fill(lang, &[&wrong.to_string(), &names_of(Action::Walk)]);
        notes.push(Note { mark: "!", text: said });
    }
    notes
}

/// Nothing is left to be filled in: whether the case can go on, and how.
fn all_filled(screen: &FormScreen, shared: &Shared) -> Note {
    let open = screen.sheet.open_points();
    let count = |heavy: fn(&Finding) -> bool| open.iter().filter(|finding| heavy(finding)).count();
    let refused = count(|finding| finding.severity == Severity::Refuse);
    let wrong = count(|finding| finding.severity == Severity::Error);
    let (mark, word, n) = match (refused, wrong, open.len() - refused - wrong) {
        (0, 0, 0) => ("√", words::ALL_FILLED, 0),
        (0, 0, n) => ("!", words::FILLED_TO_CONFIRM, n),
        (0, n, _) => ("!", words::FILLED_BUT_WRONG, n),
        (n, ..) => ("!", words::FILLED_BUT_REFUSED, n),
    };
    Note {
        mark,
        text: word.fill(shared.lang, &[&n.to_string()]),
    }
}

fn plain(text: &str) -> Note {
    Note {
        mark: " ",
        text: text.to_owned(),
    }
}
