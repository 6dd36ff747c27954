#!/usr/bin/env python3
"""Packs folders into archives whose bytes depend on nothing but the files: order, times and owners are fixed.

    pack.py archive FOLDER FILE     FILE (.tar.gz, .tgz or .zip) gets FOLDER, under the folder's own name
    pack.py contents FOLDER FILE    the same with what is in FOLDER, without a folder around it
    pack.py wheel FILE              takes the folder of this machine out of the list of parts (SBOM) in a wheel
    pack.py npm-main FOLDER VERSION REPOSITORY MANUAL              writes the files of the npm package that people install
    pack.py npm-system FOLDER VERSION REPOSITORY TARGET PROGRAM    writes those of the package with the program for a system

The time of all files is SOURCE_DATE_EPOCH.
"""

import base64
import gzip
import hashlib
import json
import os
import shutil
import stat
import sys
import tarfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EPOCH = int(os.environ["SOURCE_DATE_EPOCH"])

# The systems that have a package on npm, as `process.platform` and `process.arch` say them there.
NPM_SYSTEMS = ["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64", "win32-x64"]


def main(command, *arguments):
    if command == "archive":
        folder, file = map(Path, arguments)
        pack(folder, file, folder.name)
    elif command == "contents":
        pack(*map(Path, arguments), "")
    elif command == "wheel":
        clean_wheel(Path(*arguments))
    elif command == "npm-main":
        npm_main(*arguments)
    elif command == "npm-system":
        npm_system(*arguments)
    else:
        sys.exit(f"pack.py knows no command {command}")


def pack(folder, file, top):
    """Writes an archive of `folder`, whose files are below `top` in it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    names = [(path, "/".join((top, *path.relative_to(folder).parts)).lstrip("/")) for path in files]
    write = write_zip if file.suffix == ".zip" else write_tar
    write(names, file)


def mode(path):
    """Returns 755 for what can be run and 644 for everything else, whatever the umask was."""
    return 0o755 if path.stat().st_mode & stat.S_IXUSR else 0o644


def write_tar(names, file):
    with open(file, "wb") as out, gzip.GzipFile("", "wb", 9, out, mtime=0) as packed:
        with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as tar:
            for path, name in names:
                entry = tarfile.TarInfo(name)
                entry.size = path.stat().st_size
                entry.mode = mode(path)
                entry.mtime = EPOCH
                with open(path, "rb") as content:
                    tar.addfile(entry, content)


def write_zip(names, file):
    day = time.gmtime(EPOCH)[:6]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for path, name in names:
            entry = zipfile.ZipInfo(name, day)
            entry.create_system = 3  # Unix, whichever system packs
            entry.external_attr = (stat.S_IFREG | mode(path)) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, path.read_bytes())


def clean_wheel(file):
    """Names the sources of Rungs in the SBOM of a wheel without the folder they were in, and writes its sums anew."""
    with zipfile.ZipFile(file) as wheel:
        contents = {entry: wheel.read(entry) for entry in wheel.infolist()}
    here = f"path+{ROOT.as_uri()}".encode()
    sums = {}
    for entry, content in contents.items():
        if "/sboms/" in entry.filename:
            contents[entry] = content.replace(here, b"path+file:///rungs")
            digest = base64.urlsafe_b64encode(hashlib.sha256(contents[entry]).digest()).rstrip(b"=").decode()
            sums[entry.filename] = f"{entry.filename},sha256={digest},{len(contents[entry])}"
    with zipfile.ZipFile(file, "w") as wheel:
        for entry, content in contents.items():
            if entry.filename.endswith(".dist-info/RECORD"):
                lines = content.decode().splitlines()
                content = "".join(f"{sums.get(line.split(',')[0], line)}\n" for line in lines).encode()
            wheel.writestr(entry, content, compresslevel=9)


def package(name, version, repository, fields):
    """Returns the text of a package.json."""
    common = {
        "name": name,
        "version": version,
        "description": fields.pop("description"),
        "license": "(MIT OR Apache-2.0) AND OFL-1.1",
        **({"repository": {"type": "git", "url": f"git+{repository}.git"}} if repository else {}),
        **fields,
        "publishConfig": {"access": "public"},
    }
    return json.dumps(common, indent=2) + "\n"


def npm_main(folder, version, repository, manual):
    """Writes the package that people install: a launcher, and a package for each system, of which npm takes one."""
    folder = Path(folder)
    (folder / "bin").mkdir(parents=True)
    shutil.copy(ROOT / "packaging/npm/rungs.js", folder / "bin/rungs.js")
    shutil.copy(ROOT / "packaging/npm/README.md", folder / "README.md")
    copy_licences(folder)
    pages = shutil.copytree(manual, folder / "man")
    fields = {
        "description": "A static-site generator for career guides: Markdown and role records in, a website out.",
        "keywords": ["static-site-generator", "careers", "markdown", "website"],
        "bin": {"rungs": "bin/rungs.js"},
        "man": sorted(f"man/{page.name}" for page in Path(pages).iterdir()),
        "files": ["bin", "man", "OFL.txt"],
        "engines": {"node": ">=18"},
        "optionalDependencies": {f"rungs-ssg-{system}": version for system in sorted(NPM_SYSTEMS)},
    }
    (folder / "package.json").write_text(package("rungs-ssg", version, repository, fields))


def npm_system(folder, version, repository, target, program):
    """Writes the package with the program for one system."""
    folder, program = Path(folder), Path(program)
    system, machine = npm_system_of(target)
    (folder / "bin").mkdir(parents=True)
    shutil.copy(program, folder / "bin" / program.name)
    copy_licences(folder)
    name = f"rungs-ssg-{system}-{machine}"
    (folder / "README.md").write_text(f"# {name}\n\nThe program of `rungs-ssg` for {system} on {machine}. Install `rungs-ssg`.\n")
    fields = {
        "description": f"The program of rungs-ssg for {system} on {machine}.",
        "os": [system],
        "cpu": [machine],
        "files": ["bin", "OFL.txt"],
        "preferUnplugged": True,  # Yarn: a program cannot be run inside a ZIP
    }
    (folder / "package.json").write_text(package(name, version, repository, fields))


def npm_system_of(target):
    """Returns what npm calls the system and the machine that the compiler's target is for."""
    systems = {"linux": "linux", "apple": "darwin", "windows": "win32"}
    system = next(name for part, name in systems.items() if part in target)
    return system, {"x86_64": "x64", "aarch64": "arm64"}[target.split("-")[0]]


def copy_licences(folder):
    for file in ("LICENSE-MIT", "LICENSE-APACHE", "src/raster/fonts/OFL.txt"):
        shutil.copy(ROOT / file, folder)


if __name__ == "__main__":
    main(*sys.argv[1:])
