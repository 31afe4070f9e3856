//! How a claim ends on the screen: lists to choose from, a card that is read, the deliberate question, and what became
//! of it.

use super::head;
use super::table::Entry;
use super::{Bill, Ending, Kind, Override, Place, Then};
use crate::desk::{Outcome, Submitted, Wish as Handed};
use crate::domain::finding::{Finding, Severity};
use crate::domain::money::Fen;
use crate::forms::Answer;
use crate::tui::effect::Ask;
use crate::tui::errand::Errand;
use crate::tui::input::Input;
use crate::tui::overlays::{About, Overlay, Pick, Prompt, Proof};
use crate::tui::screens::form::{card, note};
use crate::tui::screens::{Done, Screen};
use crate::tui::state::{Shared, Wish};
use crate::tui::widgets::ChoiceLine;
use crate::tui::words::{self, Word};

/// What the question about an override is about.
pub const OVERRIDE: &str = "override";

/// Paths of what was approved.
pub const OVERRIDE_LINES: &str = "override.lines";
/// Why it was.
pub const OVERRIDE_REASON: &str = "override.reason";

/// Before the id of a price list that a bill goes by alone, in the list of policies.
const ALONE: &str = "=";

/// The price lists in force, to bill by without a policy.
fn lists_alone(shared: &Shared) -> Vec<ChoiceLine> {
    let (lang, today) = (shared.lang, shared.now.date());
    let lists = shared.forms.waivers().tariffs();
    let usable = lists.filter(|list| list.head.covers(today) && list.head.status.usable());
    let line = |list: &crate::domain::waiver::Tariff| {
        let title = lang.of(&list.head.title.zh, &list.head.title.en);
        let label = words::BILL_ALONE.fill(lang, &[title]);
        ChoiceLine::new(&format!("{ALONE}{}", list.head.id), &list.head.title.zh, &label)
    };
    let mut lines: Vec<ChoiceLine> = usable.map(line).collect();
    lines.sort_by(|a, b| a.value.cmp(&b.value));
    lines
}

/// Whether the policy says no.
pub fn refuses(finding: &Finding) -> bool {
    finding.severity == Severity::Refuse
}

impl Bill {
    /// F4: policies above, items below.
    pub(super) fn list(&mut self, shared: &mut Shared) {
        let lang = shared.lang;
        let (path, title, lines) = if matches!(self.place, Place::Head(_)) {
            let today = shared.now.date();
            let book = shared.forms.waivers().policies();
            let usable = book.filter(|policy| policy.head.covers(today) && policy.head.status.usable());
            let line = |policy: &crate::domain::waiver::Policy| {
                let title = lang.of(&policy.head.title.zh, &policy.head.title.en);
                let label = format!("{}  {title}", policy.head.id);
                ChoiceLine::new(&policy.head.id, &policy.head.title.zh, &label)
            };
            let mut lines: Vec<ChoiceLine> = usable.map(line).collect();
            lines.sort_by(|a, b| a.value.cmp(&b.value));
            lines.extend(lists_alone(shared));
            ("policy", words::BILL_POLICY, lines)
        } else {
            let line = |item: &crate::desk::ItemLine| {
                let name = lang.of(&item.name.zh, &item.name.en);
                let label = format!("{}  {name}  {} {}", item.code, item.price, item.note);
                ChoiceLine::new(&item.code, &item.name.zh, &label)
            };
            ("item", words::BILL_ITEM, self.items.iter().map(line).collect())
        };
        let pick = Pick::new(About::Field(path.to_owned()), title.say(lang), lines, "");
        shared.open(Overlay::Pick(pick));
    }

    /// F9: the price list that the bill goes by, as it hangs on the wall today.
    pub(super) fn print_list(&self, shared: &mut Shared) {
        let Some(tariff) = self.tariff(shared) else {
            return shared.tell("!", words::BILL_NO_LIST.say(shared.lang));
        };
        let on = shared.now.date();
        shared.ask_and_wait(Ask::Errand(Errand::PriceList(tariff, on)));
    }

    /// The price list of the bill: the one that was named, or the policy's own.
    fn tariff(&self, shared: &Shared) -> Option<String> {
        let answers = &self.draft.answers;
        let named = answers.text("tariff");
        if !named.is_empty() {
            return Some(named.to_owned());
        }
        let own = answers.text("policy");
        let policy = shared.forms.waivers().policies().find(|known| known.head.id == own)?;
        policy.tariffs.first().cloned()
    }

