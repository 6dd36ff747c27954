//! The command line: the declaration of every command and flag. What they do is in the other files
//! of this folder.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Args as ArgsOf, Parser, Subcommand, ValueEnum};

use super::exit::EXIT_CODES;

/// Builds career-guide websites: a static site from Markdown articles and role records.
#[derive(Debug, Parser)]
#[command(name = "rungs", version, after_help = EXIT_CODES, arg_required_else_help = true, disable_help_subcommand = true)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Build the site into its output folder
    Build(BuildArgs),
    /// Show the site in a browser while you edit it
    Serve(ServeArgs),
    /// Find all mistakes in the site without publishing it
    Check(CheckArgs),
    /// Create a new site that is ready to build
    New(NewArgs),
    /// Add a draft of a role or an article, with comments that explain it
    Add(AddArgs),
    /// Bring tables, open data and other people's files into the site
    #[command(subcommand)]
    Import(ImportCommand),
    /// Customize the theme of the site
    #[command(subcommand)]
    Theme(ThemeCommand),
    /// Show which text, data and template a page is made from
    Explain(ExplainArgs),
    /// Delete the cache, and the output folder if Rungs wrote everything in it
    Clean(CleanArgs),
    /// Print or write JSON Schemas, with which editors check TOML files
    Schema(SchemaArgs),
    /// Print a script with which a shell completes commands
    Completions(CompletionsArgs),
    /// Write the manual pages of all commands, for packages of Rungs
    #[command(hide = true)]
    Man(ManArgs),
}

/// Which site to work on, and how much to print.
#[derive(Debug, ArgsOf)]
pub struct SiteArgs {
    /// Folder that has the site.toml [default: the current folder or the nearest one above it]
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Print only errors and warnings
    #[arg(short, long)]
    pub quiet: bool,
}

/// Which content is published, and how diagnostics are shown.
#[derive(Debug, ArgsOf)]
pub struct Content {
    /// URL of the published site, instead of `base_url` in site.toml
    #[arg(short = 'u', long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Include drafts
    #[arg(long)]
    pub drafts: bool,
    /// Include content whose date is in the future
    #[arg(long)]
    pub future: bool,
    /// How to show errors and warnings
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
}

/// Where the finished site goes.
#[derive(Debug, ArgsOf)]
pub struct OutputArgs {
    /// Folder for the finished site [default: public, beside site.toml]
    #[arg(short, long, value_name = "DIR")]
    pub output_dir: Option<PathBuf>,
}

/// Where finished work is remembered between builds.
#[derive(Debug, ArgsOf)]
pub struct CacheArgs {
    /// Folder for the cache [default: .rungs/cache, beside site.toml]
    #[arg(long, value_name = "DIR")]
    pub cache_dir: Option<PathBuf>,
    /// Make every page again, and do not save anything for the next build
    #[arg(long, conflicts_with = "cache_dir")]
    pub no_cache: bool,
}

#[derive(Debug, ArgsOf)]
#[command(
    after_help = "The site is built for the current day in UTC, or for the day of SOURCE_DATE_EPOCH if that variable is set.\n\nWith --format json each line of the \
    output is an object:\n  {\"type\": \"diagnostic\", \"severity\", \"code\", \"message\", \"file\", \"path\", \"line\", \"column\", \"end_column\", \"help\": [], \
    \"related\": []}\n  {\"type\": \"summary\", \"errors\", \"warnings\", \"pages\", \"rebuilt\", \"reused\", \"files\", \"drawn\", \"indexed\", \"left_out\", \"output\", \"changes\"}  as the last line, or\n  {\"type\": \"failure\", \
    \"exit\", \"message\", \"help\": []}"
)]
pub struct BuildArgs {
    #[command(flatten)]
    pub site: SiteArgs,
    #[command(flatten)]
    pub content: Content,
    #[command(flatten)]
    pub output: OutputArgs,
    #[command(flatten)]
    pub cache: CacheArgs,
    /// Build once more without the cache, and report any difference
    #[arg(long)]
    pub verify: bool,
    /// Show how long each stage took, and the slowest pages
    #[arg(long)]
    pub profile: bool,
    /// Write the paths that are new or changed in the output folder to FILE, a line each, and those
    /// that are gone to FILE.removed
    #[arg(long, value_name = "FILE")]
    pub changes: Option<PathBuf>,
}

