//! The four kinds of certificates, and why a text is no number of one.

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The four sequences of certificate numbers, each of its own, restarted each year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CertificateKind {
    /// 结婚证 (J).
    Marriage,
    /// 离婚证 (L).
    Divorce,
    /// 补领的结婚证 (BJ).
    MarriageReissue,
    /// 补领的离婚证 (BL).
    DivorceReissue,
}

impl CertificateKind {
    /// All four.
    pub const ALL: [Self; 4] = [
        Self::Marriage,
        Self::Divorce,
        Self::MarriageReissue,
        Self::DivorceReissue,
    ];

    /// The letters in front of the number.
    pub const fn letters(self) -> &'static str {
        match self {
            Self::Marriage => "J",
            Self::Divorce => "L",
            Self::MarriageReissue => "BJ",
            Self::DivorceReissue => "BL",
        }
    }

    /// Its name in data, such as `marriage_reissue`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Marriage => "marriage",
            Self::Divorce => "divorce",
            Self::MarriageReissue => "marriage_reissue",
            Self::DivorceReissue => "divorce_reissue",
        }
    }

    /// The word for it on Chinese papers.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Marriage => "结婚证",
            Self::Divorce => "离婚证",
            Self::MarriageReissue => "补领结婚证",
            Self::DivorceReissue => "补领离婚证",
        }
    }
}

impl FromStr for CertificateKind {
    type Err = NumberFault;

    fn from_str(text: &str) -> Result<Self, NumberFault> {
        let found = Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text || kind.letters() == text);
        found.ok_or_else(|| NumberFault::Letters(text.to_owned(), "J、L、BJ、BL"))
    }
}

/// Why a text is no certificate or slip number.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NumberFault {
    /// Nothing was written.
    #[error("字号没有填写")]
    Empty,
    /// Does not begin with J, L, BJ or BL (W for a slip).
    #[error("“{0}”不以 {1} 开头")]
    Letters(String, &'static str),
    /// The six digits of the registry are not six digits.
    #[error("登记机关代码“{0}”应是六位数字")]
    Registry(String),
    /// The year is not four digits between 1950 and 2199.
    #[error("年份“{0}”应是四位数字")]
    Year(String),
    /// The sequence is not six digits, or is 000000.
    #[error("流水号“{0}”应是六位数字，从 000001 起")]
    Sequence(String),
    /// Too few or too many parts between dashes.
    #[error("“{0}”应写成 J330521-2026-000001")]
    Parts(String),
}

impl NumberFault {
    /// The sentence in English.
    pub fn english(&self) -> String {
        match self {
            Self::Empty => "The number is missing".to_owned(),
            Self::Letters(text, letters) => {
                format!("\"{text}\" does not begin with {}", letters.replace('、', ", "))
            }
            Self::Registry(text) => format!("The registry code \"{text}\" should be six digits"),
            Self::Year(text) => format!("The year \"{text}\" should be four digits"),
            Self::Sequence(text) => format!("The sequence \"{text}\" should be six digits from 000001"),
            Self::Parts(text) => format!("\"{text}\" should be written as J330521-2026-000001"),
        }
    }
}
