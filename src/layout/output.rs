//! What files of the output there are: pages, generated files, files of the theme, pictures that
//! Rungs draws, and files of the search index. Which of them a site has is decided in
//! [`super::outputs`].

use crate::data::Id;
use crate::diag::Place;
use crate::layout::role_files::Order;
use crate::path::{SourcePath, UrlPath};
use crate::raster::{Canvas, Ground, Wrapping};

/// A file of the output.
#[derive(Clone, Debug)]
pub struct Output {
    pub what: OutputKind,
    /// The place that asks for it, of aliases and redirects.
    pub(super) asked: Option<Place>,
}

/// What a file of the output holds.
#[derive(Clone, Debug)]
pub enum OutputKind {
    /// A page, by its index.
    Page(usize),
    /// A generated file.
    File(File),
    /// A file of the theme or of `static/`, by its index.
    Asset(usize),
    /// A file of `content/` that is published as it is.
    Colocated(SourcePath),
    /// A picture that Rungs draws.
    Picture(Picture),
    /// A file of the search index, by its number.
    Search(usize),
}

impl OutputKind {
    /// Returns true if a file of the site with the same path takes the place of this output.
    ///
    /// A sitemap or a feed does not give way: a file in its place would be out of date unseen.
    pub(super) fn gives_way(&self) -> bool {
        matches!(
            self,
            Self::Picture(_)
                | Self::File(
                    File::Robots | File::Manifest | File::Llms | File::Headers | File::Redirects
                )
        )
    }
}

impl Output {
    pub(super) fn of(what: OutputKind) -> Self {
        Self { what, asked: None }
    }
}

/// A file that is made of the site and its layout.
#[derive(Clone, Debug)]
pub enum File {
    /// The sitemap, or one part of it, from 1.
    Sitemap(Option<usize>),
    /// robots.txt.
    Robots,
    /// The feed of a section, or of the whole site.
    Feed(Option<SourcePath>),
    /// The web app manifest, which tells home screens of the icons.
    Manifest,
    /// A page that sends readers to another address. `to` is an absolute URL.
    Redirect {
        from: UrlPath,
        to: String,
        title: String,
    },
    /// Everything about a role as JSON.
    RoleJson(Id),
    /// The list of an index as JSON, by the index of the page.
    IndexJson(usize),
    /// What the script of comparisons needs of a role, as JSON.
    RoleFacts(Id),
    /// A part of the list of roles that the script of comparisons offers, as JSON, from 0.
    ComparedRoles(usize),
    /// Roles of a list in parts, for the script that filters it: the index of the first page, the
    /// order, and the number of the file from 1.
    RoleList {
        page: usize,
        order: Order,
        number: usize,
    },
    /// llms.txt: the site for language models.
    Llms,
    /// `_headers`, for hosts that read it.
    Headers,
    /// `_redirects`, for hosts that read it.
    Redirects,
}

/// A picture that Rungs draws.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picture {
    /// The picture for shared links to a role, or to the whole site.
    Share(Option<Id>),
    Icon(Icon),
}

/// An icon of the site, drawn from `favicon.svg`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// For browsers that cannot show SVG.
    Favicon,
    /// For home screens of Apple, which show no transparency.
    Touch,
    /// For other home screens.
    Small,
    Large,
}

/// The SVG that icons are drawn from.
pub const ICON_SOURCE: &str = "favicon.svg";

/// The name of a picture for shared links, in the folder of what it is about.
pub const SHARE: &str = "share.png";

/// The width and height of a picture for shared links, in pixels.
pub const SHARE_SIZE: (u32, u32) = (1200, 630);

impl Icon {
    pub(super) const ALL: [Self; 4] = [Self::Favicon, Self::Touch, Self::Small, Self::Large];

    /// Returns the file name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Favicon => "favicon.ico",
            Self::Touch => "apple-touch-icon.png",
            Self::Small => "icon-192.png",
            Self::Large => "icon-512.png",
        }
    }

    /// Returns the width and height in pixels.
    pub fn side(self) -> u32 {
        match self {
            Self::Favicon => 32,
            Self::Touch => 180,
            Self::Small => 192,
            Self::Large => 512,
        }
    }
}

impl Picture {
    /// Returns the canvas of the picture.
    pub fn canvas(&self) -> Canvas {
        match self {
            Self::Share(_) => Canvas {
                width: SHARE_SIZE.0,
                height: SHARE_SIZE.1,
                ground: Ground::White,
                wrapping: Wrapping::Png,
            },
            Self::Icon(icon) => Canvas {
                width: icon.side(),
                height: icon.side(),
                ground: match icon {
                    Icon::Touch => Ground::White,
                    Icon::Favicon | Icon::Small | Icon::Large => Ground::Transparent,
                },
                wrapping: match icon {
                    Icon::Favicon => Wrapping::Ico,
                    Icon::Touch | Icon::Small | Icon::Large => Wrapping::Png,
                },
            },
        }
    }
}
