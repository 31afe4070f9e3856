//! What the record costs: a durable act beside an append of the same bytes, seeding, finding people, the day's figures,
//! verification. `cargo bench --bench record`; `GUITAI_BENCH_RECORDS` says how many records (1,000,000).
//! `GUITAI_BENCH_DB` names a training database that was seeded before, to be measured as it lies there: the long bench.
//!
//! Ratios are taken in one run on one disk, since machines differ: after each act as many bytes as it wrote are appended
//! to a file and synced. Run without `--bench` (as `cargo test --benches` does) it measures next to nothing and proves
//! that it still runs.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a measurement ends at the first thing that is not as expected, and prints what it found"
)]

#[path = "../tests/it/support/people.rs"]
mod people;

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{NaiveDate, NaiveDateTime};
use guitai::desk::{Clock, Founding, Outcome, Registry, Session, SubmitOptions};
use guitai::domain::finding::Finding;
use guitai::forms::Forms;
use rusqlite::Connection;

fn main() {
    let measured = std::env::args().any(|argument| argument == "--bench");
    let told = std::env::var("GUITAI_BENCH_RECORDS").ok().and_then(|n| n.parse().ok());
    let (records, acts, samples) = match measured {
        true => (told.unwrap_or(1_000_000), 400, 1000),
        false => (2_000, 3, 5),
    };
    let folder = tempfile::tempdir().unwrap();
    let lying_there = std::env::var_os("GUITAI_BENCH_DB").map(PathBuf::from);
    let mut bench = Bench::new(folder.path(), lying_there.as_deref());
    if lying_there.is_none() {
        println!("empty record:");
        bench.durable_acts(acts);
        bench.seed(records);
    }
    bench.durable_acts(acts);
    bench.find(samples);
    bench.figures(samples.min(50));
    bench.upkeep();
}

struct Bench<'f> {
    folder: &'f Path,
    registry: Registry,
    registrar: Session,
    admin: Session,
    couples: usize,
}

fn now() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 11, 24)
        .unwrap()
        .and_hms_opt(9, 0, 0)
        .unwrap()
}

impl<'f> Bench<'f> {
    fn new(folder: &'f Path, lying_there: Option<&Path>) -> Self {
        let forms = Arc::new(Forms::embedded());
        let mut registry = match lying_there {
            Some(path) => Registry::open(path, forms).unwrap(),
            None => {
                let founding = Founding::training(now()).unwrap();
                Registry::found(&folder.join("registry.db"), forms, &founding).unwrap()
            }
        };
        let mut sign_in = |name| registry.sign_in(name, "training", "1", Clock::Fixed(now())).unwrap();
        Self {
            folder,
            registrar: sign_in("registrar"),
            admin: sign_in("admin"),
            registry,
            couples: 0,
        }
    }

    /// Marriages, each followed by an append and fdatasync of as many bytes as it wrote.
    fn durable_acts(&mut self, acts: usize) {
        let beside = self.folder.join("beside");
        let mut file = OpenOptions::new().create(true).append(true).open(&beside).unwrap();
        let (mut act, mut raw, mut sizes) = (Vec::new(), Vec::new(), Vec::new());
        let mut married_already = 0;
        while act.len() < acts {
            let answers = people::couple(self.couples);
            self.couples += 1;
            let before = written();
            let begun = Instant::now();
            let options = SubmitOptions::default();
            let done = self
                .registry
                .submit(&self.registrar, "marriage", &answers, options)
                .unwrap();
            let took = begun.elapsed();
            // Among a million invented people some bear the number of one of these: the next couple stands in.
            let running = |finding: &Finding| finding.rule.starts_with("running-marriage");
            if done.outcome == Outcome::Incomplete && done.findings.iter().any(running) {
                married_already += 1;
                assert!(married_already < acts, "nobody can marry");
                continue;
            }
            assert_eq!(done.outcome, Outcome::Registered);
            act.push(took);
            let bytes = vec![0x5A; written().saturating_sub(before)];
            let begun = Instant::now();
            file.write_all(&bytes).unwrap();
            file.sync_data().unwrap();
            raw.push(begun.elapsed());
            sizes.push(bytes.len());
        }
        sizes.sort_unstable();
        let (act, raw) = (Spread::of(act), Spread::of(raw));
        let ratio = act.p50.as_secs_f64() / raw.p50.as_secs_f64();
        println!("durable act (a marriage)      {act}  {} bytes", sizes[sizes.len() / 2]);
        println!("append + fdatasync, as many   {raw}");
        println!("ratio of medians              {ratio:.2}");
        fs::remove_file(beside).unwrap();
    }

