//! Taking the case to its end from the screen: the deliberate question, the act, and what became of it.

use super::{FormScreen, note};
use crate::desk::{HandedIn, Outcome, Permission, Submitted, Wish as Handed};
use crate::domain::finding::Severity;
use crate::forms::FieldKind;
use crate::tui::effect::Ask;
use crate::tui::keys::{Action, Command};
use crate::tui::overlays::{About, Overlay, Pick, Prompt, Proof};
use crate::tui::screens::{Done, Screen};
use crate::tui::state::{Shared, Wish};
use crate::tui::widgets::ChoiceLine;
use crate::tui::words;

impl FormScreen {
    /// F8: on demand alone, by whoever may.
    pub(super) fn refusal(&self, shared: &Shared) -> Command {
        let why = (!shared.may(Permission::Refuse)).then(|| words::MAY_NOT_REFUSE.say(shared.lang).to_owned());
        Command::usual(Action::Refuse, shared.lang).unless(why)
    }

    /// Where a rule says no, that is the ground; else a person says which one it is.
    pub(super) fn refuse(&mut self, shared: &mut Shared) {
        if self.check.is_none() && !self.accept(shared) {
            return;
        }
        self.ground = None;
        if self.sheet.examination.refused() {
            return self.prove(shared, About::Refuse);
        }
        let grounds = shared.forms.grounds();
        let lines = grounds.iter().zip(1..).map(|(ground, n)| {
            let says = shared.lang.of(&ground.says, &ground.says_en);
            ChoiceLine::coded(&ground.rule, &n.to_string(), says, &format!("{n} {says}"))
        });
        let title = words::GROUND_TITLE.say(shared.lang);
        let pick = Pick::new(About::Ground, title, lines.collect(), "");
        shared.open(Overlay::Pick(pick));
    }

    /// The grounds that a refusal will name, as its paper does: what the law says no to, or the one a person chose.
    fn grounds(&self, shared: &Shared) -> Vec<String> {
        let lang = shared.lang;
        let mut said = vec![words::GROUNDS.say(lang).to_owned()];
        match &self.ground {
            None => {
                let findings = self.sheet.examination.findings.iter();
                let refused = findings.filter(|finding| finding.severity == Severity::Refuse);
                said.extend(refused.map(|finding| note(finding, shared).text));
            }
            Some(rule) => {
                let grounds = shared.forms.grounds();
                let chosen = grounds.iter().find(|ground| ground.rule == *rule);
                said.extend(chosen.map(|ground| note(ground, shared).text));
            }
        }
        said
    }

    /// Asks for the last four characters of the first person's ID number before an act.
    pub(super) fn prove(&mut self, shared: &mut Shared, about: About) {
        let lang = shared.lang;
        let first = self.sheet.form.sections.iter().find_map(|section| {
            let is_number = |kind: &FieldKind| matches!(kind, FieldKind::IdNumber { .. });
            let field = section.fields.iter().find(|field| is_number(&field.kind))?;
            Some((section, self.sheet.written(field)))
        });
        let Some((section, id_no)) = first.filter(|(_, id_no)| !id_no.is_empty()) else {
            let said = words::NO_ID.say(lang);
            return shared.tell("!", said);
        };
        let title = match about {
            About::Refuse => words::REFUSE_TITLE,
            _ if shared.may(Permission::Register) => words::REGISTER_TITLE,
            _ => words::ACCEPT_TITLE,
        };
        let help = words::LAST_FOUR.fill(lang, &[lang.of(&section.title, &section.title_en)]);
        let number = shared.next_number();
        let said = match about {
            About::Refuse => self.grounds(shared),
            _ => vec![],
        };
        let proof = Proof::new(number, about, title.say(lang), &help, &id_no).saying(said);
        shared.open(Overlay::Proof(proof));
    }

    /// Hands the case in; first a second person looks at what was put right by hand.
    pub(super) fn hand_in(&mut self, shared: &mut Shared, refuse: bool) {
        let lang = shared.lang;
        let unapproved = self.sheet.unapproved();
        if unapproved.is_empty() {
            return self.go_in(shared, refuse);
        }
        let said = unapproved
            .iter()
            .map(|finding| lang.of(&finding.says, &finding.says_en));
        let help = said.collect::<Vec<_>>().join(" ");
        let prompt = Prompt::new(About::Second { refuse }, words::SECOND_TITLE.say(lang), &help)
            .line(words::SECOND_NAME.say(lang), "", true)
            .secret(words::PASSWORD.say(lang));
        shared.open(Overlay::Prompt(prompt));
    }

    /// A second person signs in for the act that follows at once: nothing can be changed between.
    pub(super) fn second_look(&mut self, shared: &mut Shared, refuse: bool, name: &str, password: &str) {
        let ticket = shared.ask_and_wait(Ask::Second {
            name: name.to_owned(),
            password: password.to_owned(),
        });
        self.approving = Some((ticket, refuse));
    }

    /// The act itself.
    pub(super) fn go_in(&mut self, shared: &mut Shared, refuse: bool) {
        let wish = match (refuse, shared.may(Permission::Register)) {
            (true, _) => Handed::FinishOrRefuse,
            (false, true) => Handed::Finish,
            (false, false) => Handed::Accept,
        };
        let handed = HandedIn {
            ground: self.ground.clone().filter(|_| refuse),
            ..self.sheet.draft.handed_in(wish)
        };
        self.handing_in = Some(shared.ask_and_wait(Ask::HandIn(handed)));
    }

    /// What became of it.
    pub(super) fn handed_in(&mut self, shared: &mut Shared, submitted: Submitted) {
        self.handing_in = None;
        if submitted.case.is_none() {
            self.sheet.examination.findings = submitted.findings;
            self.check.get_or_insert_default();
            self.choose_open();
            let open = self.sheet.open_points().len().max(1);
            let said = words::OPEN_POINTS.fill(shared.lang, &[&open.to_string()]);
            return shared.tell("!", said);
        }
        if submitted.outcome != Outcome::Refused {
            shared.last = self.sheet.draft.answers.clone();
        }
        shared.wish(Wish::Swap(Box::new(Screen::Done(Done::new(submitted)))));
    }
}
