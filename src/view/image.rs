//! Pictures of pages: a page or a name comes in; the address, size and smaller versions go out,
//! also for icons and shared links.

use std::fmt::Write;
use std::ops::Bound;

use crate::escape::escape;
use crate::layout::address::root_file;
use crate::layout::output::OutputKind;
use crate::layout::output::{ICON_SOURCE, Icon, SHARE, SHARE_SIZE};
use crate::layout::picture::MANIFEST;
use crate::layout::{Layout, Page, links, page, picture};
use crate::path::{SourcePath, UrlPath};
use crate::site::Site;
use crate::view::context::ViewContext;
use crate::view::types::Image;
use crate::wording::words;

/// Returns the picture of a page: the one that its prose names, or else the one of its role.
pub fn of_page(site: &Site, layout: &Layout, page: &Page) -> Option<Image> {
    if let Some(article) = page::prose(site, page)
        && let Some(name) = &article.front.image
    {
        let alt = article.front.image_alt.as_deref().unwrap_or_default();
        return image(site, layout, &article.path, name, alt);
    }
    let role = page.subject.role().and_then(|id| site.listed(id))?;
    let alt = role.image_alt.unwrap_or_default();
    image(site, layout, role.path, role.image?, alt)
}

/// Returns the `srcset` of a picture, or an empty text without smaller versions beside it.
///
/// `photo-800w.jpg` is a smaller version of `photo.jpg`.
pub fn srcset(site: &Site, layout: &Layout, path: &SourcePath) -> String {
    let sizes = &site.image_sizes;
    let (Some((stem, ending)), Some((width, _))) =
        (path.as_str().rsplit_once('.'), sizes.get(path))
    else {
        return String::new();
    };
    let start = format!("{stem}-");
    let is_smaller = |other: &SourcePath| {
        let rest = other.as_str().strip_prefix(&start);
        let number = rest
            .and_then(|rest| rest.strip_suffix(ending))
            .and_then(|rest| rest.strip_suffix("w."));
        number.is_some_and(|number| {
            !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    let near = sizes
        .range::<str, _>((Bound::Included(start.as_str()), Bound::Unbounded))
        .take_while(|(other, _)| other.as_str().starts_with(&start));
    let mut all: Vec<(u32, &SourcePath)> = near
        .filter(|(other, _)| is_smaller(other))
        .map(|(other, (width, _))| (*width, other))
        .collect();
    if all.is_empty() {
        return String::new();
    }
    all.push((*width, path));
    all.sort();
    // A comma would end a candidate.
    let href = |path: &SourcePath| {
        links::beside_url(site, layout, path).map(|url| site.config.href(&url).replace(',', "%2C"))
    };
    all.into_iter()
        .filter_map(|(width, path)| Some(format!("{} {width}w", href(path)?)))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Returns a picture that a file names.
pub fn image(
    site: &Site,
    layout: &Layout,
    from: &SourcePath,
    name: &str,
    alt: &str,
) -> Option<Image> {
    let target = links::resolve(site, layout, from, name, None).ok()?;
    let source = target.source.as_ref();
    let size = source.and_then(|path| site.image_sizes.get(path));
    let srcset = source.map(|path| srcset(site, layout, path));
    Some(Image {
        srcset: srcset.unwrap_or_default(),
        width: size.map(|(width, _)| *width),
        height: size.map(|(_, height)| *height),
        alt: alt.to_owned(),
        src: target.link()?,
    })
}

/// Returns the picture that networks show for a link to a page, with an absolute URL: that of the
/// page, of its role, or of the site.
pub(super) fn shared_image(
    cx: &ViewContext<'_>,
    page: &Page,
    own: Option<&Image>,
) -> Option<Image> {
    // Networks show raster images only.
    let own = own.filter(|image| !image.src.ends_with(".svg")).cloned();
    let image = own
        .or_else(|| shared_image_of_role(cx, page))
        .or_else(|| shared_image_of_site(cx))?;
    Some(Image {
        src: cx.site.config.absolute_url(&image.src),
        ..image
    })
}

fn shared_image_of_role(cx: &ViewContext<'_>, page: &Page) -> Option<Image> {
    let id = page.subject.role()?;
    let url = picture::share_url(cx.layout, id)?;
    let alt = words::title_of_site(&cx.wording, &cx.site.title_of_role(id));
    drawn(cx.site, cx.layout, &url, &alt)
}

/// Returns the picture that site.toml names, or else the drawn one.
fn shared_image_of_site(cx: &ViewContext<'_>) -> Option<Image> {
    let site = &cx.site.config.site;
    if let Some(name) = &site.image
        && let Some(url) = cx.site.theme.assets.urls.get(&name.value)
    {
        return Some(plain(url.clone(), &site.title));
    }
    drawn(cx.site, cx.layout, &root_file(SHARE)?, &site.title)
}

/// Returns the picture at an address: a drawn one, or a file of the site in its place.
fn drawn(site: &Site, layout: &Layout, url: &UrlPath, alt: &str) -> Option<Image> {
    let size = match &layout.outputs.get(&url.output())?.what {
        OutputKind::Picture(_) => Some(SHARE_SIZE),
        OutputKind::Colocated(path) => site.image_sizes.get(path).copied(),
        OutputKind::Asset(_)
        | OutputKind::Page(_)
        | OutputKind::File(_)
        | OutputKind::Search(_) => None,
    };
    Some(Image {
        width: size.map(|(width, _)| width),
        height: size.map(|(_, height)| height),
        ..plain(site.config.href(url), alt)
    })
}

/// Returns the `<link>` elements for icons. They are the same on every page.
pub(super) fn icon_links<'a>(cx: &ViewContext<'a>) -> &'a str {
    cx.shared.icons.get_or_make(|| {
        let mut links = String::new();
        let href_of = |name: &str| {
            let url = root_file(name)?;
            let is_published = cx.layout.outputs.contains_key(&url.output());
            is_published.then(|| escape(&cx.site.config.href(&url)))
        };
        // Writing to a String cannot fail.
        if let Some(href) = href_of(Icon::Favicon.name()) {
            let _ = writeln!(links, "<link rel=\"icon\" href=\"{href}\" sizes=\"32x32\">");
        }
        if picture::shows_svg_icon(cx.site)
            && let Some(url) = cx.site.theme.assets.urls.get(ICON_SOURCE)
        {
            let _ = writeln!(
                links,
                "<link rel=\"icon\" href=\"{}\" type=\"image/svg+xml\">",
                escape(url)
            );
        }
        if let Some(href) = href_of(Icon::Touch.name()) {
            let _ = writeln!(links, "<link rel=\"apple-touch-icon\" href=\"{href}\">");
        }
        if let Some(href) = href_of(MANIFEST) {
            let _ = writeln!(links, "<link rel=\"manifest\" href=\"{href}\">");
        }
        links
    })
}

/// Returns a picture of unknown size.
fn plain(src: String, alt: &str) -> Image {
    Image {
        src,
        srcset: String::new(),
        width: None,
        height: None,
        alt: alt.to_owned(),
    }
}
