"""Packs the offline bundle that `make bundle` asks for; how it is installed is in `install.sh`.

The wheels are those of the lock, checked by hash, for the Python that runs this and for any Linux with a glibc of at
least GLIBC. Only this step uses the network.
"""

import argparse
import gzip
import hashlib
import platform
import shutil
import subprocess
import sys
import tarfile
import tomllib
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
HERE: Final = ROOT / "deploy"
GLIBC: Final = (2, 28)
SCRIPTS: Final = ("install.sh", "rollback.sh", "mcu-pilot")
KEEPS: Final = {
    "deploy/place.sh": "place.sh",
    "deploy/copies.sh": "copies.sh",
    "deploy/README.md": "README.md",
    "deploy/mcu-pilot.service": "mcu-pilot.service",
    "deploy/mcu-pilot-backup.service": "mcu-pilot-backup.service",
    "deploy/mcu-pilot-backup.timer": "mcu-pilot-backup.timer",
    ".env.example": "mcu-pilot.env",
    "requirements.txt": "requirements.txt",
    "CHANGELOG.md": "CHANGELOG.md",
    "LICENSE": "LICENSE",
    "docs/ru/law.md": "law.md",
}
"""What a keeper gets beside the wheels, by its name in the tree and in the bundle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a bundle can be installed."""

    version: str
    python: tuple[int, int]
    machine: str

    @property
    def name(self) -> str:
        return f"mcu-pilot-{self.version}-py{''.join(map(str, self.python))}-linux-{self.machine}"

    @property
    def about(self) -> str:
        """What `install.sh` compares with the machine it is on."""
        facts = {
            "version": self.version,
            "python": ".".join(map(str, self.python)),
            "machine": self.machine,
            "glibc": ".".join(map(str, GLIBC)),
        }
        return "".join(f"{name}={value}\n" for name, value in facts.items())

    @property
    def platforms(self) -> list[str]:
        """The tags of wheels that run there, in all their spellings."""
        oldest, newest = 5, GLIBC[1]
        tags = [f"manylinux_2_{minor}" for minor in range(newest, oldest - 1, -1)]
        return [f"{tag}_{self.machine}" for tag in (*tags, "manylinux2014", "manylinux2010", "manylinux1", "linux")]


def target_here() -> Target:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return Target(version=project["version"], python=sys.version_info[:2], machine=platform.machine())


def pack(target: Target, destination: Path) -> Path:
    """Write the archive; the same tree gives the same bytes."""
    destination.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as scratch:
        folder = Path(scratch) / target.name
        folder.mkdir()
        _collect(target, folder)
        return _archive(folder, destination / f"{target.name}.tar.gz")


def _collect(target: Target, folder: Path) -> None:
    wheels = folder / "wheels"
    _build_wheel(wheels)
    _download_wheels(target, wheels)
    for source, name in KEEPS.items():
        shutil.copyfile(ROOT / source, folder / name)
    for script in SCRIPTS:
        shutil.copy(HERE / script, folder / script)
    _copy_presets(folder / "presets")
    (folder / "about").write_text(target.about, encoding="utf-8")
    _write_sums(folder)


def _build_wheel(wheels: Path) -> None:
    _python("hatchling", "build", "-t", "wheel", "-d", wheels)


def _download_wheels(target: Target, wheels: Path) -> None:
    tags = [word for tag in target.platforms for word in ("--platform", tag)]
    only = ("--only-binary=:all:", "--require-hashes", "-r", ROOT / "requirements.txt")
    _python("pip", "download", "--quiet", "--disable-pip-version-check", *only, *tags, "-d", wheels)


def _copy_presets(folder: Path) -> None:
    """The shipped offices are in the wheel too; here they are to read and to begin one's own from."""
    folder.mkdir()
    for preset in sorted((ROOT / "bot" / "presets").rglob("*.toml")):
        shutil.copyfile(preset, folder / preset.name)


def _write_sums(folder: Path) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [f"{_sum(path)}  {path.relative_to(folder).as_posix()}\n" for path in files]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def _sum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _archive(folder: Path, archive: Path) -> Path:
    """Under a temporary name first: an archive that is there is whole."""
    partial = archive.with_name(archive.name + ".partial")
    with (
        partial.open("wb") as raw,
        gzip.GzipFile(filename="", fileobj=raw, mode="wb", mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        for path in (folder, *sorted(folder.rglob("*"))):
            tar.add(path, path.relative_to(folder.parent), recursive=False, filter=_plain)
    partial.replace(archive)
    return archive


def _plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """Nothing of who packed it and when."""
    entry.uid = entry.gid = entry.mtime = 0
    entry.uname = entry.gname = "root"
    entry.mode = 0o755 if entry.isdir() or Path(entry.name).name in SCRIPTS else 0o644
    return entry


def _python(*words: str | Path) -> None:
    """A module of the environment that runs this; what it complains of is shown only when it fails."""
    done = subprocess.run(  # noqa: S603 - our own interpreter and our own words
        (sys.executable, "-m", *words), cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(done.stdout + done.stderr)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=ROOT / "dist", help="where the archive goes")
    asked = parser.parse_args()
    archive = pack(target_here(), asked.to)
    print(f"Комплект готов: {archive}\nsha256: {_sum(archive)}")


if __name__ == "__main__":
    main()