    /// What was chosen from a list, or said to a question.
    pub(super) fn chosen(&mut self, shared: &mut Shared, path: &str, value: &str) {
        match path {
            "policy" => {
                let (policy, tariff) = match value.strip_prefix(ALONE) {
                    Some(tariff) => ("", tariff),
                    None => (value, ""),
                };
                self.draft.answers.set_text("policy", policy);
                self.draft.answers.set_text("tariff", tariff);
                for path in ["classes", "evidence"] {
                    self.draft.answers.set_text(path, "");
                }
                let given = &mut self.draft.answers.given;
                given.retain(|path, _| !path.starts_with("choices."));
                self.items.clear();
                self.changed(shared, Then::Nothing);
            }
            "item" => {
                let offsite = self.offsite();
                let Some(at) = self.items.iter().position(|item| item.code == value) else {
                    return;
                };
                self.entry = Entry::new(&self.items, shared.lang, shared.now.date());
                if let Some(row) = self.entry.pick(&self.items, at, offsite) {
                    self.put_row(shared, row);
                }
                self.place = Place::Entry;
            }
            "refused" => {
                let Place::Row(at) = self.place else { return };
                let mut rows = self.rows().to_vec();
                if let Some(row) = rows.get_mut(at) {
                    if value.is_empty() {
                        row.remove("refused");
                    } else {
                        row.insert("refused".to_owned(), Answer::Text(value.to_owned()));
                    }
                }
                self.set_rows(shared, rows);
            }
            _ => {}
        }
    }

    /// Asks why a line of an invoice is refused.
    pub(super) fn reject(&mut self, shared: &mut Shared) {
        let lang = shared.lang;
        let Place::Row(at) = self.place else { return };
        let before = self
            .rows()
            .get(at)
            .map(|row| super::table::text(row, "refused"))
            .unwrap_or_default();
        let about = About::Field("refused".to_owned());
        let prompt = Prompt::new(about, words::BILL_REJECT.say(lang), words::BILL_REJECT_HELP.say(lang));
        shared.open(Overlay::Prompt(prompt.line(words::REASON.say(lang), &before, false)));
    }

    /// Asks what should be free otherwise, why, and who approves it.
    pub(super) fn ask_override(&mut self, shared: &mut Shared) {
        let lang = shared.lang;
        let about = About::Field(OVERRIDE.to_owned());
        let prompt = Prompt::new(
            about,
            words::BILL_OVERRIDE.say(lang),
            words::BILL_OVERRIDE_HELP.say(lang),
        )
        .line(words::BILL_FREE.say(lang), "", true)
        .line(words::REASON.say(lang), "", true)
        .line(words::BILL_APPROVER.say(lang), "", true)
        .secret(words::PASSWORD.say(lang));
        shared.open(Overlay::Prompt(prompt));
    }

    /// A supervisor signs in for it.
    pub(super) fn override_line(&mut self, shared: &mut Shared, texts: &[String]) {
        let Place::Row(line) = self.place else { return };
        let [free, reason, name, password] = texts else { return };
        let Ok(free) = Fen::parse(free) else {
            let said = words::BILL_NO_PRICE.say(shared.lang);
            return shared.tell("!", said);
        };
        let ticket = shared.ask_and_wait(Ask::Second {
            name: name.clone(),
            password: password.clone(),
        });
        let asked = Override {
            line,
            free: free.0,
            reason: reason.clone(),
        };
        self.approving = Some((ticket, asked));
    }

    /// The supervisor signed in: the line is free as was said, and the act will hold who approved it.
    pub(super) fn approved(&mut self, shared: &mut Shared) {
        let Some((_, asked)) = self.approving.take() else {
            return;
        };
        let number = i64::try_from(asked.line + 1).unwrap_or_default();
        let mut lines = match self.draft.answers.get(OVERRIDE_LINES) {
            Some(Answer::Rows(rows)) => rows.clone(),
            _ => vec![],
        };
        lines.retain(|line| line.get("line") != Some(&Answer::Integer(number)));
        lines.push(
            [("line", number), ("free", asked.free)]
                .map(|(key, n)| (key.to_owned(), Answer::Integer(n)))
                .into(),
        );
        self.draft.answers.set(OVERRIDE_LINES, Answer::Rows(lines));
        self.draft.answers.set_text(OVERRIDE_REASON, &asked.reason);
        self.changed(shared, Then::Nothing);
    }

    /// A card fills the deceased, and where that one is known already, the applicant; anything else is text.
    pub(super) fn burst(&mut self, shared: &mut Shared, text: &str, typed: usize) {
        let card::Burst::Card(card) = card::read(&shared.desk.reader, text) else {
            if matches!(self.field(), Some(field) if !matches!(field.kind, Kind::Some(_))) {
                self.input.paste(text, typed);
            }
            return;
        };
        self.input.take_back(typed);
        let known = self.draft.answers.text("deceased.id_no");
        let whose = if known.is_empty() || known == card.id {
            "deceased"
        } else {
            "applicant"
        };
        let address = if whose == "deceased" { "deceased.hukou" } else { "" };
        for (path, value) in [
            (format!("{whose}.id_no"), card.id.as_str()),
            (format!("{whose}.name"), card.name()),
            (address.to_owned(), card.address()),
        ] {
            if !path.is_empty() && !value.is_empty() {
                self.draft.answers.set_text(&path, value);
            }
        }
        // The field under the caret may be one that the card filled.
        self.enter(self.place, shared);
        self.changed(shared, Then::GoOn);
    }

