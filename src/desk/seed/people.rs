//! Invented people with valid numbers: drawn by dice that fall the same way each time.

use chrono::{Datelike, NaiveDate, TimeDelta};

use crate::desk::Problem;
use crate::desk::fault::Fault;
use crate::domain::certificate::{CertificateKind, CertificateNumber};
use crate::domain::id_number::check_character;
use crate::domain::party::Side;
use crate::forms::Answers;
use crate::store::{CertificateRow, PartyRow};

/// Common surnames; the first third comes up twice as often.
const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎\
    余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文单仇";

/// Characters of given names.
const GIVEN: &str = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂华玉萍红建国志文海波宁飞鹏浩宇轩子涵梓欣怡佳琪雨晨思远\
    嘉豪俊凯博雅婷雪梅琳倩颖慧莹洁珍莉岚凤仪若曦星辰沐阳景行知微安然乐天清和𠮷㐂";

/// What people do.
const OCCUPATIONS: [&str; 6] = ["职员", "教师", "护士", "工人", "个体经营", "农民"];

/// First six digits of the people's numbers.
const AREAS: [&str; 12] = [
    "330521", "330522", "330523", "330502", "330503", "330106", "330108", "310104", "320502", "341002", "360102",
    "420106",
];

/// A small generator: the same seed gives the same people.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) >> 33).unwrap_or_default() % most.max(1)
    }

    fn one_of<T: Copy>(&mut self, pool: &[T], otherwise: T) -> T {
        pool.get(self.below(pool.len())).copied().unwrap_or(otherwise)
    }
}

/// Draws people and numbers their certificates.
pub(super) struct People {
    dice: Dice,
    surnames: Vec<char>,
    given: Vec<char>,
    code: u32,
    year: i32,
    sequence: u32,
}

impl People {
    pub(super) fn new(code: u32) -> Self {
        let all: Vec<char> = SURNAMES.chars().filter(|c| !c.is_whitespace()).collect();
        let common = all.iter().take(all.len() / 3);
        Self {
            dice: Dice(u64::from(code)),
            surnames: all.iter().chain(common).copied().collect(),
            given: GIVEN.chars().filter(|c| !c.is_whitespace()).collect(),
            code,
            year: 0,
            sequence: 0,
        }
    }

    fn name(&mut self) -> String {
        let mut name = String::from(self.dice.one_of(&self.surnames, '王'));
        name.push(self.dice.one_of(&self.given, '明'));
        if self.dice.below(4) > 0 {
            name.push(self.dice.one_of(&self.given, '明'));
        }
        name
    }

    fn person(&mut self, side: Side, married_on: NaiveDate) -> PartyRow {
        let days = 23 * 366 + self.dice.below(15 * 365);
        let birth = married_on - TimeDelta::days(i64::try_from(days).unwrap_or_default());
        let order = self.dice.below(400) * 2 + usize::from(side == Side::Man);
        let area = self.dice.one_of(&AREAS, "330521");
        let body = format!("{area}{}{order:03}", birth.format("%Y%m%d"));
        let check = check_character(&body).unwrap_or('0');
        PartyRow {
            side: side.as_str().to_owned(),
            name: self.name(),
            id_no: format!("{body}{check}"),
            birth: Some(birth),
        }
    }

    /// Whether something that happens to one in so many happens now.
    pub(super) fn one_in(&mut self, many: usize) -> bool {
        self.dice.below(many) == 0
    }

    /// The answers of a couple that comes to the desk on a day.
    pub(super) fn couple(&mut self, day: NaiveDate) -> Answers {
        let mut answers = Answers::default();
        for side in Side::BOTH {
            let person = self.person(side, day);
            let status = self.dice.one_of(&["10", "10", "10", "40"], "10");
            let said = [
                ("id_type", "resident_id"),
                ("id_no", &person.id_no),
                ("name", &person.name),
                ("ethnicity", "01"),
                ("occupation", self.dice.one_of(&OCCUPATIONS, "职员")),
                ("education", self.dice.one_of(&["20", "30", "60"], "20")),
                ("hukou_address", "浙江省湖州市德清县武康街道"),
                ("declared_status", status),
                ("phone", "13800000000"),
            ];
            for (field, text) in said {
                answers.set_text(&format!("{side}.{field}"), text);
            }
            answers.set_text(&format!("check.{side}"), "agrees");
        }
        answers
    }

    /// A marriage of an archive, registered on a day.
    pub(super) fn record(&mut self, day: NaiveDate) -> Result<(CertificateRow, [PartyRow; 2]), Problem> {
        if day.year() != self.year {
            (self.year, self.sequence) = (day.year(), 0);
        }
        self.sequence += 1;
        let failed = |what: String| Problem::from(Fault::Machine(what));
        let registry = format!("{:06}", self.code).parse();
        let registry = registry.map_err(|_| failed(self.code.to_string()))?;
        let number = CertificateNumber::new(CertificateKind::Marriage, registry, self.year, self.sequence)
            .map_err(|e| failed(e.to_string()))?;
        let parties = Side::BOTH.map(|side| self.person(side, day));
        let [man, woman] = &parties;
        let certificate = CertificateRow {
            number: number.to_string(),
            kind: "marriage".to_owned(),
            registered_on: day,
            case: None,
            state: "valid".to_owned(),
            origin: "imported".to_owned(),
            confirmation: "confirmed".to_owned(),
            blank_first: None,
            blank_second: None,
            first_name: man.name.clone(),
            first_id: man.id_no.clone(),
            second_name: woman.name.clone(),
            second_id: woman.id_no.clone(),
        };
        Ok((certificate, parties))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id_number::{IdKind, IdNumber};

    #[test]
    fn seeded_people_have_valid_numbers_of_their_sex() {
        let mut people = People::new(1);
        let day = NaiveDate::from_ymd_opt(2020, 5, 20).unwrap();
        for _ in 0..500 {
            for side in Side::BOTH {
                let row = people.person(side, day);
                let id = IdNumber::parse(IdKind::ResidentId, &row.id_no).unwrap();
                assert_eq!((id.sex(), id.birth()), (Some(side.sex()), row.birth));
            }
        }
    }
}
