//! Drawn pictures: a site comes in; the pictures with their addresses and canvases go out. They are
//! drawn in [`crate::raster`].

use crate::data::Id;
use crate::kind::Kind;
use crate::layout::Layout;
use crate::layout::address::folder_of;
use crate::layout::address::root_file;
use crate::layout::output::{ICON_SOURCE, Icon, Picture, SHARE};
use crate::path::UrlPath;
use crate::raster::AVAILABLE;
use crate::site::Site;
use crate::theme::Asset;

/// The name of the web app manifest.
pub const MANIFEST: &str = "site.webmanifest";

/// Returns every picture with its address.
pub(super) fn pictures(site: &Site, layout: &Layout) -> Vec<(UrlPath, Picture)> {
    let settings = &site.config.site;
    let mut pictures = vec![];
    // A program without pictures has reported the key already.
    if settings.og_images.value && AVAILABLE {
        // A picture that site.toml names takes the place of the drawn one.
        if settings.image.is_none() {
            pictures.extend(root_file(SHARE).map(|url| (url, Picture::Share(None))));
        }
        for id in site.roles.whole().keys() {
            let url = share_url(layout, id);
            pictures.extend(url.map(|url| (url, Picture::Share(Some(id.clone())))));
        }
    }
    if draws_icons(site) {
        for icon in Icon::ALL {
            pictures.extend(root_file(icon.name()).map(|url| (url, Picture::Icon(icon))));
        }
    }
    pictures
}

/// Returns true if icons are drawn from `favicon.svg`.
pub(super) fn draws_icons(site: &Site) -> bool {
    site.config.site.icons.value && AVAILABLE && shows_svg_icon(site)
}

/// Returns true if pages link to `favicon.svg`.
///
/// A site with other icons of its own does not use the one of the theme, which would be that of
/// another site.
pub fn shows_svg_icon(site: &Site) -> bool {
    let is_own = |name: &str| site.theme.assets.get(name).is_some_and(Asset::is_of_site);
    is_own(ICON_SOURCE) || !Icon::ALL.iter().any(|icon| is_own(icon.name()))
}

/// Returns the address of the picture for shared links to a role.
pub fn share_url(layout: &Layout, role: &Id) -> Option<UrlPath> {
    let hub = layout.page_about(Kind::Hub, role.as_str())?;
    UrlPath::new(&format!("{}{SHARE}", folder_of(&hub.url))).ok()
}
