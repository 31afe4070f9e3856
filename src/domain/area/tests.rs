//! The shipped table: living, abolished and unknown codes.

use rstest::rstest;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn code(text: &str) -> AreaCode {
    text.parse().unwrap()
}

fn shipped() -> AreaTable {
    AreaTable::from_csv(include_str!("../../../forms/codes/areas.csv")).unwrap()
}

#[rstest]
#[case("330521", "浙江省湖州市德清县")]
#[case("330113", "浙江省杭州市临平区")]
#[case("330114", "浙江省杭州市钱塘区")]
#[case("110105", "北京市朝阳区")]
#[case("429004", "湖北省仙桃市")]
#[case("330000", "浙江省")]
#[case("330500", "浙江省湖州市")]
#[case("460302", "海南省三沙市西沙区")]
fn codes_in_use(#[case] text: &str, #[case] full_name: &str) {
    let table = shipped();
    match table.lookup(code(text), day("2026-11-24")) {
        AreaLookup::Current(area) => assert_eq!(table.full_name(&area), full_name),
        other => panic!("{text}: {other:?}"),
    }
}

#[rstest]
#[case("110103", "北京市崇文区")]
#[case("330103", "浙江省杭州市下城区")]
#[case("142100", "山西省雁北地区")]
#[case("410381", "河南省洛阳市偃师市")]
fn abolished_codes(#[case] text: &str, #[case] full_name: &str) {
    let table = shipped();
    match table.lookup(code(text), day("2026-11-24")) {
        AreaLookup::Abolished(area) => assert_eq!(table.full_name(&area), full_name),
        other => panic!("{text}: {other:?}"),
    }
    assert!(matches!(table.lookup(code(text), day("1990-06-01")), AreaLookup::Current(_)) || text == "410381");
}

#[test]
fn unknown_and_not_yet() {
    let table = shipped();
    assert_eq!(table.lookup(code("399999"), day("2026-11-24")), AreaLookup::Unknown);
    assert_eq!(table.lookup(code("330113"), day("2019-06-01")), AreaLookup::Unknown);
}

#[test]
fn one_walks_down_from_the_provinces() {
    let table = shipped();
    let on = day("2026-11-24");
    let names = |of| {
        table
            .children(of, on)
            .iter()
            .map(|area| area.name.clone())
            .collect::<Vec<_>>()
    };
    // 31 on the mainland, Taiwan, Hong Kong, Macau, and the code that stands for Taiwan on residence permits.
    assert_eq!(names(None).len(), 35, "{:?}", names(None));
    assert_eq!(
        names(Some(code("330500"))),
        ["吴兴区", "南浔区", "德清县", "长兴县", "安吉县"]
    );
    assert_eq!(names(Some(code("330000"))).len(), 11);
    assert!(names(Some(code("420000"))).contains(&"仙桃市".to_owned()));
    assert!(names(Some(code("110000"))).contains(&"朝阳区".to_owned()));
}

#[test]
fn areas_are_found_by_name_and_by_code() {
    let table = shipped();
    let found = table.find("德清", day("2026-11-24"));
    assert!(found.iter().any(|area| area.code == code("330521")));
    assert_eq!(table.find("33052", day("2026-11-24")).len(), 3);
    assert!(table.find("崇文", day("2026-11-24")).is_empty());
}

#[test]
fn overlapping_times_are_refused() {
    let text = "code,name,valid_from,valid_to\n330521,德清县,,2020-12-31\n330521,德清市,2020-06-01,\n";
    assert_eq!(AreaTable::from_csv(text).unwrap_err().line, 3);
    assert_eq!(
        AreaTable::from_csv("code,name,valid_from,valid_to\n3305,湖州市,,\n")
            .unwrap_err()
            .column,
        "code"
    );
}
