//! The questions about an account, and the same ones again where an answer would not do.

use super::role_words;
use crate::desk::{AccountLine, Role};
use crate::tui::overlays::{About, Matter, Overlay, Pick, Prompt, Told};
use crate::tui::state::Shared;
use crate::tui::widgets::ChoiceLine;
use crate::tui::words::{self, Word};

/// What can be done with an account.
pub fn what(shared: &mut Shared, account: &AccountLine) {
    let switch = if account.disabled {
        words::ENABLE
    } else {
        words::DISABLE
    };
    let acts = [words::ROLES, words::LICENCE, words::NEW_PASSWORD, switch];
    let line = |(n, word): (usize, &Word)| {
        let name = word.say(shared.lang);
        ChoiceLine::new(&n.to_string(), name, &format!("{n} {name}"))
    };
    let lines = (1..).zip(&acts).map(line).collect();
    let title = format!("{}  {}", account.name, account.display);
    let about = About::Matter(Matter::Account(account.name.clone()));
    shared.open(Overlay::Pick(Pick::new(about, &title, lines, "")));
}

/// Asks for what the chosen act needs.
pub fn for_act(shared: &mut Shared, account: &AccountLine, act: &str) {
    let name = account.name.clone();
    match act {
        "1" => roles(shared, &name, &role_words(words::Lang::Zh, account.roles)),
        "2" => {
            let until = account.licence_until.map(|day| day.to_string());
            licence(shared, &name, &until.unwrap_or_default());
        }
        "3" => password(shared, &name),
        _ => disable(shared, &name, !account.disabled),
    }
}

/// Asks for a new account; what was typed before stands in it, but no password.
pub fn new_account(shared: &mut Shared, typed: &[String]) {
    let say = |word: Word| word.say(shared.lang);
    let before = |n: usize| typed.get(n).map(String::as_str).unwrap_or_default();
    let prompt = Prompt::new(
        About::Matter(Matter::NewAccount),
        say(words::NEW_ACCOUNT),
        &roles_help(shared),
    )
    .line(say(words::NAME), before(0), true)
    .line(say(words::PERSON), before(1), true)
    .line(say(words::ROLES), before(2), true)
    .line(say(words::LICENCE), before(3), false)
    .secret(say(words::PASSWORD))
    .secret(say(words::PASSWORD_AGAIN));
    shared.open(Overlay::Prompt(prompt));
}

/// Asks the same once more.
pub fn again(shared: &mut Shared, told: &Told) {
    let text = told.texts.first().map(String::as_str).unwrap_or_default();
    match &told.about {
        About::Matter(Matter::NewAccount) => new_account(shared, &told.texts),
        About::Matter(Matter::Roles(name)) => roles(shared, name, text),
        About::Matter(Matter::Licence(name)) => licence(shared, name, text),
        About::Matter(Matter::Password(name)) => password(shared, name),
        _ => {}
    }
}

fn roles(shared: &mut Shared, name: &str, text: &str) {
    let title = format!("{}  {name}", words::ROLES.say(shared.lang));
    let about = About::Matter(Matter::Roles(name.to_owned()));
    let prompt = Prompt::new(about, &title, &roles_help(shared));
    shared.open(Overlay::Prompt(prompt.line(words::ROLES.say(shared.lang), text, true)));
}

fn licence(shared: &mut Shared, name: &str, text: &str) {
    let title = format!("{}  {name}", words::LICENCE.say(shared.lang));
    let about = About::Matter(Matter::Licence(name.to_owned()));
    let prompt = Prompt::new(about, &title, words::LICENCE_HELP.say(shared.lang));
    shared.open(Overlay::Prompt(prompt.line(
        words::LICENCE.say(shared.lang),
        text,
        false,
    )));
}

fn password(shared: &mut Shared, name: &str) {
    let say = |word: Word| word.say(shared.lang);
    let title = format!("{}  {name}", say(words::NEW_PASSWORD));
    let about = About::Matter(Matter::Password(name.to_owned()));
    let prompt = Prompt::new(about, &title, say(words::NEW_PASSWORD_HELP))
        .secret(say(words::PASSWORD_NEW))
        .secret(say(words::PASSWORD_AGAIN));
    shared.open(Overlay::Prompt(prompt));
}

fn disable(shared: &mut Shared, name: &str, disabled: bool) {
    let (word, help) = match disabled {
        true => (words::DISABLE, words::DISABLE_HELP),
        false => (words::ENABLE, words::ENABLE_HELP),
    };
    let title = format!("{}  {name}", word.say(shared.lang));
    let about = About::Matter(Matter::Disable(name.to_owned(), disabled));
    shared.open(Overlay::Prompt(Prompt::new(about, &title, help.say(shared.lang))));
}

/// `1 经办  2 登记员 …`
pub fn roles_help(shared: &Shared) -> String {
    let role = |(n, (_, _, [zh, en])): (usize, &(Role, &str, [&str; 2]))| format!("{n} {}", shared.lang.of(zh, en));
    let all: Vec<String> = (1..).zip(&Role::ALL).map(role).collect();
    words::ROLES_HELP.fill(shared.lang, &[&all.join("  ")])
}
