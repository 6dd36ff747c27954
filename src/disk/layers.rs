//! Writing the layers of an import: which files are to be written and deleted comes in; the site folder
//! has them when it is done. Each is replaced as a whole, so that an import that is killed leaves every
//! file as it was or as it will be; running it again finishes it.

use super::SiteFolder;
use super::error::DiskError;
use super::files::Files;
use crate::import;

/// Writes the files of an import.
pub fn write_layers(site: &SiteFolder, wanted: &import::Files) -> Result<(), DiskError> {
    let files = Files::default();
    for (path, bytes) in &wanted.write {
        let path = site.path().join(path.as_str());
        if let Some(folder) = path.parent() {
            files.make_folders(folder)?;
        }
        files.replace(&path, bytes)?;
    }
    for path in &wanted.delete {
        files.remove_file(&site.path().join(path.as_str()))?;
    }
    Ok(())
}
