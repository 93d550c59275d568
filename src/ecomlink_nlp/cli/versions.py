"""What ``ecomlink --version`` says."""

import hashlib
from importlib import metadata
from importlib.resources import files
from importlib.resources.abc import Traversable

from ecomlink_nlp.record.models import SCHEMA_VERSION

_OTHERS = {
    "jieba": "words and tagger weights",
    "opencc-python-reimplemented": "script tables",
    "pypinyin": "readings",
    "dateparser": "date words",
}


def versions() -> str:
    """Return the versions of the package, of the record's schema and of all data that decide what comes out.

    Those are our own data (a hash over all files) and the words, weights, readings and script tables of other packages.
    """
    package = metadata.version("ecomlink-nlp")
    others = ", ".join(f"{what} of {name} {metadata.version(name)}" for name, what in _OTHERS.items())
    return f"ecomlink-nlp {package} (record schema {SCHEMA_VERSION}, data {data_version()})\nwith {others}"


def data_version() -> str:
    """Return 12 hexadecimal digits that change whenever a lexicon or rule changes.

    >>> len(data_version())
    12
    """
    digest = hashlib.sha256()
    for name, content in _data_files(files("ecomlink_nlp") / "data", ""):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:12]


def _data_files(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        name = f"{prefix}{item.name}"
        if item.is_dir():
            found += _data_files(item, name + "/")
        else:
            found.append((name, item.read_bytes()))
    return found
