//! What the record's own names are called on screens and in reports: states, steps, counters, entries of the history.

use super::words::{Lang, Word};

/// What kind of name it is; the same name may mean different things in the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// A kind of certificate or blank.
    Kind,
    /// The state of a certificate or a case.
    State,
    /// How a case ended.
    Outcome,
    /// What the province said.
    Confirmation,
    /// A step of a case.
    Step,
    /// A kind of settlement.
    Bill,
    /// What became of a copy.
    Print,
    /// A counter of the day.
    Counter,
    /// An entry of the audit log.
    Action,
    /// A detail of such an entry.
    Detail,
}

use Group::{Action, Bill, Confirmation, Counter, Detail, Kind, Outcome, Print, State, Step};

/// Every name the screens have words for.
#[rustfmt::skip]
const TABLE: &[(Group, &str, Word)] = &[
    (Kind, "marriage", Word::new("结婚证", "marriage")),
    (Kind, "divorce", Word::new("离婚证", "divorce")),
    (Kind, "waiver", Word::new("减免", "waiver")),
    (State, "valid", Word::new("有效", "valid")),
    (State, "recorded", Word::new("待并网", "recorded")),
    (State, "ended", Word::new("已终止", "ended")),
    (State, "void", Word::new("已作废", "void")),
    (State, "accepted", Word::new("已受理", "accepted")),
    (State, "closed", Word::new("已办结", "closed")),
    (State, "withdrawn", Word::new("已撤回", "withdrawn")),
    (State, "settled", Word::new("已结算", "settled")),
    (State, "voided", Word::new("已作废", "voided")),
    (Bill, "normal", Word::new("结算", "settlement")),
    (Bill, "supplement", Word::new("补差", "supplement")),
    (Bill, "refund", Word::new("退费", "refund")),
    (Bill, "offsite", Word::new("异地报销", "from elsewhere")),
    (Outcome, "registered", Word::new("已登记", "registered")),
    (Outcome, "recorded", Word::new("已记录，待并网", "recorded")),
    (Outcome, "refused", Word::new("不予办理", "refused")),
    (Outcome, "settled", Word::new("已结算", "settled")),
    (Confirmation, "none", Word::new("档案迁入", "archive")),
    (Confirmation, "pending", Word::new("未确认", "unconfirmed")),
    (Confirmation, "exported", Word::new("已报送", "exported")),
    (Confirmation, "confirmed", Word::new("省已确认", "confirmed")),
    (Confirmation, "rejected", Word::new("省已退回", "rejected")),
    (Step, "pre_check", Word::new("初审", "first look")),
    (Step, "accept", Word::new("受理", "accepted")),
    (Step, "review", Word::new("审查", "reviewed")),
    (Step, "register", Word::new("登记", "registered")),
    (Step, "settle", Word::new("结算", "settled")),
    (Step, "refuse", Word::new("不予办理", "refused")),
    (Print, "written", Word::new("已写出 PDF", "written as PDF")),
    (Print, "printed", Word::new("已打印", "printed")),
    (Print, "pending", Word::new("结果不明", "outcome unknown")),
    (Print, "unknown", Word::new("结果不明", "outcome unknown")),
    (Print, "failed", Word::new("没有打出", "did not come out")),
    (Counter, "marriage.accepted", Word::new("结婚登记受理（对）", "marriages accepted")),
    (Counter, "marriage.registered", Word::new("结婚登记（对）", "marriages registered")),
    (Counter, "marriage.recorded", Word::new("结婚登记待并网（对）", "marriages recorded")),
    (Counter, "marriage.refused", Word::new("不予办理结婚登记（对）", "marriages refused")),
    (Counter, "marriage.imported", Word::new("导入结婚档案（条）", "marriages imported")),
    (Counter, "waiver.settled", Word::new("减免结算（件）", "fees settled")),
    (Counter, "waiver.refused", Word::new("减免不予办理（件）", "waivers refused")),
    (Counter, "waiver.voided", Word::new("作废结算（件）", "settlements voided")),
    (Counter, "blank.spoiled", Word::new("作废空白证（本，含换下往日已用的）", "blanks spoiled, those used before included")),
    (Action, "marriage.hand-in", Word::new("结婚登记交办", "handed in")),
    (Action, "waiver.hand-in", Word::new("减免交办", "handed in")),
    (Action, "print.announce", Word::new("开始打印", "print begun")),
    (Action, "print.report", Word::new("打印结果", "print reported")),
    (Action, "case.unmask", Word::new("看完整证件号码", "ID numbers seen whole")),
    (Action, "stock.replace", Word::new("换空白证", "blank replaced")),
    (Detail, "reason", Word::new("原因", "reason")),
    (Detail, "spoiled", Word::new("作废印制号", "spoiled")),
    (Detail, "number", Word::new("编号", "number")),
    (Action, "waiver.void", Word::new("作废结算", "settlement voided")),
];

/// The word for a name of the record; the name itself where there is none.
pub fn of(lang: Lang, group: Group, name: &str) -> &str {
    known(lang, group, name).unwrap_or(name)
}

/// The word for a name of the record, if there is one.
pub fn known(lang: Lang, group: Group, name: &str) -> Option<&'static str> {
    let line = TABLE.iter().find(|(known, code, _)| *known == group && *code == name);
    line.map(|(.., word)| word.say(lang))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_stands_once_with_both_words() {
        for (group, name, word) in TABLE {
            let twins = TABLE.iter().filter(|(known, code, _)| known == group && code == name);
            assert_eq!(twins.count(), 1, "{group:?} {name}");
            for lang in [Lang::Zh, Lang::En] {
                assert!(!word.say(lang).is_empty(), "{group:?} {name}");
            }
        }
    }

    #[test]
    fn an_unknown_name_is_shown_as_it_is() {
        assert_eq!(of(Lang::Zh, State, "valid"), "有效");
        assert_eq!(of(Lang::En, State, "frozen"), "frozen");
    }
}
