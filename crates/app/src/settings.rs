//! Settings outside the options and the records: the environment, and the secret in the data folder.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

use anyhow::{Context, bail};
use gd_engine::ports::Entropy;
use gd_engine::{SECRET_LENGTH_MIN, Secret};
use gd_store::SqlStore;

const SECRET_FILE: &str = "secret";

/// The log filter that `GD_LOG` asks for.
pub(crate) fn log_filter() -> Option<String> {
    variable("GD_LOG")
}

/// Whether the environment gives this variable a value.
pub(crate) fn is_set(name: &str) -> bool {
    variable(name).is_some()
}

#[expect(clippy::disallowed_methods, reason = "this is the file that reads the environment")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Makes the data folder if it is absent, for its owner only.
pub(crate) fn make_data_folder(folder: &Path) -> anyhow::Result<()> {
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .with_context(|| format!("the data folder {} cannot be made", folder.display()))
}

/// Makes a file for its owner only, unless it is there.
pub(crate) fn make_private_file(file: &Path) -> anyhow::Result<()> {
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(file) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => {
            Err(error).with_context(|| format!("{} cannot be made", file.display()))
        }
        _ => Ok(()),
    }
}

/// The secret of an installation in a folder: `GD_SECRET`, else the folder's, made at the first start with
/// mode 0600.
pub(crate) fn secret(folder: &Path, entropy: &dyn Entropy) -> anyhow::Result<Secret> {
    if let Some(given) = given_secret()? {
        return Ok(given);
    }
    let file = folder.join(SECRET_FILE);
    let bytes = match fs::read(&file) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => make_secret(&file, entropy)?,
        Err(error) => return Err(error).with_context(|| format!("{} cannot be read", file.display())),
    };
    let Some(secret) = Secret::new(&bytes) else {
        bail!(
            "{} is too short to be a secret: restore it from a backup, or remove it to make a new one (people then start as new participants)",
            file.display()
        );
    };
    Ok(secret)
}

/// The secret that servers share: `GD_SECRET`, else that of the folder if one is named, else the
/// database's, where the first server puts one.
pub(crate) async fn shared_secret(
    folder: Option<&Path>,
    store: &SqlStore,
    entropy: &dyn Entropy,
) -> anyhow::Result<Secret> {
    if let Some(given) = given_secret()? {
        return Ok(given);
    }
    if let Some(folder) = folder.filter(|folder| folder.join(SECRET_FILE).exists()) {
        return secret(folder, entropy);
    }
    let kept = store.shared_secret(&new_secret(entropy)).await.context("the secret cannot be read")?;
    Secret::new(kept.as_bytes()).context("the secret in the database (table installation) is too short")
}

fn given_secret() -> anyhow::Result<Option<Secret>> {
    let Some(given) = variable("GD_SECRET") else { return Ok(None) };
    let secret = Secret::new(given.as_bytes())
        .with_context(|| format!("GD_SECRET is too short: give at least {SECRET_LENGTH_MIN} bytes"))?;
    Ok(Some(secret))
}

fn new_secret(entropy: &dyn Entropy) -> String {
    let [a, b, c, d] = std::array::from_fn(|_| entropy.bits());
    format!("{a:016x}{b:016x}{c:016x}{d:016x}")
}

/// Writes a new secret under a temporary name, then links it into place: another process starting at the
/// same moment wins or loses whole.
fn make_secret(file: &Path, entropy: &dyn Entropy) -> anyhow::Result<Vec<u8>> {
    let hex = new_secret(entropy);
    let temporary = file.with_extension(format!("{}.part", std::process::id()));
    let write = || -> std::io::Result<()> {
        let mut new = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&temporary)?;
        new.write_all(hex.as_bytes())?;
        new.sync_all()
    };
    write().with_context(|| format!("{} cannot be written", temporary.display()))?;
    let linked = fs::hard_link(&temporary, file);
    fs::remove_file(&temporary).with_context(|| format!("{} cannot be removed", temporary.display()))?;
    match linked {
        Ok(()) => Ok(hex.into_bytes()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(fs::read(file)?),
        Err(error) => Err(error).with_context(|| format!("{} cannot be written", file.display())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SystemEntropy;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn the_secret_is_made_once_and_for_its_owner_only() {
        let folder = tempfile::tempdir().unwrap();
        secret(folder.path(), &SystemEntropy).unwrap();
        let file = folder.path().join(SECRET_FILE);
        let first = fs::read(&file).unwrap();
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        secret(folder.path(), &SystemEntropy).unwrap();
        assert_eq!(fs::read(&file).unwrap(), first);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_damaged_secret_is_named() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(SECRET_FILE), "short").unwrap();
        let error = secret(folder.path(), &SystemEntropy).unwrap_err().to_string();
        assert!(error.contains("too short"), "{error}");
    }
}