    /// The deliberate question, once the desk has said how the claim stands. What a person must confirm is asked before.
    pub(super) fn prove(&mut self, shared: &mut Shared, ending: Ending) {
        let lang = shared.lang;
        let refused = self.preview.findings.iter().any(refuses);
        let confirmed = |finding: &&Finding| {
            finding.severity == Severity::Confirm && self.draft.confirm.contains_key(&finding.rule)
        };
        let open = |finding: &&Finding| finding.stops() && !confirmed(finding);
        let blocked = match ending {
            Ending::Settle => self.preview.findings.iter().find(open),
            Ending::Refuse if refused => None,
            Ending::Refuse => self.preview.findings.first(),
        };
        if let Some(finding) = blocked {
            let said = lang.of(&finding.says, &finding.says_en).to_owned();
            if finding.severity == Severity::Confirm {
                return self.ask_confirm(shared, &finding.rule.clone(), &said);
            }
            shared.tell("!", said);
            return;
        }
        let Some((proof, help)) = self.proof() else {
            let said = words::NO_ID.say(lang);
            return shared.tell("!", said);
        };
        let (about, title) = match (ending, &self.preview.settlement) {
            (Ending::Settle, Some(settlement)) => {
                let (family, free) = (settlement.family.to_string(), settlement.free.to_string());
                (About::HandIn, words::BILL_SETTLE_TITLE.fill(lang, &[&family, &free]))
            }
            _ => (About::Refuse, words::REFUSE_TITLE.say(lang).to_owned()),
        };
        let number = shared.next_number();
        let said = match about {
            About::Refuse => {
                let refused = self.preview.findings.iter().filter(|finding| refuses(finding));
                let grounds = refused.map(|finding| note(finding, shared).text);
                std::iter::once(words::GROUNDS.say(lang).to_owned())
                    .chain(grounds)
                    .collect()
            }
            _ => vec![],
        };
        let proof = Proof::new(number, about, &title, help.say(lang), &proof).saying(said);
        shared.open(Overlay::Proof(proof));
    }

    /// What proves that the person looked: the number's end, or the day of a death without one.
    fn proof(&self) -> Option<(String, Word)> {
        let answers = &self.draft.answers;
        let id = answers.text("deceased.id_no");
        if !id.is_empty() {
            return Some((id.to_owned(), words::BILL_PROOF));
        }
        let day = ["dates.death", "dates.cremation"].map(|path| answers.text(path));
        let day = day.into_iter().find(|day| !day.is_empty())?;
        let digits = day.chars().filter(char::is_ascii_digit).collect();
        Some((digits, words::BILL_PROOF_DAY))
    }

    /// Asks for the reason with which a finding is confirmed.
    fn ask_confirm(&self, shared: &mut Shared, rule: &str, says: &str) {
        let lang = shared.lang;
        let help = format!("{says} {}", words::CONFIRM_HELP.say(lang));
        let prompt = Prompt::new(About::Confirm(rule.to_owned()), words::CONFIRM_TITLE.say(lang), &help);
        shared.open(Overlay::Prompt(prompt.line(words::REASON.say(lang), "", true)));
    }

    /// Hands the claim in.
    pub(super) fn hand_in(&mut self, shared: &mut Shared, ending: Ending) {
        let handed = self.draft.handed_in(match ending {
            Ending::Settle => Handed::Finish,
            Ending::Refuse => Handed::FinishOrRefuse,
        });
        self.handing_in = Some(shared.ask_and_wait(Ask::HandIn(handed)));
    }

    /// What became of it.
    pub(super) fn handed_in(&mut self, shared: &mut Shared, submitted: Submitted) {
        self.handing_in = None;
        if submitted.case.is_some() {
            return shared.wish(Wish::Swap(Box::new(Screen::Done(Done::new(submitted)))));
        }
        let first = submitted.findings.iter().find(|finding| finding.stops());
        let said = first.map(|finding| shared.lang.of(&finding.says, &finding.says_en).to_owned());
        self.preview.findings = submitted.findings;
        if submitted.outcome != Outcome::Settled {
            self.preview.settlement = None;
        }
        shared.tell("!", said.unwrap_or_default());
    }

    /// What was typed in a field above, for the caret.
    pub(super) fn typed(&self) -> &Input {
        &self.input
    }

    /// The marks of a numbered list, each with its number.
    pub(super) fn marks(&self, list: head::List) -> Vec<(usize, head::Mark)> {
        let marks = head::marks(list, &self.draft.answers, &self.preview);
        (1..).zip(marks).collect()
    }
}
