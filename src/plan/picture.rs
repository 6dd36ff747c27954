//! Pictures that are drawn: which of them a site gets and where, what they show, and how pages point at them. Drawing is
//! `raster`'s, what a picture for shared links looks like the theme's.

use std::fmt::Write;

use super::address::folder_of;
use super::outputs::root_file;
use super::view::{Image, LadderView, RoleView, ShareView};
use super::{Page, Plan, RoleParts, What, escape};
use crate::data::Id;
use crate::kind::Kind;
use crate::path::UrlPath;
use crate::raster::{AVAILABLE, Canvas, Fitted, Font, Ground, Wrapping, fit, printable};
use crate::theme::Asset;

/// A picture that is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picture {
    /// For shared links: of a role, or of the whole site.
    Share(Option<Id>),
    Icon(Icon),
}

/// An icon of the site, drawn from `favicon.svg`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// For browsers that know no SVG.
    Favicon,
    /// For home screens of Apple's, which show no transparency.
    Touch,
    /// For other home screens.
    Small,
    Large,
}

/// The SVG that icons are drawn from.
pub const ICON_SOURCE: &str = "favicon.svg";
/// The name of a picture for shared links, in the folder of what it is about.
const SHARE: &str = "share.png";
const SHARE_SIZE: (u32, u32) = (1200, 630);
/// The width of its text, and the sizes at which a title may have so many lines.
const TEXT_WIDTH: u32 = 1040;
/// A mark stands before the site's title.
const BRAND_WIDTH: u32 = 990;
const LINE_SIZES: [u32; 3] = [56, 44, 34];
const TITLE_SIZES: [(u32, usize); 5] = [(92, 1), (80, 2), (66, 3), (56, 3), (50, 4)];

impl Icon {
    const ALL: [Self; 4] = [Self::Favicon, Self::Touch, Self::Small, Self::Large];

    fn name(self) -> &'static str {
        match self {
            Self::Favicon => "favicon.ico",
            Self::Touch => "apple-touch-icon.png",
            Self::Small => "icon-192.png",
            Self::Large => "icon-512.png",
        }
    }

    fn side(self) -> u32 {
        match self {
            Self::Favicon => 32,
            Self::Touch => 180,
            Self::Small => 192,
            Self::Large => 512,
        }
    }
}

impl Picture {
    /// What the picture is drawn on.
    pub fn canvas(&self) -> Canvas {
        match self {
            Self::Share(_) => Canvas { width: SHARE_SIZE.0, height: SHARE_SIZE.1, ground: Ground::White, wrapping: Wrapping::Png },
            Self::Icon(icon) => Canvas {
                width: icon.side(),
                height: icon.side(),
                ground: if *icon == Icon::Touch { Ground::White } else { Ground::Transparent },
                wrapping: if *icon == Icon::Favicon { Wrapping::Ico } else { Wrapping::Png },
            },
        }
    }
}

impl Plan {
    /// Every picture with its address.
    pub(super) fn pictures(&self) -> Vec<(UrlPath, Picture)> {
        let site = &self.site.config.site;
        let mut pictures = vec![];
        // What this program cannot draw was refused.
        if site.og_images.value && AVAILABLE {
            // A site that has a picture of its own needs no other.
            pictures.extend(root_file(SHARE).filter(|_| site.image.is_none()).map(|url| (url, Picture::Share(None))));
            let roles = self.site.roles.keys().filter_map(|id| Some((self.share_url(id)?, Picture::Share(Some(id.clone())))));
            pictures.extend(roles);
        }
        if self.draws_icons() {
            pictures.extend(Icon::ALL.iter().filter_map(|icon| Some((root_file(icon.name())?, Picture::Icon(*icon)))));
        }
        pictures
    }

    pub(super) fn draws_icons(&self) -> bool {
        self.site.config.site.icons.value && AVAILABLE && self.shows_svg_icon()
    }

    /// Unless the site has icons that are not of its own `favicon.svg`: the theme's beside them would be another site's.
    fn shows_svg_icon(&self) -> bool {
        let is_own = |name: &str| self.site.theme.assets.get(name).is_some_and(Asset::is_of_site);
        is_own(ICON_SOURCE) || !Icon::ALL.iter().any(|icon| is_own(icon.name()))
    }

    /// What a picture for shared links shows.
    pub fn share(&self, role: Option<&Id>) -> ShareView {
        let site = &self.site.config.site;
        let nothing = ShareView {
            title: vec![],
            size: 0,
            category: String::new(),
            salary: String::new(),
            salary_size: 0,
            salary_note: String::new(),
            levels: 0,
            brand: String::new(),
            description: vec![],
        };
        let shared = role.and_then(|id| self.role(id));
        let Some(RoleParts { role, ladder, .. }) = shared.as_ref().map(|shared| &shared.parts) else {
            let Fitted { lines: title, size } = title(&site.title);
            return ShareView { title, size, description: text(site.description.as_deref().unwrap_or_default(), TEXT_WIDTH, (36, 3)), ..nothing };
        };
        let Fitted { lines: title, size } = title(&role.title);
        let (salary, note) = self.pay_of_picture(role, ladder);
        let Fitted { lines: salary, size: salary_size } = whole_line(&salary);
        let line = |words: &str, width: u32, size: u32| text(words, width, (size, 1)).pop().unwrap_or_default();
        ShareView {
            title,
            size,
            category: line(&role.category.title, TEXT_WIDTH, 34),
            salary_note: if salary.is_empty() { String::new() } else { line(&note, TEXT_WIDTH, 30) },
            salary: salary.concat(),
            salary_size,
            levels: ladder.count,
            brand: line(&site.title, BRAND_WIDTH, 34),
            ..nothing
        }
    }

