//! `printer`: how far a desk's printer is off, and the page that tells it.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use serde_json::json;

use super::context::Context;
use super::output;
use super::paper::offset_of;
use super::stop::{Exit, Stop};
use crate::desk::{Registry, Session};
use crate::domain::document::{Document, Mode, Stamp};
use crate::print;

/// 打印机校准 / calibrating a desk's printer
#[derive(Debug, Subcommand)]
pub(super) enum Printer {
    /// 出一张刻度页：按现在的偏移，用尺量 / a page of rulers, at the offset as it is now
    Calibrate {
        /// PDF 文件 / the PDF
        #[arg(short, long, value_name = "FILE", default_value = "calibration.pdf")]
        output: PathBuf,
        /// 不加偏移 / without the offset
        #[arg(long)]
        plain: bool,
    },
    /// 设这个窗口的偏移，毫米，向右、向下为正 / set this desk's offset in millimetres, right and down
    Offset {
        /// 向右 / to the right
        #[arg(long, allow_hyphen_values = true)]
        dx: f64,
        /// 向下 / down
        #[arg(long, allow_hyphen_values = true)]
        dy: f64,
    },
    /// 看这个窗口的打印设置 / show this desk's printer
    Show,
}

impl Printer {
    pub(super) fn run(&self, context: &Context) -> Result<Exit, Stop> {
        let (mut registry, session) = context.signed_in()?;
        match self {
            Self::Calibrate { output, plain } => calibrate(context, &registry, &session, output, *plain)?,
            Self::Offset { dx, dy } => {
                let desk = session.desk().to_owned();
                for (key, value) in [("dx", dx), ("dy", dy)] {
                    registry.set_setting(&session, &format!("desk.{desk}.{key}"), &value.to_string())?;
                }
                context.say(
                    &format!("{desk} 号窗口的偏移已改为 {dx}、{dy} 毫米。"),
                    &format!("The offset of desk {desk} is now {dx}, {dy} mm."),
                );
                show(&registry, &desk)?;
            }
            Self::Show => show(&registry, session.desk())?,
        }
        Ok(Exit::Done)
    }
}

fn show(registry: &Registry, desk: &str) -> Result<(), Stop> {
    let profile = registry.desk_profile(desk)?;
    output::json(&json!({
        "guitai": 1, "desk": desk, "printer": profile.printer, "dx_mm": profile.dx_mm, "dy_mm": profile.dy_mm,
        "print_command": registry.profile().print_command,
    }))
}

/// A page that belongs to no case and says nothing about anybody: it is not kept.
fn calibrate(context: &Context, registry: &Registry, session: &Session, file: &Path, plain: bool) -> Result<(), Stop> {
    const LAYOUT: &str = "calibration";
    let paper = registry.forms().paper(LAYOUT).ok_or_else(|| {
        Stop::input(
            "缺校准页的版式 calibration。请运行 guitai forms check。",
            "The layout \"calibration\" is missing. Run guitai forms check.",
        )
    })?;
    let document = Document {
        name: LAYOUT.to_owned(),
        title: paper.title.clone(),
        layout: paper.id.clone(),
        layout_sha256: paper.sha256.clone(),
        mode: Mode::Full,
        bindings: std::collections::BTreeMap::new(),
        record_sha256: String::new(),
        dated: session.now(),
        specimen: false,
        stamp: Stamp::default(),
    };
    let offset = if plain {
        print::Offset::NONE
    } else {
        offset_of(registry, session.desk())?
    };
    let pdf = print::render(&document, &paper.layout, offset)?;
    print::write_file(file, &pdf)?;
    let shown = file.display();
    context.say(
        &format!("刻度页在 {shown}。按“实际大小”打印，用尺量，再用 guitai printer offset 改偏移。"),
        &format!("The page is {shown}. Print it at its true size, measure, then set guitai printer offset."),
    );
    output::json(&json!({
        "guitai": 1, "file": shown.to_string(), "dx_mm": offset.dx_mm, "dy_mm": offset.dy_mm, "sha256": pdf.sha256,
    }))
}
