//! Papers filled in with invented values: the longest each field allows, everyday ones, and none.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use guitai::domain::document::{Binding, Document, Mode, Stamp};
use guitai::forms::paper::{Kind, Paper};

use super::boxes::names;

/// How a paper is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filling {
    /// As long as the forms let it be.
    Longest,
    /// An everyday case with rare characters.
    Everyday,
    /// Nothing but rows without words.
    Empty,
}

/// A document for a layout.
pub fn document(paper: &Paper, mode: Mode, filling: Filling) -> Document {
    let tables: Vec<&str> = paper
        .layout
        .elements
        .iter()
        .filter_map(|element| rows_of(&element.kind))
        .collect();
    let mut bindings: BTreeMap<String, Binding> = BTreeMap::new();
    for name in names(&paper.layout) {
        match name.split_once('.').filter(|(rows, _)| tables.contains(rows)) {
            Some((rows, column)) => {
                let given = bindings
                    .entry(rows.to_owned())
                    .or_insert_with(|| Binding::Rows(blank_rows(filling)));
                if let Binding::Rows(given) = given {
                    for (at, row) in given.iter_mut().enumerate() {
                        let value = if column == "n" && filling != Filling::Empty {
                            (at + 1).to_string()
                        } else {
                            value(&name, filling)
                        };
                        row.insert(column.to_owned(), value);
                    }
                }
            }
            None => {
                let value = match (paper.id.as_str(), name.as_str(), filling) {
                    // The remark of 100, reasons of 180 together, and what is said about four values put right.
                    ("marriage-review", "note", Filling::Longest) => {
                        fill("本人的户口簿与身份证所载姓名用字不同，已出示公安机关的证明；", 500)
                    }
                    _ => value(&name, filling),
                };
                bindings.insert(name, Binding::Text(value));
            }
        }
    }
    Document {
        name: paper.id.clone(),
        title: paper.title.clone(),
        layout: paper.id.clone(),
        layout_sha256: paper.sha256.clone(),
        mode,
        bindings,
        record_sha256: "00".repeat(32),
        dated: NaiveDate::from_ymd_opt(2026, 11, 24)
            .unwrap()
            .and_hms_opt(9, 30, 0)
            .unwrap(),
        specimen: paper.layout.only_overlay && mode == Mode::Full,
        stamp: match filling {
            Filling::Longest => Stamp {
                corner: "副本 1000".to_owned(),
                across: "已被替换".to_owned(),
            },
            Filling::Everyday | Filling::Empty => Stamp::default(),
        },
    }
}

fn rows_of(kind: &Kind) -> Option<&str> {
    match kind {
        Kind::Table(table) => Some(&table.rows),
        _ => None,
    }
}

fn blank_rows(filling: Filling) -> Vec<BTreeMap<String, String>> {
    let count = match filling {
        Filling::Longest => 6,
        Filling::Everyday => 3,
        Filling::Empty => 0,
    };
    vec![BTreeMap::new(); count]
}

fn value(name: &str, filling: Filling) -> String {
    match filling {
        Filling::Longest => longest(name),
        Filling::Everyday => everyday(name).to_owned(),
        Filling::Empty => String::new(),
    }
}

