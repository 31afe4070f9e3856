//! The two parties of a marriage (当事人) and sex as official documents state it. Knows no person's data.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Which of the two parties of a couple (男方 / 女方).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// 男方.
    Man,
    /// 女方.
    Woman,
}

/// Sex as an identity document states it (性别, GB/T 2261.1: 1 男, 2 女).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// 男.
    Male,
    /// 女.
    Female,
}

/// A word that names neither of the two.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("“{0}”既不是男也不是女")]
pub struct NeitherOfTwo(pub String);

impl Side {
    /// Both parties, in the order of the official forms.
    pub const BOTH: [Self; 2] = [Self::Man, Self::Woman];

    /// The name used in paths of answers: `man`, `woman`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Man => "man",
            Self::Woman => "woman",
        }
    }

    /// The word on Chinese forms.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Man => "男方",
            Self::Woman => "女方",
        }
    }

    /// The other party (对方).
    pub const fn other(self) -> Self {
        match self {
            Self::Man => Self::Woman,
            Self::Woman => Self::Man,
        }
    }

    /// The sex an identity document of this party must state (Civil Code 1047 speaks of man and woman).
    pub const fn sex(self) -> Sex {
        match self {
            Self::Man => Sex::Male,
            Self::Woman => Sex::Female,
        }
    }
}

impl Sex {
    /// The name used in data: `male`, `female`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Male => "male",
            Self::Female => "female",
        }
    }

    /// The word on Chinese forms.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Male => "男",
            Self::Female => "女",
        }
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Sex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Side {
    type Err = NeitherOfTwo;

    fn from_str(text: &str) -> Result<Self, NeitherOfTwo> {
        match text {
            "man" | "男方" => Ok(Self::Man),
            "woman" | "女方" => Ok(Self::Woman),
            _ => Err(NeitherOfTwo(text.to_owned())),
        }
    }
}

impl FromStr for Sex {
    type Err = NeitherOfTwo;

    fn from_str(text: &str) -> Result<Self, NeitherOfTwo> {
        match text {
            "male" | "男" | "1" => Ok(Self::Male),
            "female" | "女" | "2" => Ok(Self::Female),
            _ => Err(NeitherOfTwo(text.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_data_and_on_paper_read_back() {
        for side in Side::BOTH {
            assert_eq!(side.as_str().parse(), Ok(side));
            assert_eq!(side.label().parse(), Ok(side));
            assert_eq!(side.other().other(), side);
            assert_ne!(side.other().sex(), side.sex());
        }
        assert_eq!("2".parse(), Ok(Sex::Female));
        assert_eq!(Sex::Male.to_string().parse(), Ok(Sex::Male));
        assert!("m".parse::<Sex>().is_err());
    }
}
