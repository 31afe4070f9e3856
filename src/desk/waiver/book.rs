//! Where price lists and policies come from.

use crate::desk::registry::House;
use crate::forms::waiver::WaiverBook;

/// All price lists and policies.
pub(super) fn book(house: &House) -> &WaiverBook {
    house.forms.waivers()
}