/// The longest the forms allow: names of 80 characters, addresses with 60 beside the longest area.
fn longest(name: &str) -> String {
    let last = name.rsplit('.').next().unwrap_or(name);
    let fixed = match name {
        "woman.name" | "other.name" => {
            "Maria Guadalupe Fernandez-Villanueva de los Santos Castellanos y Borbon-Dos Sici"
        }
        "rows.label" | "rows_acts.label" => "常住户口所在地（派出所登记）",
        "rows.man" | "rows.woman" => {
            return fill(
                "证件号码得出 1990年01月01日，已更正：证件登记有误，户口簿如此（更正 买买提，复核 欧阳）",
                150,
            );
        }
        "rows_blanks.kind" | "rows.class" => "非基础项目",
        "rows_acts.count" | "rows_refused.count" | "rows_waived.count" | "check.man" | "check.woman" => "12345",
        "documents.party" => "女方",
        "from" | "to" | "date" | "day" | "registered_on" | "effective" => "2026年12月30日",
        _ => "",
    };
    if !fixed.is_empty() {
        return fixed.to_owned();
    }
    match last {
        "name" | "holder" | "deceased" | "agent" | "account_name" => {
            fill("阿卜杜热合曼·买买提吐尔逊·阿不都克里木𠮷", 80)
        }
        "sex" => "未说明的性别".to_owned(),
        "birth" | "died" | "cremated" => "2026年12月30日".to_owned(),
        "nationality" => "圣赫勒拿、阿森松和特里斯坦-达库尼亚".to_owned(),
        "ethnicity" => "外国血统中国籍人士".to_owned(),
        "occupation" => "党的机关国家机关群众团体和社会组织负责人".to_owned(),
        "education" => "中等专业学校".to_owned(),
        "id_no" => "E12345678901234567890（台湾）".to_owned(),
        "declared_status" => "未说明的婚姻状况".to_owned(),
        "hukou_address" | "hukou" => {
            format!(
                "甘肃省临夏回族自治州积石山保安族东乡族撒拉族自治县{}",
                fill("某某镇新村路一百二十三弄四十五号", 60)
            )
        }
        "phone" => "13800138000/0572-88888888".to_owned(),
        "relation" => "配偶的兄弟姐妹".to_owned(),
        "number" | "former" => "待并网 W330521-2026-000001".to_owned(),
        "case" => "waiver-2026-0000000001".to_owned(),
        "blank_man" | "blank_woman" => "浙33202600000001".to_owned(),
        "registry" | "hall" => "新疆维吾尔自治区克孜勒苏柯尔克孜自治州阿合奇县民政局婚姻登记处第二办事点".to_owned(),
        "note" | "reason" => fill("本人的户口簿与身份证所载姓名用字不同，已出示公安机关的证明；", 100),
        "title" if name == "documents.title" => fill("人民法院离婚判决书（2025）浙0521民初第1234号及生效证明、", 60),
        "source" if name == "rows.source" => "男方、女方已更正，见下".to_owned(),
        "opinion" => "符合结婚条件。待并网：省级系统尚未给号，尚未登记、尚未发证".to_owned(),
        "mark" => "样例".to_owned(),
        "kind" => "结婚证（空白件）".to_owned(),
        "n" | "quantity" | "audit_seq" | "unconfirmed" => "12345".to_owned(),
        "opening" | "received" | "used" | "spoiled" | "closing" => "123456".to_owned(),
        "unit" => "具/半小时".to_owned(),
        "code" => "COLD_STORAGE_SINGLE".to_owned(),
        "price" | "listed" | "free" | "family" | "amount" | "sum" | "total" | "accepted" | "accepted_total"
        | "payable" | "awards_total" => "¥123456.78".to_owned(),
        "free_words" | "family_words" | "payable_words" | "total_words" => {
            "人民币壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分".to_owned()
        }
        "clerk" | "by" => "欧阳慕容·阿卜杜拉".to_owned(),
        "seen" => "未提供".to_owned(),
        "payer" => "县财政和殡仪馆按比例分担".to_owned(),
        "bank" | "account_bank" => "中国邮政储蓄银行股份有限公司德清县武康街道营业所".to_owned(),
        "account" | "account_no" => "6221 8833 0000 1234 5678 901".to_owned(),
        "audit_head" => "0123456789abcdef".repeat(4),
        "numbers" => fill("J330521-2026-000001至J330521-2026-000123、", 280),
        "serials" | "used_serials" | "spoiled_serials" => fill("浙33202600000001至浙33202600000123、", 120),
        "classes" => fill("本县户籍，或在本县死亡、低保特困对象、", 60),
        "says" | "quote" | "next" => fill(
            "普通冷藏 5 天 × 80.00 = 400.00；政策免 3 天（免费冷藏）= 240.00；您付 160.00；政策原文：“三天以内免费”。",
            if last == "next" { 130 } else { 160 },
        ),
        "article" | "ground" => "《某某县惠民殡葬减免办法》第十二条第三款第（四）项".to_owned(),
        "policy_title" | "tariff_title" | "source" | "title" => {
            "某某市某某县惠民殡葬基本服务费用减免实施办法（2026年修订）".to_owned()
        }
        _ => fill("骨灰寄存（普通格位）", 20),
    }
}