#[derive(Debug, ArgsOf)]
pub struct ServeArgs {
    #[command(flatten)]
    pub site: SiteArgs,
    /// Port of the preview [default: 4747, or the next free port]
    #[arg(short, long, value_name = "PORT")]
    pub port: Option<u16>,
    /// Network address of the preview; one that other machines can reach needs --allow-host
    #[arg(short, long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub interface: IpAddr,
    /// Host name under which other machines may open the preview (can be given more than once)
    #[arg(long, value_name = "HOST")]
    pub allow_host: Vec<String>,
    /// Open the preview in the browser
    #[arg(short = 'O', long)]
    pub open: bool,
    /// Leave out drafts and content whose date is in the future
    #[arg(long)]
    pub no_drafts: bool,
    /// Look for edits twice a second, where the system does not report them (network folders, some
    /// containers)
    #[arg(long)]
    pub poll: bool,
    /// URL that opens your editor at a mistake
    #[arg(
        long,
        value_name = "URL",
        default_value = "vscode://file{file}:{line}:{column}"
    )]
    pub editor: String,
    /// URL of the published site, instead of `base_url` in site.toml
    #[arg(short = 'u', long, value_name = "URL")]
    pub base_url: Option<String>,
    #[command(flatten)]
    pub cache: CacheArgs,
    /// How to show errors and warnings
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
}

#[derive(Debug, ArgsOf)]
pub struct CheckArgs {
    #[command(flatten)]
    pub site: SiteArgs,
    #[command(flatten)]
    pub content: Content,
    #[command(flatten)]
    pub cache: CacheArgs,
    /// Sitemap of the published site, a file: name every address in it that is gone now
    #[arg(long, value_name = "SITEMAP")]
    pub against: Option<PathBuf>,
}

#[derive(Debug, ArgsOf)]
#[command(
    after_help = "WHAT is one of:\n  the address of a page        /roles/nurse/ or https://…\n  a file of the output         public/roles/nurse/index.html\n  \
    a source file of the site    content/roles/nurse/role.toml: shows everything that is made from it"
)]
pub struct ExplainArgs {
    /// The address of a page, a file of the output, or a source file
    pub what: String,
    #[command(flatten)]
    pub site: SiteArgs,
    #[command(flatten)]
    pub content: Content,
    #[command(flatten)]
    pub cache: CacheArgs,
}

#[derive(Debug, ArgsOf)]
pub struct CleanArgs {
    #[command(flatten)]
    pub site: SiteArgs,
    #[command(flatten)]
    pub output: OutputArgs,
    /// Folder of the cache [default: .rungs/cache, beside site.toml]
    #[arg(long, value_name = "DIR")]
    pub cache_dir: Option<PathBuf>,
}

#[derive(Debug, ArgsOf)]
pub struct NewArgs {
    /// Folder for the site: a new or an empty one
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Add the files that this host needs to publish the site
    #[arg(long, value_enum, default_value_t = Host::None)]
    pub host: Host,
    /// Print only errors and warnings
    #[arg(short, long)]
    pub quiet: bool,
}

#[derive(Debug, ArgsOf)]
pub struct AddArgs {
    /// What to add
    #[arg(value_enum)]
    pub what: Addition,
    /// Its title, such as "Data Engineer"
    pub name: String,
    #[command(flatten)]
    pub site: SiteArgs,
}

