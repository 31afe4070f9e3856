//! Certificate numbers, old numbers and blank serials by table and by property.

use proptest::prelude::*;
use rstest::rstest;

use super::*;

#[rstest]
#[case("J110101-2010-000001", CertificateKind::Marriage)]
#[case("L330521-2026-000012", CertificateKind::Divorce)]
#[case("BJ330521-2026-000012", CertificateKind::MarriageReissue)]
#[case("BL330521-2026-999999", CertificateKind::DivorceReissue)]
fn numbers_of_each_kind(#[case] text: &str, #[case] kind: CertificateKind) {
    let number = CertificateNumber::parse(text).unwrap();
    assert_eq!(number.kind(), kind);
    assert_eq!(number.to_string(), text);
    assert_eq!(kind.letters().parse(), Ok(kind));
    assert_eq!(kind.as_str().parse(), Ok(kind));
}

#[rstest]
#[case("j330521-2026-000001")]
#[case(" Ｊ３３０５２１－２０２６－０００００１ ")]
#[case("J330521—2026—000001")]
#[case("J 330521 - 2026 - 000001")]
fn slips_of_the_hand_are_understood(#[case] text: &str) {
    let number = CertificateNumber::parse(text).unwrap();
    assert_eq!(number.to_string(), "J330521-2026-000001");
    assert_eq!(
        (number.registry().to_string().as_str(), number.year(), number.sequence()),
        ("330521", 2026, 1)
    );
}

#[rstest]
#[case("", NumberFault::Empty)]
#[case("K330521-2026-000001", NumberFault::Letters("K330521-2026-000001".into(), "J、L、BJ、BL"))]
#[case("J33052-2026-000001", NumberFault::Registry("33052".into()))]
#[case("J330521-26-000001", NumberFault::Year("26".into()))]
#[case("J330521-2026-00001", NumberFault::Sequence("00001".into()))]
#[case("J330521-2026-000000", NumberFault::Sequence("000000".into()))]
#[case("J3305212026000001", NumberFault::Parts("3305212026000001".into()))]
fn the_wrong_part_is_named(#[case] text: &str, #[case] fault: NumberFault) {
    assert_eq!(CertificateNumber::parse(text), Err(fault));
}

#[test]
fn slip_numbers_are_no_certificate_numbers() {
    let slip = SlipNumber::parse("w330521-2026-000001").unwrap();
    assert_eq!(slip.to_string(), "W330521-2026-000001");
    assert_eq!(SlipNumber::new(slip.registry(), slip.year(), slip.sequence()), Ok(slip));
    assert!(CertificateNumber::parse("W330521-2026-000001").is_err());
    assert!(SlipNumber::parse("J330521-2026-000001").is_err());
    let json = serde_json::to_string(&slip).unwrap();
    assert_eq!(serde_json::from_str::<SlipNumber>(&json).unwrap(), slip);
}

#[test]
fn old_numbers_are_kept_as_they_stand() {
    let old = AnyCertificateNumber::parse("政字第2002208号").unwrap();
    assert_eq!(old.to_string(), "政字第2002208号");
    assert_eq!(old.current(), None);
    let current = AnyCertificateNumber::parse("J330521-2026-000001").unwrap();
    assert_eq!(current.current().map(|number| number.sequence()), Some(1));
    assert!(AnyCertificateNumber::parse("J330521-2026-00001").is_err());
    assert!(AnyCertificateNumber::parse("无").is_err());
    assert_eq!(AnyCertificateNumber::parse(" "), Err(NumberFault::Empty));
}

#[test]
fn numbers_of_2003_show_their_parts() {
    let interim = LegacyNumber::parse("德清结字第010300012号").unwrap().interim().unwrap();
    assert_eq!((interim.region.as_str(), interim.marriage), ("德清", true));
    assert_eq!((interim.office, interim.year, interim.sequence), (1, 3, 12));
    assert!(
        !LegacyNumber::parse("德清离字010300012")
            .unwrap()
            .interim()
            .unwrap()
            .marriage
    );
    assert_eq!(LegacyNumber::parse("政字第2002208号").unwrap().interim(), None);
}

#[rstest]
#[case("330021000123", "", 330_021_000_123, "330021000124")]
#[case("浙J0000099", "浙J", 99, "浙J0000100")]
#[case(" ｊ 000 1 ", "J", 1, "J0002")]
#[case("33-0009", "33-", 9, "33-0010")]
fn serials_count_on(#[case] text: &str, #[case] prefix: &str, #[case] number: u64, #[case] next: &str) {
    let serial = BlankSerial::parse(text).unwrap();
    assert_eq!((serial.prefix(), serial.number()), (prefix, number));
    assert_eq!(serial.next().unwrap().to_string(), next);
}

#[test]
fn serials_end_where_their_width_ends() {
    assert_eq!(BlankSerial::parse("A99").unwrap().next(), None);
    assert_eq!(BlankSerial::parse("A98").unwrap().plus(1).unwrap().to_string(), "A99");
    assert_eq!(BlankSerial::parse("A0").unwrap().next().unwrap().to_string(), "A1");
    assert_eq!(BlankSerial::parse("A"), Err(BlankFault::NoDigits("A".into())));
    assert_eq!(BlankSerial::parse("A/1"), Err(BlankFault::Strange('/')));
    assert_eq!(BlankSerial::parse(" "), Err(BlankFault::Empty));
    assert!(BlankSerial::parse("12345678901234567890123").is_ok());
}

#[test]
fn ranges_are_of_one_row() {
    let serial = |text| BlankSerial::parse(text).unwrap();
    let range = SerialRange::new(serial("A001"), serial("A010")).unwrap();
    assert_eq!(range.count(), 10);
    assert_eq!(range.iter().last(), Some(serial("A010")));
    assert!(range.contains(&serial("A005")) && !range.contains(&serial("A0005")) && !range.contains(&serial("B005")));
    assert!(range.overlaps(&SerialRange::new(serial("A010"), serial("A020")).unwrap()));
    assert!(!range.overlaps(&SerialRange::new(serial("A011"), serial("A020")).unwrap()));
    assert!(matches!(
        SerialRange::new(serial("A1"), serial("B2")),
        Err(BlankFault::NotOneRow(..))
    ));
    assert!(matches!(
        SerialRange::new(serial("A2"), serial("A1")),
        Err(BlankFault::Backwards(..))
    ));
    assert_eq!(range.to_string(), "A001-A010");
}

proptest! {
    #[test]
    fn every_number_reads_back(kind in 0_usize..4, area in "[1-8][0-9]{5}", year in 1950_i32..2200, sequence in 1_u32..1_000_000) {
        let kind = CertificateKind::ALL[kind];
        let number = CertificateNumber::new(kind, area.parse().unwrap(), year, sequence).unwrap();
        prop_assert_eq!(CertificateNumber::parse(&number.to_string()), Ok(number));
        prop_assert_eq!(AnyCertificateNumber::parse(&number.to_string()), Ok(AnyCertificateNumber::Current(number)));
    }

    #[test]
    fn every_serial_reads_back(text in "[A-Z]{0,3}[0-9]{1,12}") {
        let serial = BlankSerial::parse(&text).unwrap();
        prop_assert_eq!(serial.to_string(), text);
        if let Some(next) = serial.next() {
            prop_assert_eq!(next.to_string().len(), serial.to_string().len());
        }
    }
}
