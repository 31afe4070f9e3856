//! Every number of the field's notes, and properties of all others.

use proptest::prelude::*;
use rstest::rstest;

use super::*;

#[test]
fn a_person_is_looked_for_under_both_numbers() {
    let forms = |text: &str| IdNumber::recognise(text).unwrap().forms();
    assert_eq!(forms("33052119900307001X"), ["33052119900307001X", "330521900307001"]);
    assert_eq!(forms("330521900307001"), ["330521900307001", "33052119900307001X"]);
    // Born after 1999: there never was a number of 15 digits.
    assert_eq!(forms("330521200402290015"), ["330521200402290015"]);
    assert_eq!(forms("E12345678").len(), 1);
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[rstest]
#[case("11010519491231002X", "1949-12-31", Sex::Female, "110105")]
#[case("440524188001010014", "1880-01-01", Sex::Male, "440524")]
#[case("33052119900307001X", "1990-03-07", Sex::Male, "330521")]
#[case("330521199003070028", "1990-03-07", Sex::Female, "330521")]
#[case("330521200402290015", "2004-02-29", Sex::Male, "330521")]
fn residents(#[case] text: &str, #[case] birth: &str, #[case] sex: Sex, #[case] area: &str) {
    let id = IdNumber::parse(IdKind::ResidentId, text).unwrap();
    assert_eq!(id.birth(), Some(day(birth)));
    assert_eq!(id.sex(), Some(sex));
    assert_eq!(id.area().unwrap().to_string(), area);
    assert_eq!(IdNumber::recognise(text), Ok(id));
}

#[rstest]
#[case("810000199001010019")]
#[case("820000198506150022")]
#[case("830000199502280010")]
fn permits(#[case] text: &str) {
    let id = IdNumber::parse(IdKind::HkMacauTaiwanPermit, text).unwrap();
    assert!(id.birth().is_some() && id.sex().is_some());
    assert_eq!(IdNumber::recognise(text).unwrap().kind(), IdKind::HkMacauTaiwanPermit);
    let fault = IdNumber::parse(IdKind::ResidentId, text).unwrap_err();
    assert_eq!(
        fault,
        IdFault::OtherKind {
            kind: IdKind::HkMacauTaiwanPermit
        }
    );
}

#[test]
fn a_citizen_is_no_permit_holder() {
    let fault = IdNumber::parse(IdKind::HkMacauTaiwanPermit, "33052119900307001X").unwrap_err();
    assert_eq!(
        fault,
        IdFault::OtherKind {
            kind: IdKind::ResidentId
        }
    );
}

#[rstest]
#[case("33052119900307001x")]
#[case("３３０５２１１９９００３０７００１Ｘ")]
#[case(" 330521 19900307 001X ")]
#[case("330521\u{200B}19900307001X")]
fn numbers_are_normalised(#[case] text: &str) {
    assert_eq!(
        IdNumber::parse(IdKind::ResidentId, text).unwrap().as_str(),
        "33052119900307001X"
    );
}

#[test]
fn fifteen_digits_are_understood_but_no_document() {
    let old = IdNumber::parse(IdKind::ResidentId15, "330521490307001").unwrap();
    let new = IdNumber::parse(IdKind::ResidentId, "330521194903070012").unwrap();
    assert_eq!(old.upgraded(), Some(new.clone()));
    assert!(same_person(&old, &new) && same_person(&new, &old));
    assert!(!same_person(&old, &IdNumber::recognise("33052119900307001X").unwrap()));
    assert_eq!((old.birth(), old.sex()), (Some(day("1949-03-07")), Some(Sex::Male)));
    assert_eq!(
        IdNumber::recognise("330521490307001").unwrap().kind(),
        IdKind::ResidentId15
    );
    let fault = IdNumber::parse(IdKind::ResidentId, "330521490307001").unwrap_err();
    assert_eq!(
        fault,
        IdFault::OtherKind {
            kind: IdKind::ResidentId15
        }
    );
    let centenarian = IdNumber::parse(IdKind::ResidentId15, "330521880307999").unwrap();
    assert_eq!(centenarian.birth(), Some(day("1888-03-07")));
}

#[test]
fn placeholders_of_archives_are_told_apart() {
    let id = IdNumber::recognise("000000000019520307").unwrap();
    assert_eq!((id.kind(), id.birth()), (IdKind::Legacy, Some(day("1952-03-07"))));
    assert_eq!((id.sex(), id.area()), (None, None));
    let fault = IdNumber::parse(IdKind::ResidentId, "000000000019520307").unwrap_err();
    assert_eq!(fault, IdFault::OtherKind { kind: IdKind::Legacy });
    assert!(IdNumber::parse(IdKind::Legacy, "000000000019520230").is_err());
}

#[test]
fn permanent_residents_of_both_forms() {
    let new = IdNumber::parse(IdKind::ForeignerPermanent, "911124198108030024").unwrap();
    assert_eq!(new.birth(), Some(day("1981-08-03")));
    assert_eq!(
        IdNumber::recognise("911124198108030024").unwrap().kind(),
        IdKind::ForeignerPermanent
    );
    assert!(IdNumber::parse(IdKind::ForeignerPermanent, "911124198108030025").is_err());
    assert_eq!(
        IdNumber::parse(IdKind::ForeignerPermanent, "can110081080310")
            .unwrap()
            .birth(),
        None
    );
    let fault = IdNumber::parse(IdKind::ForeignerPermanent, "CAN11008108031").unwrap_err();
    assert_eq!(
        fault,
        IdFault::Length {
            expected: "15 或 18",
            found: 14
        }
    );
    let fault = IdNumber::parse(IdKind::ResidentId, "911124198108030024").unwrap_err();
    assert_eq!(
        fault,
        IdFault::OtherKind {
            kind: IdKind::ForeignerPermanent
        }
    );
}

#[rstest]
#[case("", "id-empty")]
#[case("3305211990030700", "id-length")]
#[case("33052119900307001X9", "id-length")]
#[case("3305211990030700IX", "id-character")]
#[case("3305211990X307001X", "id-character")]
#[case("330521199002300014", "id-birth")]
#[case("330521199003070011", "id-check-digit")]
#[case("033521199003070016", "id-area")]
fn the_wrong_part_is_named(#[case] text: &str, #[case] code: &str) {
    let text = if code == "id-area" {
        with_check(text)
    } else {
        text.to_owned()
    };
    let fault = IdNumber::parse(IdKind::ResidentId, &text).unwrap_err();
    assert_eq!(fault.code(), code, "{fault}");
    assert!(!fault.to_string().is_empty() && fault.english().is_ascii());
}

fn with_check(text: &str) -> String {
    format!("{}{}", &text[..17], check_character(text).unwrap())
}

#[test]
fn a_swapped_pair_is_recognised() {
    // 330521199003070028 with places 16 and 17 swapped.
    let fault = IdNumber::parse(IdKind::ResidentId, "330521199003070208").unwrap_err();
    let swaps: Vec<_> = fault.explained_by().iter().filter(|repair| repair.is_swap()).collect();
    let places: Vec<_> = swaps
        .iter()
        .map(|swap| (swap.position(), swap.candidate.as_str()))
        .collect();
    assert_eq!(places, [(5, "330512199003070208"), (16, "330521199003070028")]);
    assert!(fault.to_string().contains("第 5、16 位与其后一位颠倒"), "{fault}");
}

#[test]
fn candidates_have_a_real_birth_date() {
    let fault = IdNumber::parse(IdKind::ResidentId, "330521199003070029").unwrap_err();
    let repairs = fault.explained_by();
    assert!(repairs.iter().any(|repair| repair.candidate == "330521199003070028"));
    assert!(
        repairs
            .iter()
            .all(|repair| IdNumber::parse(IdKind::ResidentId, &repair.candidate).is_ok())
    );
}

#[test]
fn a_mistyped_birth_date_is_explained_too() {
    let fault = IdNumber::parse(IdKind::ResidentId, "330521199013070028").unwrap_err();
    assert_eq!(fault.code(), "id-birth");
    assert!(
        fault
            .explained_by()
            .iter()
            .any(|repair| repair.candidate == "330521199003070028")
    );
}

#[test]
fn an_unknown_area_is_no_fault() {
    let text = with_check("39999919900307001");
    assert!(IdNumber::parse(IdKind::ResidentId, &text).is_ok());
}

#[rstest]
#[case(IdKind::HkMacauPass, "H12345678")]
#[case(IdKind::HkMacauPass, "m1234567801")]
#[case(IdKind::TaiwanPass, "12345678")]
#[case(IdKind::TaiwanPass, "1234567890A")]
#[case(IdKind::Passport, "E12345678")]
#[case(IdKind::Passport, "G12345678")]
#[case(IdKind::Passport, "EA1234567")]
#[case(IdKind::Passport, "DE1234567")]
#[case(IdKind::Passport, "P1234567")]
#[case(IdKind::Passport, "141234567")]
#[case(IdKind::HkId, "A123456（7）")]
#[case(IdKind::MacauId, "1234567(8)")]
#[case(IdKind::TaiwanId, "A123456789")]
#[case(IdKind::ForeignPassport, "C01X00T47")]
#[case(IdKind::Military, "军字第 1234567 号")]
fn other_documents_in_their_usual_form(#[case] kind: IdKind, #[case] text: &str) {
    let id = IdNumber::parse(kind, text).unwrap();
    assert_eq!(id.hint(), None);
    assert_eq!((id.birth(), id.sex(), id.area()), (None, None, None));
}

#[rstest]
#[case(IdKind::HkMacauPass, "A12345678")]
#[case(IdKind::TaiwanPass, "1234567")]
#[case(IdKind::Passport, "EI1234567")]
#[case(IdKind::HkId, "123456(7)")]
#[case(IdKind::MacauId, "1234567(A)")]
#[case(IdKind::TaiwanId, "A323456789")]
#[case(IdKind::ForeignPassport, "123456789012345678901")]
fn an_unusual_form_is_a_hint_only(#[case] kind: IdKind, #[case] text: &str) {
    assert!(IdNumber::parse(kind, text).unwrap().hint().is_some());
}

#[rstest]
#[case(IdKind::ResidentId, "33052119900307001X", "330521********001X")]
#[case(IdKind::ResidentId15, "330521490307001", "330521******001")]
#[case(IdKind::ForeignerPermanent, "911124198108030024", "911124********0024")]
#[case(IdKind::Legacy, "000000000019520307", "0000000000********")]
#[case(IdKind::Passport, "E12345678", "E1*****78")]
#[case(IdKind::Other, "12345", "1***5")]
#[case(IdKind::Other, "123", "***")]
fn masks(#[case] kind: IdKind, #[case] text: &str, #[case] masked: &str) {
    let id = IdNumber::parse(kind, text).unwrap();
    assert_eq!(id.masked(), masked);
    assert!(!format!("{id:?}").contains(text));
}

#[test]
fn kinds_have_their_names_in_data() {
    for kind in IdKind::ALL {
        assert_eq!(kind.as_str().parse(), Ok(kind));
        assert_eq!(serde_json::from_value::<IdKind>(kind.as_str().into()).unwrap(), kind);
    }
    assert!("id_card".parse::<IdKind>().is_err());
}

prop_compose! {
    fn resident()(area in "[1-7][0-9]{5}", offset in 0_u64..60_000, sequence in 0_u32..1000) -> String {
        let birth = day("1900-01-01") + chrono::Days::new(offset);
        with_check(&format!("{area}{}{sequence:03}", birth.format("%Y%m%d")))
    }
}

proptest! {
    #[test]
    fn well_made_numbers_are_read(text in resident()) {
        let id = IdNumber::parse(IdKind::ResidentId, &text.to_lowercase()).unwrap();
        prop_assert_eq!(id.as_str(), text.as_str());
    }

    #[test]
    fn any_one_mistyped_digit_is_seen_and_explained(text in resident(), at in 0_usize..17, other in 0_u8..10) {
        let mut wrong = text.clone().into_bytes();
        prop_assume!(wrong[at] != b'0' + other);
        wrong[at] = b'0' + other;
        let wrong = String::from_utf8(wrong).unwrap();
        let fault = IdNumber::parse(IdKind::ResidentId, &wrong).unwrap_err();
        prop_assert!(fault.explained_by().iter().any(|repair| repair.candidate == text), "{}", fault);
    }

    #[test]
    fn any_swapped_pair_is_seen_and_explained(text in resident(), at in 0_usize..16) {
        let mut wrong = text.clone().into_bytes();
        prop_assume!(wrong[at] != wrong[at + 1]);
        wrong.swap(at, at + 1);
        let wrong = String::from_utf8(wrong).unwrap();
        let fault = IdNumber::parse(IdKind::ResidentId, &wrong).unwrap_err();
        prop_assert!(fault.explained_by().iter().any(|r| r.is_swap() && r.candidate == text), "{}", fault);
    }

    #[test]
    fn the_long_form_of_a_short_number_is_right(area in "[1-7][0-9]{5}", offset in 0_u64..36_000, sequence in 0_u32..1000) {
        let birth = day("1900-01-01") + chrono::Days::new(offset);
        let short = IdNumber::parse(IdKind::ResidentId15, &format!("{area}{}{sequence:03}", birth.format("%y%m%d")));
        prop_assume!(short.is_ok());
        let long = short.unwrap().upgraded().unwrap();
        prop_assert!(IdNumber::parse(IdKind::ResidentId, long.as_str()).is_ok());
    }

    #[test]
    fn nothing_given_panics(text in ".{0,24}") {
        for kind in IdKind::ALL {
            if let Ok(id) = IdNumber::parse(kind, &text) {
                prop_assert_eq!(id.masked().chars().count(), id.as_str().chars().count());
            }
        }
    }
}
