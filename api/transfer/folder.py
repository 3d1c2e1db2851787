"""The folder of an export: written so that it can be interrupted, read only when it is whole."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _t

from . import FORMAT, MANIFEST, MARKER, TransferError


def encode(content: Any) -> bytes:
    """Return JSON that is the same for the same content."""
    text = json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True, indent=1)
    return f"{text}\n".encode()


def digest(file: IO[bytes]) -> str:
    """Return a file's SHA-256 in hexadecimal."""
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]


class Output:
    """A folder that is brought into the state of the content, file by file."""

    def __init__(self, root: Path) -> None:
        """Take a folder that is empty, missing or an export; raise `TransferError` for another."""
        self.root = root
        #: What belongs to the export, by path, with its SHA-256.
        self.files: dict[str, str] = {}
        #: How many files had to be written.
        self.written = 0
        try:
            root.mkdir(parents=True, exist_ok=True)
            foreign = any(root.iterdir()) and not (root / MARKER).is_file()
        except OSError as error:
            raise TransferError(str(error)) from error
        if foreign:
            raise TransferError(
                _t("%(folder)s holds something else than an export: choose an empty folder.")
                % {"folder": root}
            )

    def begin(self) -> None:
        """Mark the folder as an incomplete export."""
        self.files.clear()
        (self.root / MANIFEST).unlink(missing_ok=True)
        self.put(MARKER, FORMAT)

    def put(self, path: str, content: Any) -> None:
        """Write JSON, or bytes as they are, unless the file holds them already."""
        data = content if isinstance(content, bytes) else encode(content)
        self.files[path] = hashlib.sha256(data).hexdigest()
        target = self.root / path
        if not (target.is_file() and target.read_bytes() == data):
            with self._replacing(path) as file:
                file.write(data)

    def copy(self, path: str, source: IO[bytes]) -> None:
        """Write a copy of `source`, unless the file is one."""
        wanted = digest(source)
        if not (self.keep(path) and self.files[path] == wanted):
            source.seek(0)
            with self._replacing(path) as file:
                shutil.copyfileobj(source, file)
            self.files[path] = wanted

    def keep(self, path: str) -> bool:
        """Let a file stay as it is; tell whether it is there."""
        try:
            with (self.root / path).open("rb") as file:
                self.files[path] = digest(file)
        except FileNotFoundError:
            return False
        return True

    @contextmanager
    def _replacing(self, path: str) -> Iterator[IO[bytes]]:
        """Open a file that takes its place only when it is whole."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=target.parent, prefix=".", suffix=".part", delete=False) as new:
            temporary = Path(new.name)
            try:
                yield new.file
            except BaseException:
                temporary.unlink()
                raise
        temporary.chmod(0o644)
        temporary.replace(target)
        self.written += 1

    def finish(self, facts: dict[str, Any]) -> None:
        """Remove what no longer belongs to the export, and declare it complete."""
        for found in sorted(self.root.rglob("*"), reverse=True):
            if found.is_dir() and not found.is_symlink():
                if not any(found.iterdir()):
                    found.rmdir()
            elif found.relative_to(self.root).as_posix() not in self.files:
                found.unlink()
        self.put(MANIFEST, {**FORMAT, **facts, "files": self.files})


class Source:
    """A complete, undamaged export."""

    def __init__(self, root: Path) -> None:
        """Check every file; raise `TransferError` for anything else than a whole export."""
        self.root = root.resolve()
        self.manifest = self._read_manifest()
        self.files: dict[str, str] = self.manifest["files"]
        for path, wanted in self.files.items():
            try:
                place = (self.root / path).resolve()
                with place.open("rb") as file:
                    whole = place.is_relative_to(self.root) and digest(file) == wanted
            except (OSError, ValueError):
                whole = False
            if not whole:
                raise TransferError(
                    _t("The export is damaged: %(file)s is missing or has been changed.")
                    % {"file": path}
                )

    def _read_manifest(self) -> dict[str, Any]:
        try:
            manifest = json.loads((self.root / MANIFEST).read_bytes())
        except FileNotFoundError as error:
            message = _t("%(folder)s holds no complete export: %(file)s is missing.")
            raise TransferError(message % {"folder": self.root, "file": MANIFEST}) from error
        except (OSError, ValueError) as error:
            raise self._unreadable() from error
        known = isinstance(manifest, dict) and manifest.get("format") == FORMAT["format"]
        if known and manifest.get("version") != FORMAT["version"]:
            raise TransferError(
                _t("The export has the format %(theirs)s; this version reads %(ours)s.")
                % {"theirs": manifest.get("version"), "ours": FORMAT["version"]}
            )
        if not (known and isinstance(manifest.get("files"), dict)):
            raise self._unreadable()
        return manifest

    @staticmethod
    def _unreadable() -> TransferError:
        return TransferError(
            _t("The export is damaged: %(file)s cannot be read.") % {"file": MANIFEST}
        )

    def names(self, folder: str) -> list[str]:
        """Return the JSON files in a folder, in the order of their numbers."""
        found = [path for path in self.files if path.startswith(f"{folder}/")]
        return sorted(found, key=lambda path: (len(path), path))

    def json(self, path: str) -> Any:
        """Return a file's content."""
        return json.loads(self.read(path))

    def read(self, path: str) -> bytes:
        """Return a file's bytes; raise `TransferError` for a file that the export does not name."""
        if path not in self.files:
            message = _t("The export is damaged: %(file)s is missing or has been changed.")
            raise TransferError(message % {"file": path})
        return (self.root / path).read_bytes()
