"""Users' own files inside a component: their texts go to disk with the pipeline, which then needs the files no more.

A file that does not exist is an error only when a text comes before ``from_disk`` has brought a copy.
"""

from collections.abc import Mapping
from pathlib import Path

import srsly

from ecomlink_nlp.own_rules import OwnFile, OwnRules

_NAMES = {
    "lexicon": "parties.tsv",
    "artefacts": "artefacts.tsv",
    "frames": "frames.toml",
    "metrics": "metrics.toml",
}


class StoredFiles:
    """The files of a component by what they hold."""

    def __init__(self, paths: Mapping[str, str | None]) -> None:
        """Take paths; files that are there are read and checked, raising `ResourceError`."""
        self._paths = {what: path for what, path in paths.items() if path}
        self._files: dict[str, OwnFile] = {}
        there = {what: path for what, path in self._paths.items() if Path(path).exists()}
        if there:
            OwnRules.read(**there)
            self._read(there)

    def contents(self) -> dict[str, OwnFile]:
        """Return the files' contents; raises `ResourceError` where one is missing."""
        self._read({what: path for what, path in self._paths.items() if what not in self._files})
        return dict(self._files)

    def _read(self, paths: Mapping[str, str]) -> None:
        for what, path in paths.items():
            file = OwnFile.read(path)
            if file is not None:
                self._files[what] = file

    def to_bytes(self) -> bytes:
        """Return the texts of the files."""
        texts = {what: file.text for what, file in self._files.items()}
        data: bytes = srsly.msgpack_dumps(texts) if texts else b""
        return data

    def from_bytes(self, data: bytes) -> None:
        """Take what `to_bytes` returned."""
        if data:
            for what, text in srsly.msgpack_loads(data).items():
                self._files[what] = OwnFile(self._paths.get(what, _NAMES[what]), text)

    def to_disk(self, folder: Path) -> None:
        """Write the files into a folder; nothing where there are none."""
        for what, file in self._files.items():
            folder.mkdir(parents=True, exist_ok=True)
            (folder / _NAMES[what]).write_bytes(file.text.encode())

    def from_disk(self, folder: Path) -> None:
        """Read what `to_disk` wrote."""
        for what, name in _NAMES.items():
            if (folder / name).exists():
                text = (folder / name).read_bytes().decode()
                self._files[what] = OwnFile(self._paths.get(what, name), text)
