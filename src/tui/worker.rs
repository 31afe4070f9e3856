//! The worker: one thread that holds the registry, does what `update` asks for, and answers with events. The only file
//! of the screens that prints. A mistake in it becomes an answer, not an end.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;
use std::time::Instant;

use super::burst::Stamped;
use super::effect::{Ask, Printout, Reply, Ticket};
use super::errand;
use super::event::Event;
use super::words::{self, Lang};
use crate::desk::{Clock, DeskProfile, Draft, PrintJob, PrintOutcome, Problem, ProblemKind, Registry, Session};
use crate::print::{self, Offset, PrintFault};

/// What the worker works with.
#[derive(Debug)]
pub struct Bench {
    /// The registry.
    pub registry: Registry,
    /// The desk it works at.
    pub desk: String,
    /// Where the time comes from.
    pub clock: Clock,
    /// Folder that papers are written to.
    pub out: PathBuf,
}

/// The worker's end of the line, held by the loop.
#[derive(Debug)]
pub struct Worker {
    questions: Sender<(Ticket, Ask)>,
    thread: JoinHandle<()>,
}

/// The bench with who signed in and what is being typed.
pub struct Hands {
    bench: Bench,
    session: Option<Session>,
    /// Ids of drafts by their keys: a draft may be saved again before the screen heard its id.
    drafts: HashMap<String, i64>,
}

impl Worker {
    /// Starts it; answers go to `to`.
    pub fn start(bench: Bench, to: Sender<Stamped>) -> Self {
        let (questions, asked) = channel();
        let thread = std::thread::spawn(move || work(bench, &asked, &to));
        Self { questions, thread }
    }

    /// Asks something.
    pub fn ask(&self, ticket: Ticket, ask: Ask) {
        // A worker that is gone answers nothing; that cannot be while the loop holds it.
        drop(self.questions.send((ticket, ask)));
    }

    /// Waits until all that was asked has been done.
    pub fn finish(self) {
        drop(self.questions);
        drop(self.thread.join());
    }
}

fn work(bench: Bench, asked: &Receiver<(Ticket, Ask)>, to: &Sender<Stamped>) {
    let mut hands = Hands::new(bench);
    for (ticket, ask) in asked {
        let reply = catch_unwind(AssertUnwindSafe(|| hands.answer(ask))).unwrap_or_else(|_| Err(mistake()));
        if to
            .send((Instant::now(), Event::Answer(ticket, Box::new(reply))))
            .is_err()
        {
            return;
        }
    }
}

/// What is said where this program made a mistake.
fn mistake() -> Problem {
    let [what, what_en] = [Lang::Zh, Lang::En].map(|lang| words::ENDED_BADLY.say(lang).to_owned());
    let next = [Lang::Zh, Lang::En].map(|lang| words::TRY_AGAIN.say(lang));
    Problem::new("screen.mistake", ProblemKind::Bug, [what, what_en], next)
}

impl Hands {
    /// Nobody signed in yet.
    pub fn new(bench: Bench) -> Self {
        Self {
            bench,
            session: None,
            drafts: HashMap::new(),
        }
    }