/// An everyday case; names with rare characters.
fn everyday(name: &str) -> &'static str {
    match name {
        "man.name" | "own.name" | "holder" | "deceased.name" | "rows.man" | "rows.deceased" => "王𠮷㛃",
        "woman.name" | "other.name" | "agent.name" | "rows.woman" | "rows.agent" | "account_name" => {
            "阿卜杜热合曼·买买提"
        }
        "man.sex" | "own.sex" | "deceased.sex" => "男",
        "check.man" | "check.woman" => "一致",
        "documents.party" => "男方",
        "documents.title" => "居民身份证",
        "rows.source" => "出示的证件",
        "rows.class" => "基础",
        "rows.label" => "身份证件号",
        "rows_acts.label" => "结婚登记（对）",
        "grounds.says" => "男方未满22周岁，最早2027年03月01日可以登记",
        "grounds.article" => "民法典 第一千零四十七条",
        "awards.title" => "生态安葬奖补",
        "evidence.title" => "户口簿（户籍证明）",
        "source" | "quotes.source" => "虚构的样例，不是任何县的规定",
        _ => everyday_last(name.rsplit('.').next().unwrap_or(name)),
    }
}

fn everyday_last(last: &str) -> &'static str {
    match last {
        "sex" => "女",
        "birth" | "died" | "cremated" | "date" | "day" | "registered_on" | "effective" | "from" | "to" => {
            "2026年11月24日"
        }
        "nationality" => "中国",
        "ethnicity" => "维吾尔族",
        "occupation" => "专业技术人员",
        "education" => "大学本科",
        "id_no" => "33052119900307001X",
        "declared_status" => "未婚",
        "hukou_address" | "hukou" => "浙江省湖州市德清县武康街道春晖街1号",
        "phone" => "13800138000",
        "relation" => "配偶",
        "number" => "J330521-2026-000001",
        "case" => "marriage-2026-000001",
        "blank_man" | "blank_woman" | "serials" | "used_serials" => "浙33202600000001",
        "registry" | "hall" => "德清县民政局婚姻登记处",
        "opinion" => "符合结婚条件，准予登记",
        "kind" => "结婚证",
        "n" | "quantity" | "count" | "audit_seq" | "unconfirmed" | "opening" | "used" | "closing" => "3",
        "unit" => "天",
        "code" => "COLD",
        "price" => "80.00",
        "listed" | "free" | "amount" | "sum" | "total" | "accepted" | "accepted_total" | "payable" => "¥240.00",
        "family" => "¥0.00",
        "free_words" | "payable_words" | "total_words" => "人民币贰佰肆拾元整",
        "family_words" => "人民币零元整",
        "clerk" | "by" => "李样例",
        "seen" => "已查验",
        "payer" => "县财政",
        "bank" | "account_bank" => "中国邮政储蓄银行德清县支行",
        "account" | "account_no" => "6221883300001234567",
        "audit_head" => "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "numbers" => "J330521-2026-000001至J330521-2026-000003",
        "classes" => "本县户籍，或在本县死亡",
        "says" => "普通冷藏 3 天 × 80.00 = 240.00；政策免 3 天（免费冷藏）= 240.00；您付 0.00",
        "quote" => "普通冷藏三天以内免费",
        "next" => {
            "具备上述条件后可以重新申请。对本决定不服的，可以自收到本告知书之日起六十日内申请行政复议，或者六个月内提起行政诉讼。"
        }
        "policy_title" => "样例县惠民殡葬减免办法（样例）",
        "tariff_title" | "title" => "样例县殡仪服务收费目录（样例）",
        "mark" => "样例",
        "name" | "item" => "普通冷藏",
        _ => "",
    }
}

/// A text repeated up to a number of characters.
fn fill(text: &str, length: usize) -> String {
    text.chars().cycle().take(length).collect()
}
