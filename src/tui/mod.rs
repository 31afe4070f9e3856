//! The screens: the only place that knows the terminal.
//!
//! # The road of a key
//! reader thread → channel → [`burst`] (a card reader's burst becomes one event) → [`update`](update::update) →
//! effects → worker thread → answers as events → [`update`](update::update) …, and one [`view`](view::view) a batch,
//! one `write` a frame. `update` and `view` do no I/O; the worker alone holds the registry and prints.
//!
//! # How a screen is written
//! A screen is a file in `screens/`: a struct with what it knows, and its [`Page`](screens::Page). Look at
//! `screens/sign_in.rs` (small) and `screens/home.rs` (asks the worker, lists, small questions).
//! 1. `commands` lists what can be done now, each with its key and, where it cannot, why not. Key bar, help, palette
//!    and keys all follow that list: `call` gets only what it offers; every other key goes to `key`.
//! 2. It never waits. [`Shared::ask`](state::Shared::ask) gives a ticket, `answer` gets the reply; a screen that is
//!    gone gets none, an old ticket is ignored by comparing it. Where the answer decides to whom the next keys belong
//!    (opening a screen, signing in), [`Shared::ask_and_wait`](state::Shared::ask_and_wait) keeps them until then, so
//!    that type-ahead is never lost.
//! 3. Other screens and small questions are wished for ([`Shared::push`](state::Shared::push),
//!    [`Shared::open`](state::Shared::open), [`Shared::wish`](state::Shared::wish)); what a person said to a question
//!    comes back through `told` with what it was [`About`](overlays::About).
//! 4. What cannot be taken back is asked for by an [`overlays::Proof`]: keys from before it was painted do not count.
//! 5. `view` draws into its area with [`cells`] and [`widgets`] alone (widths, wide `·`, safe windows) and says where
//!    the caret stands; `explain` fills the rows below, or the pane on the right. Words stand in [`words`].
//!
//! A new screen is named in `screens/mod.rs` (the enum, twice in its `match`), a new question in `effect.rs` and
//! `worker.rs`, a new small question in `overlays/mod.rs`.

mod backend;
mod burst;
mod cells;
mod effect;
mod errand;
mod event;
mod input;
mod keys;
mod labels;
mod overlays;
mod run;
mod screens;
mod state;
mod terminal;
#[cfg(test)]
mod testing;
mod theme;
mod update;
mod view;
mod widgets;
mod words;
mod worker;
mod wrap;

use std::path::PathBuf;
use std::sync::Arc;

use thiserror::Error;

pub use labels::{Group, of as label};
pub use words::Lang;

use crate::desk::{Clock, Problem, Registry};

/// How the screens are opened.
#[derive(Debug, Clone)]
pub struct Options {
    /// The language to begin with.
    pub lang: Lang,
    /// The account to sign in; empty to ask for it.
    pub name: String,
    /// The desk.
    pub desk: String,
    /// Where the time comes from.
    pub clock: Clock,
    /// Folder that papers are written to.
    pub out: PathBuf,
    /// Whether the terminal draws `·` and `─` two cells wide; `None` asks it.
    pub wide: Option<bool>,
}

/// Why the screens could not be opened, or ended.
#[derive(Debug, Error)]
pub enum ScreenFault {
    /// No terminal, or one that screens cannot be drawn on.
    #[error("这里不是能显示界面的终端（TERM=dumb，或输入输出被重定向）。请在终端里运行，或改用命令：guitai --help")]
    NoTerminal,
    /// The registry cannot be read.
    #[error("{0}")]
    Problem(#[from] Problem),
    /// The terminal failed.
    #[error("终端出错：{0}。已存的内容都在，重新打开即可")]
    Terminal(#[from] std::io::Error),
}

impl ScreenFault {
    /// The sentence in English.
    pub fn english(&self) -> String {
        match self {
            Self::NoTerminal => {
                "This is no terminal that screens can be drawn on (TERM=dumb, or redirected). Run it in \
                                 a terminal, or use the commands: guitai --help"
                    .to_owned()
            }
            Self::Problem(problem) => problem.english(),
            Self::Terminal(fault) => format!("The terminal failed: {fault}. All that was saved is safe; open again"),
        }
    }
}

/// Opens the screens on a registry and runs them to their end; gives the exit status.
///
/// # Errors
/// No usable terminal, or it failed; the registry's settings cannot be read.
pub fn run(registry: Registry, options: &Options) -> Result<u8, ScreenFault> {
    if !terminal::usable() {
        return Err(ScreenFault::NoTerminal);
    }
    let shared = state::Shared::new(
        Arc::clone(registry.forms()),
        registry.profile().clone(),
        registry.desk_profile(&options.desk)?,
        options.lang,
        options.clock.now(),
    );
    let bench = worker::Bench {
        registry,
        desk: options.desk.clone(),
        clock: options.clock,
        out: options.out.clone(),
    };
    Ok(run::run(state::State::new(shared, &options.name), bench, options)?)
}
