//! Where one can go from home: each place under one key, so that none is more than two keys away.

use super::{Accounts, Day, Find, Password, Screen, Settings, Stock};
use crate::desk::Permission;
use crate::tui::keys::{Action, Call, Command};
use crate::tui::state::Shared;
use crate::tui::words::{self, Word};

/// A place: its key, its word, who may go there.
struct Place {
    call: Call,
    word: Word,
    permissions: &'static [Permission],
    screen: fn(&Shared) -> Screen,
}

/// Every place.
const PLACES: [Place; 6] = [
    Place {
        call: Call::Action(Action::Find),
        word: words::FIND,
        permissions: &[Permission::Look],
        screen: |_| Screen::Find(Find::default()),
    },
    Place {
        call: Call::Letter('7'),
        word: words::STOCK,
        permissions: &[Permission::Day],
        screen: |_| Screen::Stock(Stock::default()),
    },
    Place {
        call: Call::Letter('8'),
        word: words::DAY,
        permissions: &[Permission::Day],
        screen: |shared| Screen::Day(Day::new(shared.now.date())),
    },
    Place {
        call: Call::Letter('9'),
        word: words::ACCOUNTS,
        permissions: &[Permission::Accounts, Permission::Verify],
        screen: |_| Screen::Accounts(Accounts::default()),
    },
    Place {
        call: Call::Letter('6'),
        word: words::SETTINGS,
        permissions: &[Permission::Settings],
        screen: |_| Screen::Settings(Settings::default()),
    },
    Place {
        call: Call::Letter('0'),
        word: words::OWN_PASSWORD,
        permissions: &[],
        screen: |_| Screen::Password(Password::default()),
    },
];

/// The places that whoever signed in may go to.
fn open(shared: &Shared) -> impl Iterator<Item = &'static Place> {
    let allowed =
        |place: &&Place| place.permissions.is_empty() || place.permissions.iter().any(|known| shared.may(*known));
    PLACES.iter().filter(allowed)
}

/// The commands that lead to them.
pub fn commands(shared: &Shared) -> Vec<Command> {
    let command = |place: &Place| Command {
        call: place.call,
        label: place.word.say(shared.lang).to_owned(),
        why_not: None,
    };
    open(shared).map(command).collect()
}

/// The command that finds somebody, for a screen from which one may want to look.
pub fn find(shared: &Shared) -> Option<Command> {
    let find = Call::Action(Action::Find);
    commands(shared).into_iter().find(|command| command.call == find)
}

/// Goes to a place; whether the call meant one.
pub fn go(shared: &mut Shared, call: Call) -> bool {
    let place = open(shared).find(|place| place.call == call);
    if let Some(place) = place {
        let screen = (place.screen)(shared);
        shared.push(screen);
    }
    place.is_some()
}
