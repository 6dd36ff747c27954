//! The command line: the declaration of every command and flag. What they do is in the files beside this one.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Args as ArgsOf, Parser, Subcommand, ValueEnum};

use super::exit::EXIT_CODES;

/// Builds career-guide websites: Markdown articles and role records in, a complete static site out.
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
    /// Find all mistakes in the site and write nothing
    Check(CheckArgs),
    /// Make a new site that is ready to build
    New(NewArgs),
    /// Add a role or an article to the site, as a draft with comments
    Add(AddArgs),
    /// Work on the look of the site
    #[command(subcommand)]
    Theme(ThemeCommand),
    /// Say which sources, template and record a page comes from
    Explain(ExplainArgs),
    /// Delete the output folder, if Rungs wrote all that is in it, and the cache
    Clean(CleanArgs),
    /// Print or write the JSON Schemas with which editors check TOML files
    Schema(SchemaArgs),
    /// Print a script that completes commands in a shell
    Completions(CompletionsArgs),
}

/// Which site, and how much to say.
#[derive(Debug, ArgsOf)]
pub struct SiteArgs {
    /// Folder with site.toml [default: the nearest one, from here upwards]
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Say nothing but mistakes
    #[arg(short, long)]
    pub quiet: bool,
}

/// What belongs to the site that is built.
#[derive(Debug, ArgsOf)]
pub struct Content {
    /// Where the site will live, instead of the `base_url` of site.toml
    #[arg(short = 'u', long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Publish drafts too
    #[arg(long)]
    pub drafts: bool,
    /// Publish what has a date in the future too
    #[arg(long)]
    pub future: bool,
    /// How mistakes are shown
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
}

/// Which folder the site goes to.
#[derive(Debug, ArgsOf)]
pub struct OutputArgs {
    /// Folder for the finished site [default: public, beside site.toml]
    #[arg(short, long, value_name = "DIR")]
    pub output_dir: Option<PathBuf>,
}

/// Where it is remembered what pages were made of.
#[derive(Debug, ArgsOf)]
pub struct CacheArgs {
    /// Folder for the cache [default: .rungs/cache, beside site.toml]
    #[arg(long, value_name = "DIR")]
    pub cache_dir: Option<PathBuf>,
    /// Make every page anew, and remember nothing
    #[arg(long, conflicts_with = "cache_dir")]
    pub no_cache: bool,
}

#[derive(Debug, ArgsOf)]
#[command(after_help = "SOURCE_DATE_EPOCH sets the day for which the site is built; else it is today, in UTC.\n\nWith --format json each line of the \
    output is an object:\n  {\"type\": \"diagnostic\", \"severity\", \"code\", \"message\", \"file\", \"line\", \"column\", \"end_column\", \"help\": [], \
    \"related\": []}\n  {\"type\": \"summary\", \"errors\", \"warnings\", \"pages\", \"rebuilt\", \"reused\", \"files\", \"output\", \"changes\"}  at the end, or\n  {\"type\": \"failure\", \
    \"exit\", \"message\", \"help\": []}")]
pub struct BuildArgs {
    #[command(flatten)]
    pub site: SiteArgs,
    #[command(flatten)]
    pub content: Content,
    #[command(flatten)]
    pub output: OutputArgs,
    #[command(flatten)]
    pub cache: CacheArgs,
    /// Compare the result with a clean build, and name any difference
    #[arg(long)]
    pub verify: bool,
    /// Show the time of each stage and the slowest pages
    #[arg(long)]
    pub profile: bool,
}