    fn seed(&mut self, records: u64) {
        let begun = Instant::now();
        self.registry.seed(&self.admin, records, &mut |_, _| {}).unwrap();
        let took = begun.elapsed().as_secs_f64();
        let size = File::open(self.registry.path()).unwrap().metadata().unwrap().len();
        println!(
            "seed                          {records} records, {:.0} records/s, {} MB",
            records as f64 / took,
            size / 1_000_000
        );
    }

    /// Every way of finding, on people drawn evenly over the record, as the desk does it: searched and audited.
    fn find(&mut self, samples: usize) {
        let drawn = drawn(self.registry.path(), samples);
        type Query = fn(&Person) -> String;
        let ways: [(&str, Query); 7] = [
            ("name", |person| person.name.clone()),
            ("pinyin", |person| person.pinyin.clone()),
            ("initials", |person| person.initials.clone()),
            ("ID number", |person| person.id_no.clone()),
            ("last 4 of the ID number", |person| person.id_no[14..].to_owned()),
            ("last 6 of the ID number", |person| person.id_no[12..].to_owned()),
            ("certificate number", |person| person.number.clone()),
        ];
        for (way, query) in ways {
            let mut took = Vec::with_capacity(samples);
            let mut missed = 0;
            for person in &drawn {
                let query = query(person);
                let begun = Instant::now();
                let found = self.registry.find(&self.registrar, &query).unwrap();
                took.push(begun.elapsed());
                let there = found.lines.iter().any(|line| line.number == person.number);
                missed += usize::from(!there && !found.more);
            }
            assert_eq!(missed, 0, "{way}");
            println!("find by {way:<22}{}", Spread::of(took));
        }
    }

    fn figures(&mut self, times: usize) {
        let today = now().date();
        let took = (0..times).map(|_| {
            let begun = Instant::now();
            self.registry.day_view(&self.registrar, today).unwrap();
            begun.elapsed()
        });
        println!("figures of the day            {}", Spread::of(took.collect()));
    }

    fn upkeep(&mut self) {
        let begun = Instant::now();
        let verified = Registry::verify_file(self.registry.path(), &mut |_, _| {}).unwrap();
        let took = begun.elapsed();
        println!(
            "verify                        {took:.1?}, {} rows, {:.0} rows/s",
            verified.rows,
            verified.rows as f64 / took.as_secs_f64()
        );
        let begun = Instant::now();
        self.registry
            .backup(&self.admin, &self.folder.join("copy.db"), &mut |_, _| {})
            .unwrap();
        println!("backup, the copy verified      {:.1?}", begun.elapsed());
    }
}

struct Person {
    number: String,
    name: String,
    pinyin: String,
    initials: String,
    id_no: String,
}

/// People drawn evenly over the record.
fn drawn(path: &Path, samples: usize) -> Vec<Person> {
    let connection = Connection::open(path).unwrap();
    let all: usize = connection
        .query_row("SELECT MAX(id) FROM party", [], |row| row.get::<_, i64>(0))
        .unwrap() as usize;
    let sql = "SELECT c.number, p.name, p.pinyin, p.initials, p.id_no FROM party p JOIN certificate c \
               ON c.id = p.certificate WHERE p.id = ?1";
    let mut statement = connection.prepare(sql).unwrap();
    let one = |n: usize| {
        let at = (1 + n * all / samples) as i64;
        let person = statement.query_row([at], |row| {
            Ok(Person {
                number: row.get(0)?,
                name: row.get(1)?,
                pinyin: row.get(2)?,
                initials: row.get(3)?,
                id_no: row.get(4)?,
            })
        });
        person.unwrap()
    };
    (0..samples).map(one).collect()
}

/// Bytes this process has given to write calls.
fn written() -> usize {
    let io = fs::read_to_string("/proc/self/io").unwrap_or_default();
    let line = io.lines().find_map(|line| line.strip_prefix("wchar: "));
    // Where the system does not tell, what an act wrote on the machine this was measured on.
    line.and_then(|n| n.parse().ok()).unwrap_or(120_000)
}

struct Spread {
    p50: Duration,
    p99: Duration,
    max: Duration,
}

impl Spread {
    fn of(mut all: Vec<Duration>) -> Self {
        all.sort_unstable();
        let at = |part: usize| all[(all.len() * part / 100).min(all.len() - 1)];
        Self {
            p50: at(50),
            p99: at(99),
            max: all[all.len() - 1],
        }
    }
}

impl std::fmt::Display for Spread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [p50, p99, max] = [self.p50, self.p99, self.max].map(|time| time.as_secs_f64() * 1e3);
        write!(f, "p50 {p50:8.3} ms  p99 {p99:8.3} ms  max {max:8.3} ms")
    }
}