#[derive(Debug, Subcommand)]
#[command(disable_help_subcommand = true)]
pub enum ImportCommand {
    /// Import any table: CSV, TSV, XLSX, ODS, JSON, JSON Lines or YAML, with a map that says what its columns mean
    Table(ImportTableArgs),
    /// Import occupations from the O*NET database, a folder of its text files
    Onet(ImportPresetArgs),
    /// Import pay from the Occupational Employment and Wage Statistics of the United States
    Oews(ImportPresetArgs),
    /// Import projections of employment of the United States
    Projections(ImportPresetArgs),
    /// Import articles of Hugo, Zola, Jekyll, Eleventy, Astro or WordPress
    Content(ImportContentArgs),
    /// Import an employer's ladder: a matrix, rows, YAML, JSON or Markdown
    Ladder(ImportLadderArgs),
    /// Import open jobs: a feed of Greenhouse, Lever, Ashby or Indeed, or a list in YAML
    Jobs(ImportJobsArgs),
    /// Print a map that is inside the program, to be changed
    Map(ImportMapArgs),
}

#[derive(Debug, ArgsOf)]
pub struct ImportLadderArgs {
    /// The file of the ladder, or a folder of several
    #[arg(value_name = "FILE|DIR")]
    pub file: PathBuf,
    #[command(flatten)]
    pub import: ImportArgs,
}

#[derive(Debug, ArgsOf)]
pub struct ImportJobsArgs {
    /// The feed
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Which role a job is of, where its title does not say it
    #[arg(long, value_name = "MATCH.toml")]
    pub roles: Option<PathBuf>,
    /// The employer, where the feed does not say it
    #[arg(long, value_name = "NAME")]
    pub employer: Option<String>,
    #[command(flatten)]
    pub import: ImportArgs,
}

#[derive(Debug, ArgsOf)]
pub struct ImportContentArgs {
    /// The folder of the old site, or the file that WordPress exported
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// What the old site is written for; without it, that is recognized
    #[arg(long, value_parser = ["hugo", "zola", "jekyll", "eleventy", "astro", "wordpress"])]
    pub from: Option<String>,
    #[command(flatten)]
    pub import: ImportArgs,
}

#[derive(Debug, ArgsOf)]
pub struct ImportTableArgs {
    /// Files, a folder, or - for standard input
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// The map: a TOML file that says what the columns mean
    #[arg(long, value_name = "MAP.toml")]
    pub map: PathBuf,
    #[command(flatten)]
    pub import: ImportArgs,
}

#[derive(Debug, ArgsOf)]
pub struct ImportPresetArgs {
    /// Files, a folder, or - for standard input
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub import: ImportArgs,
}

#[derive(Debug, ArgsOf)]
pub struct ImportMapArgs {
    /// Which map
    #[arg(value_parser = ["onet", "oews", "projections"])]
    pub name: String,
}

/// What all imports have in common.
#[derive(Debug, ArgsOf)]
pub struct ImportArgs {
    /// What the import is called, 4 to 32 of a-z and 0-9: its files carry the name
    #[arg(long)]
    pub name: Option<String>,
    /// Write nothing, and show what would be written
    #[arg(long)]
    pub dry_run: bool,
    /// Delete what an earlier import of this name made and upstream no longer has
    #[arg(long)]
    pub prune: bool,
    /// Print the report as JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub site: SiteArgs,
}

#[derive(Debug, Subcommand)]
#[command(disable_help_subcommand = true)]
pub enum ThemeCommand {
    /// Copy files of the theme into the site, so that you can change them
    Eject(EjectArgs),
}

#[derive(Debug, ArgsOf)]
#[command(
    after_help = "The site uses a copy instead of the theme's file. A copied file no longer changes with new versions of the theme, so copy \
    only what you want to change. Existing files are never overwritten.\n\nExamples:\n  rungs theme eject templates/hub.html\n  rungs theme eject static/css/main.css i18n/en.toml\n  \
    rungs theme eject     (the whole default theme, into themes/default/)"
)]
pub struct EjectArgs {
    /// Files of the theme, such as templates/hub.html [default: the whole default theme]
    #[arg(value_name = "FILE")]
    pub files: Vec<String>,
    #[command(flatten)]
    pub site: SiteArgs,
}

