use super::dates::date;
use crate::arguments::{Common, Export, FormatName};
use crate::exit::{Ended, WrongUsage};
use crate::playbook_choice;
use crate::printing::line;
use anyhow::Context;
use cueline_calls::export::{CSV_HEADER, ExportFormat, ExportedCall, WholeFile, csv_rows, wav};
use cueline_calls::{Acting, CallFilter, CallOrder};
use cueline_live::exported;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

pub(super) fn run(common: &Common, acting: &Acting, options: &Export) -> anyhow::Result<Ended> {
    let calls = match &options.call {
        Some(id) => vec![acting.record(id)?.call.id],
        None => {
            let all = acting.list(&CallFilter::default(), CallOrder::Newest, u32::MAX, 0)?;
            all.into_iter().map(|call| call.id).collect()
        }
    };
    let (count, format) = (calls.len(), format(options.format));
    if options.all && format == ExportFormat::Csv {
        table(common, acting, options, &calls)?;
    } else {
        if options.all {
            fs::create_dir_all(&options.to).with_context(|| unwritable(&options.to))?;
        }
        for id in &calls {
            let (call, audio) = taken_out(common, acting, options, id)?;
            let file = file(options, format, id);
            sound(audio, &file)?;
            WholeFile::write(&file, &format.file(&call)?).with_context(|| unwritable(&file))?;
        }
    }
    line(&format!("{count} exported to {}", options.to.display()))?;
    Ok(Ended::Done)
}

/// All calls in one file.
fn table(common: &Common, acting: &Acting, options: &Export, calls: &[String]) -> anyhow::Result<()> {
    if options.to.is_dir() {
        return Err(WrongUsage("a table of all calls is one file; name it with --to".into()).into());
    }
    let mut file = WholeFile::create(&options.to).with_context(|| unwritable(&options.to))?;
    file.write_all(CSV_HEADER.as_bytes()).with_context(|| unwritable(&options.to))?;
    for id in calls {
        let (call, audio) = taken_out(common, acting, options, id)?;
        file.write_all(csv_rows(&call).as_bytes()).with_context(|| unwritable(&options.to))?;
        sound(audio, &options.to.with_file_name(id))?;
    }
    file.keep().with_context(|| unwritable(&options.to))
}

/// A call with its recording, where that is wanted and there is one.
fn taken_out(
    common: &Common,
    acting: &Acting,
    options: &Export,
    id: &str,
) -> anyhow::Result<(ExportedCall, Option<Vec<i16>>)> {
    let taken = acting.take_out(id, format(options.format).ending(), options.audio)?;
    let playbook = playbook_choice::of_call(common, &taken.record)?;
    let started = date(taken.record.call.started_at);
    Ok(exported(taken, &playbook, started))
}

/// The recording beside the export, where there is one.
fn sound(audio: Option<Vec<i16>>, beside: &Path) -> anyhow::Result<()> {
    if let Some(samples) = audio {
        let file = beside.with_extension("wav");
        WholeFile::write(&file, &wav(&samples)?).with_context(|| unwritable(&file))?;
    }
    Ok(())
}

/// The named file, or one of the call's name in the named folder.
fn file(options: &Export, format: ExportFormat, id: &str) -> PathBuf {
    if options.to.is_dir() { options.to.join(id).with_extension(format.ending()) } else { options.to.clone() }
}

fn format(name: FormatName) -> ExportFormat {
    match name {
        FormatName::Json => ExportFormat::Json,
        FormatName::Csv => ExportFormat::Csv,
        FormatName::Html => ExportFormat::Html,
        FormatName::Pdf => ExportFormat::Pdf,
    }
}

fn unwritable(path: &Path) -> String {
    format!("{} can't be written", path.display())
}