    /// Does what is asked.
    pub fn answer(&mut self, ask: Ask) -> Result<Reply, Problem> {
        if let Ask::SignIn { name, password } = ask {
            let (desk, clock) = (&self.bench.desk, self.bench.clock);
            let session = self.bench.registry.sign_in(&name, &password, desk, clock)?;
            self.session = Some(session.clone());
            return Ok(Reply::SignedIn(session));
        }
        let Some(mut session) = self.session.clone() else {
            return Err(mistake());
        };
        let registry = &mut self.bench.registry;
        Ok(match ask {
            Ask::SignIn { .. } => Reply::Done,
            Ask::Unlock { password } => {
                registry.unlock(&session, &password)?;
                Reply::Done
            }
            Ask::SignOut => {
                self.session = None;
                registry.sign_out(session)?;
                Reply::Done
            }
            Ask::Second { name, password } => {
                registry.sign_in_second(&mut session, &name, &password)?;
                self.session = Some(session);
                Reply::Done
            }
            Ask::Home => Reply::Home(registry.home(&session)?),
            Ask::Errand(asked) => errand::run(registry, &session, asked)?,
            Ask::NewDraft { form } => Reply::Draft(Draft::new(&session, &form)?),
            Ask::SaveDraft(draft) => self.save(&session, draft)?,
            Ask::DropDraft { id, key } => {
                let id = self.drafts.remove(&key).unwrap_or(id);
                registry.remove_draft(&session, id)?;
                Reply::Done
            }
            Ask::Resume { case } => Reply::Draft(registry.resume(&session, &case)?),
            Ask::Examine {
                form,
                answers,
                draft,
                case,
            } => {
                let (key, id) = draft;
                let id = self.drafts.get(&key).copied().unwrap_or(id);
                Reply::Examined(registry.examine(&session, &form, &answers, Some(id), case.as_deref())?)
            }
            Ask::HandIn(mut handed) => {
                let key = handed.key.clone().unwrap_or_default();
                handed.draft = self.drafts.get(&key).copied().or(handed.draft);
                // An approval is for one act, whatever comes of it.
                self.session.iter_mut().for_each(Session::dismiss_second);
                Reply::HandedIn(registry.hand_in(&session, &handed, false)?)
            }
            Ask::Print { documents, reason } => self.print(&session, &documents, &reason)?,
            Ask::SettlePrints(outcomes) => {
                registry.mark_printed(&session, &outcomes)?;
                Reply::Done
            }
            Ask::ReplaceBlank { case, serial, reason } => {
                Reply::Replaced(registry.replace_blank(&session, &case, &serial, &reason)?)
            }
        })
    }

    fn save(&mut self, session: &Session, mut draft: Draft) -> Result<Reply, Problem> {
        if let Some(id) = self.drafts.get(&draft.key) {
            draft.id = *id;
        }
        self.bench.registry.save_draft(session, &mut draft)?;
        self.drafts.insert(draft.key.clone(), draft.id);
        Ok(Reply::Saved { key: draft.key })
    }

    /// Announces copies, makes and sends each, and reports those of which the program knows what became: a file that no
    /// printer gets is written, one that could not be made or sent has failed. What a printer got, a person is asked
    /// about; until then, and after a power cut, nobody knows, and the home screen asks.
    fn print(&mut self, session: &Session, documents: &[i64], reason: &str) -> Result<Reply, Problem> {
        let registry = &mut self.bench.registry;
        let desk = registry.desk_profile(&self.bench.desk)?;
        let jobs = registry.announce_print(session, documents, reason)?;
        let command = registry.profile().print_command.clone();
        let mut outcomes = vec![];
        let mut printouts = vec![];
        for job in jobs {
            let came = copy_out(&job, &desk, &command, &self.bench.out);
            let sent = came.is_ok() && !command.is_empty();
            match &came {
                Ok((_, pdf_sha256)) if !sent => {
                    let pdf_sha256 = pdf_sha256.clone();
                    outcomes.push((job.print, PrintOutcome::Written { pdf_sha256 }));
                }
                Ok(_) => {}
                Err(_) => outcomes.push((job.print, PrintOutcome::Failed)),
            }
            printouts.push(Printout {
                document: job.document.id,
                print: job.print,
                title: job.document.document.title,
                came,
                sent,
            });
        }
        if !outcomes.is_empty() {
            self.bench.registry.mark_printed(session, &outcomes)?;
        }
        Ok(Reply::Printed(printouts))
    }
}

/// Why a copy did not come out, in Chinese and English.
type Why = [String; 2];

/// Sets a copy, writes its file and sends it to the printer; where the file is, and its hash.
fn copy_out(job: &PrintJob, desk: &DeskProfile, command: &str, out: &Path) -> Result<(PathBuf, String), Why> {
    let document = &job.document.document;
    let file = out.join(print::file_name(&job.document.case, document, job.edition, job.copy));
    let offset = Offset {
        dx_mm: desk.dx_mm as f32,
        dy_mm: desk.dy_mm as f32,
    };
    let (file, pdf) = print::write_stored(document, &job.layout_text, offset, file)
        .map_err(|fault: PrintFault| [fault.to_string(), fault.english()])?;
    print::send(command, &desk.printer, &file)
        .map_err(|said| [Lang::Zh, Lang::En].map(|lang| words::PRINT_COMMAND_FAILED.fill(lang, &[command, &said])))?;
    Ok((file, pdf.sha256))
}