#[derive(Debug, ArgsOf)]
pub struct SchemaArgs {
    /// The file whose schema is printed [default: all schemas are written into a folder]
    #[arg(value_enum)]
    pub name: Option<super::schema::Name>,
    /// Folder for all schemas [default: .rungs, beside site.toml]
    #[arg(short, long, value_name = "DIR", conflicts_with = "name")]
    pub output_dir: Option<PathBuf>,
    #[command(flatten)]
    pub site: SiteArgs,
}

#[derive(Debug, ArgsOf)]
pub struct CompletionsArgs {
    /// The shell that the script is for
    pub shell: clap_complete::Shell,
}

#[derive(Debug, ArgsOf)]
pub struct ManArgs {
    /// Folder for the pages
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

/// How errors and warnings are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// With the line that is wrong, and what to do about it
    Human,
    /// One line each: file:line:column: error[code]: message
    Short,
    /// One JSON object per line
    Json,
    /// Annotations of a GitHub workflow
    Github,
    /// One SARIF document, for code scanning and editors (build and check only)
    Sarif,
}

/// How much a command prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verbosity {
    Normal,
    /// Only errors and warnings.
    Quiet,
}

/// Where a new site is to be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Host {
    /// GitHub Pages
    Github,
    /// GitLab Pages
    Gitlab,
    /// Netlify
    Netlify,
    /// Cloudflare Pages, built by GitHub
    Cloudflare,
    /// Amazon S3 and services with the same interface
    S3,
    /// A container with nginx
    Docker,
    /// No particular host
    None,
}

impl Host {
    /// Returns the name under which the command line and site.toml know the host, and the folder of
    /// its files in the starter.
    pub fn name(self) -> &'static str {
        match self {
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Netlify => "netlify",
            Self::Cloudflare => "cloudflare",
            Self::S3 => "s3",
            Self::Docker => "docker",
            Self::None => "none",
        }
    }
}

/// What can be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Addition {
    Role,
    Article,
}

impl ImportCommand {
    /// Returns what the command has in common with other imports; `None` if it imports nothing.
    pub fn args(&self) -> Option<&ImportArgs> {
        match self {
            Self::Table(args) => Some(&args.import),
            Self::Onet(args) | Self::Oews(args) | Self::Projections(args) => Some(&args.import),
            Self::Content(args) => Some(&args.import),
            Self::Ladder(args) => Some(&args.import),
            Self::Jobs(args) => Some(&args.import),
            Self::Map(_) => None,
        }
    }

    fn format(&self) -> Format {
        match self.args() {
            Some(args) if args.json => Format::Json,
            _ => Format::Human,
        }
    }
}

impl Command {
    /// Returns the format of messages that the command was asked for.
    pub fn format(&self) -> Format {
        match self {
            Self::Build(args) => args.content.format,
            Self::Serve(args) => args.format,
            Self::Check(args) => args.content.format,
            Self::Explain(args) => args.content.format,
            Self::Import(command) => command.format(),
            Self::New(_)
            | Self::Add(_)
            | Self::Theme(_)
            | Self::Clean(_)
            | Self::Schema(_)
            | Self::Completions(_)
            | Self::Man(_) => Format::Human,
        }
    }

    /// Returns how much the command was asked to print.
    pub fn verbosity(&self) -> Verbosity {
        let is_quiet = match self {
            Self::Build(BuildArgs { site, .. })
            | Self::Serve(ServeArgs { site, .. })
            | Self::Check(CheckArgs { site, .. })
            | Self::Add(AddArgs { site, .. })
            | Self::Theme(ThemeCommand::Eject(EjectArgs { site, .. }))
            | Self::Explain(ExplainArgs { site, .. })
            | Self::Clean(CleanArgs { site, .. })
            | Self::Schema(SchemaArgs { site, .. }) => site.quiet,
            Self::New(args) => args.quiet,
            Self::Import(command) => command.args().is_some_and(|args| args.site.quiet),
            Self::Completions(_) | Self::Man(_) => false,
        };
        if is_quiet {
            Verbosity::Quiet
        } else {
            Verbosity::Normal
        }
    }
}
