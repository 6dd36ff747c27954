//! `rungs import`: files of other people come in; layers are written into the site, and a report of
//! what was lost is printed. Each subcommand makes [`Imported`]; the rest is the same for all.

use std::io::{self, ErrorKind, Read};
use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::json;

use super::args::{
    ImportArgs, ImportCommand, ImportContentArgs, ImportJobsArgs, ImportLadderArgs, ImportMapArgs,
    ImportPresetArgs, ImportTableArgs,
};
use super::clock::Progress;
use super::date::build_date;
use super::exit::{Exit, Failure};
use super::report::{Counts, plural};
use super::site::{OUTPUT, find};
use super::terminal::Terminal;
use crate::diag::{Diagnostics, locate};
use crate::digest::Digest;
use crate::disk::{self, DiskError, Named, SiteFolder, write_layers};
use crate::import::table::{self, Preset};
use crate::import::{
    About, Copies, Fault, Files, Gone, ImportName, Imported, LossReport, Moment, Request, Upstream,
};
use crate::import::{content, jobs, ladder};
use crate::inputs::Inputs;
use crate::path::SourcePath;
use crate::site::Options;
use crate::source::Source;

/// Runs an import.
pub fn import(command: &ImportCommand, terminal: &mut Terminal) -> Result<Exit, Failure> {
    match command {
        ImportCommand::Table(args) => with_map(args, terminal),
        ImportCommand::Onet(args) => preset(Preset::Onet, args, terminal),
        ImportCommand::Oews(args) => preset(Preset::Oews, args, terminal),
        ImportCommand::Projections(args) => preset(Preset::Projections, args, terminal),
        ImportCommand::Content(args) => articles(args, terminal),
        ImportCommand::Ladder(args) => of_ladder(args, terminal),
        ImportCommand::Jobs(args) => of_jobs(args, terminal),
        ImportCommand::Map(ImportMapArgs { name }) => {
            let preset = Preset::of_name(name);
            let preset = preset.ok_or_else(|| {
                Failure::usage(format!("there is no map {name:?}"), "--help lists them")
            })?;
            terminal.print(preset.text());
            Ok(Exit::Fine)
        }
    }
}

/// An import before it runs.
struct Import<'a> {
    args: &'a ImportArgs,
    files: &'a [PathBuf],
    /// What the import is called unless the command says otherwise.
    default_name: &'a str,
    /// What stands in the file about the import.
    kind: &'a str,
    map: Option<(String, Digest)>,
}

/// Why an import makes nothing.
enum Refused {
    /// The files that are imported are to blame.
    Upstream(Fault),
    /// A map or the site is.
    Here(Diagnostics, Option<Source>),
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        Self::Upstream(fault)
    }
}

fn with_map(args: &ImportTableArgs, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let ImportTableArgs { files, map, import } = args;
    let help = "name the map with --map; `rungs import map onet` prints one to begin with";
    let (name, bytes) = read(map, help)?;
    let path = SourcePath::outside(&name);
    let stem = map.file_stem().unwrap_or_default().to_string_lossy();
    let import = Import {
        args: import,
        files,
        default_name: &stem,
        kind: "table",
        map: Some((name, Digest::of(&bytes))),
    };
    run(&import, terminal, |request| {
        let source = Source::decode(&path, &bytes).map_err(|fault| {
            Refused::Here(
                vec![fault.into()].into(),
                Some(Source::lossy(&path, &bytes)),
            )
        })?;
        table::import(request, &source).map_err(|refused| of_table(refused, &source))
    })
}

fn preset(
    preset: Preset,
    args: &ImportPresetArgs,
    terminal: &mut Terminal,
) -> Result<Exit, Failure> {
    let ImportPresetArgs { files, import } = args;
    let source = preset.source();
    let import = Import {
        args: import,
        files,
        default_name: preset.name(),
        kind: preset.name(),
        map: Some((preset.name().to_owned(), Digest::of(source.text.as_bytes()))),
    };
    run(&import, terminal, |request| {
        table::import(request, &source).map_err(|refused| of_table(refused, &source))
    })
}

fn articles(args: &ImportContentArgs, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let ImportContentArgs {
        folder,
        from,
        import,
    } = args;
    let wanted = content::Wanted {
        from: from.as_deref().and_then(content::Generator::of_name),
        options: Options {
            base_url: None,
            drafts: false,
            future: false,
            build_date: build_date()?,
        },
    };
    let import = Import {
        args: import,
        files: std::slice::from_ref(folder),
        default_name: "articles",
        kind: "content",
        map: None,
    };
    run(&import, terminal, |request| {
        Ok(content::import(request, &wanted)?)
    })
}

