//! What the items and payers of the day's figures are called: as the settlements say, and as the policies say.

use crate::desk::Problem;
use crate::desk::day::WaivedLine;
use crate::desk::registry::House;
use crate::store::Reader;

/// Puts names beside the codes; a code that nobody knows stands for itself.
pub(crate) fn name(reader: &Reader, house: &House, lines: &mut [WaivedLine]) -> Result<(), Problem> {
    for line in lines {
        if let Some((item, policy)) = reader.last_billed(&line.item)? {
            line.item_name = item;
            let mut known = house
                .forms
                .waivers()
                .policies()
                .filter(|known| known.head.sha256 == policy);
            let payers = known.next().map(|policy| policy.payers.as_slice()).unwrap_or_default();
            let payer = payers.iter().find(|payer| payer.id == line.payer);
            line.payer_name = payer.map_or_else(|| line.payer.clone(), |payer| payer.name.zh.clone());
        }
    }
    Ok(())
}
