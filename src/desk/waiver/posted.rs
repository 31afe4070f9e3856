//! Papers that belong to no single case: the price list for the wall, and the list by which money is paid out.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::json;

use super::catalogue::{class, note, price};
use super::papers::{text, yuan};
use crate::desk::fault::Fault;
use crate::desk::paper::{Papers, Sheet, StoredDocument};
use crate::desk::record::{Record, row};
use crate::desk::registry::{Act, House, Registry};
use crate::desk::{Permission, Problem, Session};
use crate::domain::date::PartialDate;
use crate::domain::document::{Binding, Mode};
use crate::domain::money::Fen;
use crate::domain::waiver::{Status, Tariff};
use crate::forms::sha256;
use crate::store::{DefinitionRow, Reader, SettlementRow, Tx};

type Bindings = BTreeMap<String, Binding>;

impl Registry {
    /// Makes 价目公示, the price list in force on a day as it hangs on the wall.
    ///
    /// # Errors
    /// No such list in force, no permission, a missing layout, or the store cannot be written.
    pub fn price_list(&mut self, session: &Session, tariff: &str, on: NaiveDate) -> Result<StoredDocument, Problem> {
        let subject = format!("tariff {tariff}");
        let act = Act::new("waiver.price-list", &subject).with(json!({"on": on.to_string()}));
        self.perform(session, Permission::Print, act, |tx, house| {
            let list = house.forms.waivers().tariff(tariff, on);
            let list = list.ok_or_else(|| {
                let why = house.forms.waivers().no_tariff(tariff, Some(on));
                Fault::NoTariff(why.says, why.says_en)
            })?;
            let text = house.forms.waivers().text(&list.head.sha256).unwrap_or_default();
            tx.keep_definition(&DefinitionRow {
                sha256: list.head.sha256.clone(),
                kind: "tariff".to_owned(),
                id: list.head.id.clone(),
                text: text.to_owned(),
            })?;
            let bindings = wall(house, list);
            store(
                tx,
                house,
                session,
                &subject,
                ("price-list", "殡葬服务收费公示"),
                bindings,
            )
        })
    }

    /// Makes 发放表, what is to be paid out for the settlements of a span of days.
    ///
    /// # Errors
    /// The days are the wrong way round, no permission, a missing layout, or the store cannot be written.
    pub fn payment_list(
        &mut self,
        session: &Session,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<StoredDocument, Problem> {
        if to < from {
            return Err(Fault::SpanBackwards(from, to).into());
        }
        let subject = format!("payments {from}..{to}");
        let act = Act::new("waiver.payment-list", &subject);
        self.perform(session, Permission::Approve, act, |tx, house| {
            let bindings = payments(tx, house, session, from, to)?;
            let sheet = ("waiver-payment-list", "惠民殡葬补助资金发放表");
            store(tx, house, session, &subject, sheet, bindings)
        })
    }
}

fn store(
    tx: &mut Tx,
    house: &House,
    session: &Session,
    subject: &str,
    (name, title): (&str, &str),
    bindings: Bindings,
) -> Result<StoredDocument, Problem> {
    let body = serde_json::to_string(&bindings).map_err(|e| Fault::Machine(e.to_string()))?;
    let papers = Papers {
        house,
        case: subject,
        record_sha256: &sha256(&body),
        dated: session.now(),
        specimen: house.profile.training,
    };
    let sheet = Sheet {
        name,
        title,
        layout: name,
        mode: Mode::Full,
        bindings,
    };
    papers.store(tx, sheet)
}

fn wall(house: &House, list: &Tariff) -> Bindings {
    let mut all = Bindings::new();
    let rows = list.items.iter().map(|line| {
        row([
            ("code", &line.code),
            ("name", &line.name.zh),
            ("class", class(line)),
            ("unit", &line.unit),
            ("price", &price(line)),
            ("note", &note(list, line)),
        ])
    });
    all.insert("rows".to_owned(), Binding::Rows(rows.collect()));
    let sample = list.head.status == Status::Sample;
    text(&mut all, "title", &list.head.title.zh);
    text(&mut all, "source", &list.head.source);
    text(&mut all, "effective", &chinese(list.head.effective_from));
    text(&mut all, "mark", if sample { "样例" } else { "" });
    text(&mut all, "registry", &house.profile.name);
    all
}

fn payments(
    reader: &Reader,
    house: &House,
    session: &Session,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Bindings, Problem> {
    let (mut rows, mut total) = (Vec::new(), Fen::ZERO);
    for settlement in reader.settlements_between(from, to)? {
        let amount = paid_out(&settlement);
        if amount == Fen::ZERO {
            continue;
        }
        total = total
            .checked_add(amount)
            .ok_or_else(|| Fault::Machine("payment sum".to_owned()))?;
        let case = reader
            .case(&settlement.case)?
            .ok_or_else(|| Fault::NoCase(settlement.case.clone()))?;
        let record = Record::read(&case.id, &case.examined)?;
        let to_whom = ["account.name", "agent.name"].map(|path| record.paper(path));
        rows.push(row([
            ("n", &(rows.len() + 1).to_string()),
            ("number", &settlement.number),
            ("deceased", record.paper("deceased.name")),
            (
                "agent",
                to_whom.into_iter().find(|name| !name.is_empty()).unwrap_or_default(),
            ),
            ("amount", &amount.to_string()),
            ("bank", record.paper("account.bank")),
            ("account", record.paper("account.no")),
        ]));
    }
    let mut all = Bindings::new();
    all.insert("rows".to_owned(), Binding::Rows(rows));
    text(&mut all, "total", &yuan(total));
    text(&mut all, "total_words", &total.in_words());
    text(&mut all, "from", &chinese(from));
    text(&mut all, "to", &chinese(to));
    text(&mut all, "day", &chinese(session.today()));
    text(&mut all, "registry", &house.profile.name);
    Ok(all)
}

/// What of a settlement is paid out in money: awards, an invoice from elsewhere, what a later one adds. What is taken
/// back stands as less than nothing.
fn paid_out(settlement: &SettlementRow) -> Fen {
    match settlement.kind.as_str() {
        "normal" => Fen(settlement.awards),
        _ => Fen(settlement.free + settlement.awards),
    }
}

fn chinese(day: NaiveDate) -> String {
    PartialDate::Day(day).chinese()
}
