//! The kinds of identity documents a desk meets, by their names in data.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A kind of identity document (证件种类).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum IdKind {
    /// 居民身份证, 18 characters (GB 11643-1999).
    ResidentId,
    /// 居民身份证 of the first generation, 15 digits; not valid any more, but in archives.
    ResidentId15,
    /// 港澳台居民居住证, 18 characters beginning 810000, 820000 or 830000.
    HkMacauTaiwanPermit,
    /// 外国人永久居留身份证, 18 characters, or 15 before December 2023.
    ForeignerPermanent,
    /// 港澳居民来往内地通行证 (回乡证).
    HkMacauPass,
    /// 台湾居民来往大陆通行证 (台胞证).
    TaiwanPass,
    /// A Chinese passport (中国护照).
    Passport,
    /// 香港身份证.
    HkId,
    /// 澳门身份证.
    MacauId,
    /// 台湾身份证.
    TaiwanId,
    /// 军官证, 士兵证 and the like; free text.
    Military,
    /// A passport of another country.
    ForeignPassport,
    /// Ten zeros and the date of birth, which archives were given where no number was known.
    Legacy,
    /// Anything else; free text.
    Other,
}

/// A word that names no kind of document.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("没有证件种类“{0}”")]
pub struct UnknownKind(pub String);

impl IdKind {
    /// All kinds.
    pub const ALL: [Self; 14] = [
        Self::ResidentId,
        Self::ResidentId15,
        Self::HkMacauTaiwanPermit,
        Self::ForeignerPermanent,
        Self::HkMacauPass,
        Self::TaiwanPass,
        Self::Passport,
        Self::HkId,
        Self::MacauId,
        Self::TaiwanId,
        Self::Military,
        Self::ForeignPassport,
        Self::Legacy,
        Self::Other,
    ];

    /// Its name in data.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ResidentId => "resident_id",
            Self::ResidentId15 => "resident_id15",
            Self::HkMacauTaiwanPermit => "hk_macau_taiwan_permit",
            Self::ForeignerPermanent => "foreigner_permanent",
            Self::HkMacauPass => "hk_macau_pass",
            Self::TaiwanPass => "taiwan_pass",
            Self::Passport => "passport",
            Self::HkId => "hk_id",
            Self::MacauId => "macau_id",
            Self::TaiwanId => "taiwan_id",
            Self::Military => "military",
            Self::ForeignPassport => "foreign_passport",
            Self::Legacy => "legacy",
            Self::Other => "other",
        }
    }

    /// Its Chinese name.
    pub const fn label(self) -> &'static str {
        match self {
            Self::ResidentId => "居民身份证",
            Self::ResidentId15 => "15位居民身份证",
            Self::HkMacauTaiwanPermit => "港澳台居民居住证",
            Self::ForeignerPermanent => "外国人永久居留身份证",
            Self::HkMacauPass => "港澳居民来往内地通行证",
            Self::TaiwanPass => "台湾居民来往大陆通行证",
            Self::Passport => "中国护照",
            Self::HkId => "香港身份证",
            Self::MacauId => "澳门身份证",
            Self::TaiwanId => "台湾身份证",
            Self::Military => "军人证件",
            Self::ForeignPassport => "外国护照",
            Self::Legacy => "档案占位号码",
            Self::Other => "其他证件",
        }
    }

    /// Whether blanks and any sign may belong to the number.
    pub const fn is_free_text(self) -> bool {
        matches!(self, Self::Military | Self::Other)
    }
}

impl fmt::Display for IdKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for IdKind {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        let found = Self::ALL.into_iter().find(|kind| kind.as_str() == text);
        found.ok_or_else(|| UnknownKind(text.to_owned()))
    }
}

impl TryFrom<String> for IdKind {
    type Error = UnknownKind;

    fn try_from(text: String) -> Result<Self, UnknownKind> {
        text.parse()
    }
}

impl From<IdKind> for String {
    fn from(kind: IdKind) -> Self {
        kind.as_str().to_owned()
    }
}