fn of_ladder(args: &ImportLadderArgs, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let ImportLadderArgs { file, import } = args;
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let naming = match import.name {
        Some(_) => ladder::Naming::ByCommand,
        None => ladder::Naming::ByFile,
    };
    let import = Import {
        args: import,
        files: std::slice::from_ref(file),
        default_name: &stem,
        kind: "ladder",
        map: None,
    };
    run(&import, terminal, |request| {
        Ok(ladder::import(request, naming)?)
    })
}

fn of_jobs(args: &ImportJobsArgs, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let ImportJobsArgs {
        file,
        roles,
        employer,
        import,
    } = args;
    let roles = roles.as_deref().map(matches).transpose()?;
    let wanted = jobs::Wanted {
        roles,
        employer: employer.clone(),
        date: build_date()?,
    };
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let import = Import {
        args: import,
        files: std::slice::from_ref(file),
        default_name: &stem,
        kind: "jobs",
        map: None,
    };
    run(&import, terminal, |request| {
        jobs::import(request, &wanted).map_err(|refused| match refused {
            jobs::Refused::Upstream(fault) => Refused::Upstream(fault),
            jobs::Refused::Here(diagnostics) => Refused::Here(diagnostics, wanted.roles.clone()),
        })
    })
}

/// Reads a file that an argument names, and returns what messages call it as well.
fn read(path: &std::path::Path, help: &str) -> Result<(String, Vec<u8>), Failure> {
    let name = super::shown::file(path);
    match std::fs::read(path) {
        Ok(bytes) => Ok((name, bytes)),
        Err(error) => Err(Failure::usage(format!("cannot read {name}: {error}"), help)),
    }
}

/// Reads what the author says of roles.
fn matches(path: &std::path::Path) -> Result<Source, Failure> {
    let (name, bytes) = read(path, "name a file with a table [roles] with --roles")?;
    let path = SourcePath::outside(&name);
    Source::decode(&path, &bytes)
        .map_err(|fault| Failure::usage(format!("{name}: {fault}"), fault.help()))
}

fn of_table(refused: table::Refused, map: &Source) -> Refused {
    match refused {
        table::Refused::Upstream(fault) => Refused::Upstream(fault),
        table::Refused::Here(diagnostics) => Refused::Here(diagnostics, Some(map.clone())),
    }
}

/// Runs an import from finding its files to the report.
fn run(
    import: &Import<'_>,
    terminal: &mut Terminal,
    make: impl FnOnce(&Request<'_>) -> Result<Imported, Refused>,
) -> Result<Exit, Failure> {
    let Import { args, files, .. } = import;
    let name = name(args, import.default_name)?;
    let date = build_date()?;
    let Some(site) = find(&args.site, terminal)? else {
        return Ok(Exit::Mistakes);
    };
    let (inputs, diagnostics) = disk::read(&site, &site.path().join(OUTPUT), None);
    if diagnostics.has_errors() {
        return Ok(show(diagnostics, None, &inputs, terminal));
    }
    if let Some(kind) = About::kind_of(&name, &inputs).filter(|kind| kind != import.kind) {
        let file = Copies::file(&name);
        let message =
            format!("{file} is of `rungs import {kind}`, whose files this import would replace");
        return Err(Failure::usage(
            message,
            "give this import a name of its own with --name",
        ));
    }
    let upstream = Named::find(files).map_err(not_found)?;
    let followed = Followed::new(&upstream, terminal.progress());
    let request = Request {
        name: &name,
        site: &inputs,
        upstream: &followed,
    };
    let made = make(&request);
    followed.bar.finish_and_clear();
    let Imported { layers, mut report } = match made {
        Ok(imported) => imported,
        Err(Refused::Upstream(fault)) => return Err(failure(fault)),
        Err(Refused::Here(diagnostics, source)) => {
            return Ok(show(diagnostics, source, &inputs, terminal));
        }
    };
    let about = about(import, &upstream, &report)?;
    let gone = if args.prune { Gone::Prune } else { Gone::Keep };
    let moment = Moment { date, gone };
    let files = layers.files(&name, &about, moment, &inputs, &mut report);
    if !args.dry_run {
        write_layers(&site, &files)?;
    }
    tell(args, &site, &files, &report, terminal);
    Ok(Exit::Fine)
}

/// Files whose reading moves a progress bar.
struct Followed<'u> {
    upstream: &'u Named,
    bar: ProgressBar,
}