#[derive(Debug, ArgsOf)]
pub struct ServeArgs {
    #[command(flatten)]
    pub site: SiteArgs,
    /// Port to listen at [default: 4747, or the next free one]
    #[arg(short, long, value_name = "PORT")]
    pub port: Option<u16>,
    /// Address to listen at; others than this machine's own need --allow-host
    #[arg(short, long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub interface: IpAddr,
    /// Answer requests to this host name too (can be given more than once)
    #[arg(long, value_name = "HOST")]
    pub allow_host: Vec<String>,
    /// Open the site in the browser
    #[arg(short = 'O', long)]
    pub open: bool,
    /// Leave out drafts, and what has a date in the future
    #[arg(long)]
    pub no_drafts: bool,
    /// Look for edits twice a second, where the system tells of none (network folders, some containers)
    #[arg(long)]
    pub poll: bool,
    /// Address that opens an editor at a mistake
    #[arg(long, value_name = "URL", default_value = "vscode://file{file}:{line}:{column}")]
    pub editor: String,
    /// Where the site will live, instead of the `base_url` of site.toml
    #[arg(short = 'u', long, value_name = "URL")]
    pub base_url: Option<String>,
    #[command(flatten)]
    pub cache: CacheArgs,
    /// How mistakes are shown
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
}

#[derive(Debug, ArgsOf)]
#[command(after_help = "WHAT is the address of a page (/roles/nurse/ or https://…), a file of the output (public/roles/nurse/index.html), or a \
    source (content/roles/nurse/role.toml): then all that is made of it is named.")]
pub struct ExplainArgs {
    /// An address, a file of the output, or a source file
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
    /// Folder for the site: a new one, or an empty one
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Add what is needed to publish the site there
    #[arg(long, value_enum, default_value_t = Host::None)]
    pub host: Host,
    /// Say nothing but mistakes
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
pub enum ThemeCommand {
    /// Copy files of the theme into the site, so that they can be changed
    Eject(EjectArgs),
}

#[derive(Debug, ArgsOf)]
#[command(after_help = "A copy takes the place of the theme's file; each file that the site does not have stays the theme's, and changes when it does. \
    So copy as little as you can. Nothing is written over.\n\nExamples:\n  rungs theme eject templates/hub.html\n  rungs theme eject static/css/main.css i18n/en.toml\n  \
    rungs theme eject     the default theme, all of it, into themes/default/")]
pub struct EjectArgs {
    /// Files of the theme, such as templates/hub.html; without any, the whole default theme
    #[arg(value_name = "FILE")]
    pub files: Vec<String>,
    #[command(flatten)]
    pub site: SiteArgs,
}

#[derive(Debug, ArgsOf)]
pub struct SchemaArgs {
    /// The file to describe; without it all schemas are written
    #[arg(value_enum)]
    pub name: Option<super::schema::Name>,
    /// Folder to write all schemas into [default: .rungs, beside site.toml]
    #[arg(short, long, value_name = "DIR", conflicts_with = "name")]
    pub output_dir: Option<PathBuf>,
    #[command(flatten)]
    pub site: SiteArgs,
}

#[derive(Debug, ArgsOf)]
pub struct CompletionsArgs {
    pub shell: clap_complete::Shell,
}

/// How mistakes are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// With the line, and what to do
    Human,
    /// One line each: file:line:column: error[code]: message
    Short,
    /// One JSON object a line
    Json,
}

/// Where a new site is to be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Host {
    Netlify,
    /// GitHub Pages
    Github,
    /// Amazon S3 and what speaks its protocol
    S3,
    None,
}

/// What can be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Addition {
    Role,
    Article,
}

impl Command {
    /// The format of messages that the command was asked for.
    pub fn format(&self) -> Format {
        match self {
            Self::Build(args) => args.content.format,
            Self::Serve(args) => args.format,
            Self::Check(args) => args.content.format,
            Self::Explain(args) => args.content.format,
            Self::New(_) | Self::Add(_) | Self::Theme(_) | Self::Clean(_) | Self::Schema(_) | Self::Completions(_) => Format::Human,
        }
    }

    /// Whether only mistakes are to be said.
    pub fn is_quiet(&self) -> bool {
        match self {
            Self::Build(BuildArgs { site, .. })
            | Self::Serve(ServeArgs { site, .. })
            | Self::Check(CheckArgs { site, .. })
            | Self::Add(AddArgs { site, .. })
            | Self::Theme(ThemeCommand::Eject(EjectArgs { site, .. }))
            | Self::Explain(ExplainArgs { site, .. })
            | Self::Clean(CleanArgs { site, .. })
            | Self::Schema(SchemaArgs { site, .. }) => site.quiet,
            Self::New(args) => args.quiet,
            Self::Completions(_) => false,
        }
    }
}