    /// The pay that a picture tells, over the levels of a role or its headline, and what it is.
    fn pay_of_picture(&self, role: &RoleView, ladder: &LadderView) -> (String, String) {
        let (salary, notes) = match (ladder.salary_text_long.as_str(), &role.headline_salary) {
            ("", None) => return Default::default(),
            ("", Some(pay)) => (self.strings().fill("pay_with_period", &[("pay", &pay.amount), ("period", &pay.period_text)]), &pay.notes),
            (text, _) => (text.to_owned(), &ladder.salary_notes),
        };
        let untold: Vec<&str> = notes.iter().map(String::as_str).filter(|note| !salary.contains(note)).collect();
        let note = untold.join(self.strings().get("list_separator"));
        (salary, note)
    }

    /// The picture for shared links to a page: its own, its role's or the site's, as a whole address.
    pub(super) fn shared_image(&self, page: &Page, own: Option<&Image>) -> Option<Image> {
        // What networks take for a picture is a raster image.
        if let Some(own) = own.filter(|image| !image.src.ends_with(".svg")) {
            return Some(Image { src: self.whole(&own.src), ..own.clone() });
        }
        let site = &self.site.config.site;
        let of_role = page.subject.role().and_then(|id| self.drawn(&self.share_url(id)?, &self.title_of_site(&self.site.title_of_role(id))));
        let of_site = || site.image.as_ref().and_then(|image| self.site.theme.assets.urls.get(&image.value)).map(|path| image(path.clone(), &site.title));
        let drawn = || root_file(SHARE).and_then(|url| self.drawn(&url, &site.title));
        of_role.or_else(of_site).or_else(drawn).map(|image| Image { src: self.whole(&image.src), ..image })
    }

    /// The picture at an address, if there is one, or the site's own file in its place.
    fn drawn(&self, url: &UrlPath, alt: &str) -> Option<Image> {
        let size = match &self.outputs.get(&url.output())?.what {
            What::Picture(_) => Some(SHARE_SIZE),
            What::Beside(path) => self.site.image_sizes.get(path).copied(),
            What::Asset(_) | What::Page(_) | What::File(_) | What::Search(_) => None,
        };
        Some(Image { width: size.map(|size| size.0), height: size.map(|size| size.1), ..image(self.href(url), alt) })
    }

    fn share_url(&self, role: &Id) -> Option<UrlPath> {
        let hub = self.page_about(Kind::Hub, role.as_str())?;
        UrlPath::new(&format!("{}{SHARE}", folder_of(&hub.url))).ok()
    }

    /// Links to the icons, the same on every page.
    pub(super) fn icon_links(&self) -> &str {
        self.icons.get_or_init(|| {
            let mut links = String::new();
            let assets = &self.site.theme.assets;
            let there = |name: &str| root_file(name).filter(|url| self.outputs.contains_key(&url.output())).map(|url| escape(&self.href(&url)));
            if let Some(url) = there(Icon::Favicon.name()) {
                // Writing to a String cannot fail.
                let _ = writeln!(links, "<link rel=\"icon\" href=\"{url}\" sizes=\"32x32\">");
            }
            let svg = assets.urls.get(ICON_SOURCE).filter(|_| self.shows_svg_icon());
            if let Some(url) = svg {
                let _ = writeln!(links, "<link rel=\"icon\" href=\"{}\" type=\"image/svg+xml\">", escape(url));
            }
            if let Some(url) = there(Icon::Touch.name()) {
                let _ = writeln!(links, "<link rel=\"apple-touch-icon\" href=\"{url}\">");
            }
            if let Some(url) = there(MANIFEST) {
                let _ = writeln!(links, "<link rel=\"manifest\" href=\"{url}\">");
            }
            links
        })
    }

    /// What home screens are told of the site.
    pub(super) fn manifest(&self) -> String {
        let site = &self.site.config.site;
        let icon = |icon: Icon| serde_json::json!({ "src": icon.name(), "sizes": format!("{0}x{0}", icon.side()), "type": "image/png" });
        let manifest = serde_json::json!({
            "name": site.title, "lang": site.language.value, "dir": self.locale().direction(), "start_url": "./", "scope": "./", "display": "browser",
            "icons": [icon(Icon::Small), icon(Icon::Large)],
        });
        manifest.to_string() + "\n"
    }
}

/// The name of the file that tells home screens of the icons.
pub(super) const MANIFEST: &str = "site.webmanifest";

/// A title at the size at which it fits.
fn title(words: &str) -> Fitted {
    let none = Fitted { lines: vec![], size: TITLE_SIZES[0].0 };
    printable(words, Font::Serif).map_or(none, |words| fit(&words, Font::Serif, TEXT_WIDTH, &TITLE_SIZES))
}

/// A line of which nothing may be cut off: figures that do not fit are left out.
fn whole_line(words: &str) -> Fitted {
    let fitted = |words: String| LINE_SIZES.iter().map(|size| fit(&words, Font::Sans, TEXT_WIDTH, &[(*size, 1)])).find(|fitted| fitted.lines.concat() == words);
    printable(words, Font::Sans).and_then(fitted).unwrap_or(Fitted { lines: vec![], size: LINE_SIZES[0] })
}

/// Other words in so many lines at most.
fn text(words: &str, width: u32, (size, lines): (u32, usize)) -> Vec<String> {
    printable(words, Font::Sans).map(|words| fit(&words, Font::Sans, width, &[(size, lines)]).lines).unwrap_or_default()
}

fn image(src: String, alt: &str) -> Image {
    Image { src, srcset: String::new(), width: None, height: None, alt: alt.to_owned() }
}