impl<'u> Followed<'u> {
    fn new(upstream: &'u Named, progress: Progress) -> Self {
        let target = match progress {
            Progress::Bar => ProgressDrawTarget::stderr(),
            Progress::Hidden => ProgressDrawTarget::hidden(),
        };
        let style = ProgressStyle::with_template("  {bar:30} {bytes} of {total_bytes}");
        let bar = ProgressBar::with_draw_target(Some(upstream.size()), target)
            .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self { upstream, bar }
    }
}

impl Upstream for Followed<'_> {
    fn names(&self) -> &[String] {
        self.upstream.names()
    }

    fn open(&self, name: &str) -> io::Result<Box<dyn Read + Send + '_>> {
        Ok(Box::new(self.bar.wrap_read(self.upstream.open(name)?)))
    }
}

fn name(args: &ImportArgs, default: &str) -> Result<ImportName, Failure> {
    let rule = "a name has 4 to 32 of the characters a-z and 0-9, such as `onet`";
    match &args.name {
        Some(name) => ImportName::new(name)
            .ok_or_else(|| Failure::usage(format!("an import cannot be called {name:?}"), rule)),
        None => ImportName::of_text(default).ok_or_else(|| {
            let message = format!("no name of an import can be made of {default:?}");
            Failure::usage(message, format!("give one with --name: {rule}"))
        }),
    }
}

/// Returns the files that were read, with their digests.
fn about(import: &Import<'_>, upstream: &Named, report: &LossReport) -> Result<About, Failure> {
    let mut inputs = vec![];
    let is_read = |name: &&String| report.files.is_empty() || report.files.contains(*name);
    for name in upstream.names().iter().filter(is_read) {
        let digest = upstream.digest(name);
        let digest =
            digest.map_err(|error| Failure::machine(format!("cannot read {name}: {error}")))?;
        inputs.push((name.clone(), digest));
    }
    Ok(About {
        kind: import.kind.to_owned(),
        map: import.map.clone(),
        inputs,
    })
}

/// A name of no file is a slip on the command line; all else is the machine's.
fn not_found(error: DiskError) -> Failure {
    if error.source.kind() == ErrorKind::NotFound {
        return Failure::usage(
            error.to_string(),
            "name files or a folder that exist, or - for standard input",
        );
    }
    error.into()
}

fn failure(fault: Fault) -> Failure {
    let message = fault.to_string();
    Failure::mistake(message, fault.help)
}

/// Shows what is wrong with a map or the site.
fn show(
    diagnostics: Diagnostics,
    source: Option<Source>,
    inputs: &Inputs,
    terminal: &mut Terminal,
) -> Exit {
    let reports = locate(diagnostics.into_sorted(), |path| match &source {
        Some(source) if source.path == *path => Some(source.clone()),
        _ => inputs.lossy_source(path),
    });
    terminal.show(&reports);
    terminal.sum_up(&Counts::of(&reports), ": nothing was imported");
    Exit::Mistakes
}

fn tell(
    args: &ImportArgs,
    site: &SiteFolder,
    files: &Files,
    report: &LossReport,
    terminal: &mut Terminal,
) {
    let Files {
        write,
        delete,
        unchanged,
    } = files;
    let paths = |paths: &mut dyn Iterator<Item = &SourcePath>| -> Vec<String> {
        paths.map(|path| path.as_str().to_owned()).collect()
    };
    terminal.end(&json!({
        "type": "import", "dry_run": args.dry_run, "report": report, "written": paths(&mut write.keys()),
        "deleted": paths(&mut delete.iter()), "unchanged": unchanged,
    }));
    terminal.say(report.text().trim_end());
    let (wrote, deleted) = if args.dry_run {
        ("Would write", "would delete")
    } else {
        ("Wrote", "deleted")
    };
    let deleted = if delete.is_empty() {
        String::new()
    } else {
        format!(", {deleted} {}", delete.len())
    };
    terminal.say(&format!(
        "{wrote} {}{deleted}, {unchanged} unchanged, in {}",
        plural(write.len(), "file"),
        super::shown::folder(&site.path().join("content"))
    ));
}
