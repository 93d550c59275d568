"""From bytes to text: which encoding a file has, and a clear error where it is no text.

Notes for a newcomer. Offsets in records refer to the decoded text, with its line ends as they stand in the file and
without a byte order mark. UTF-8 is always tried first and never guessed against: what decodes as UTF-8 is UTF-8. Only
then GB18030 and Big5 compete, and the winner must look like running Chinese text; otherwise the user is asked.
"""

import codecs
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import BinaryIO

from ecomlink_nlp.errors import ReadError
from ecomlink_nlp.resources import read_tsv

# A mark that UTF-32 and UTF-16 share is tried as the longer one first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FORMATS = (
    (re.compile(rb"%PDF-"), "a PDF"),
    (re.compile(rb"PK\x03\x04"), "a ZIP archive or an Office file"),
    (re.compile(rb"\x1f\x8b"), "a gzip archive"),
    (re.compile(rb"\xd0\xcf\x11\xe0"), "an old Office file"),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8"), "an image"),
    (re.compile(rb"\{\\rtf"), "an RTF file"),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html[\s>])", re.IGNORECASE), "an HTML page"),
)
_OTHERS = ("gb18030", "cp950", "big5hkscs")
# Running Chinese text has about half its characters among the frequent ones, a wrong decoding of it up to 4 in a
# hundred, Japanese read as Big5 up to 25. Fewer characters than these are no evidence at all.
_LEAST_SHARE = 0.35
_LEAST_CHARACTERS = 8
_SAMPLE = 20_000


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text as it was read: ``encoding`` is the codec that decoded it."""

    name: str
    text: str
    encoding: str


def read_file(path: Path, name: str | None = None, encoding: str | None = None) -> SourceText:
    """Read a text file; ``name`` defaults to the file's name, ``encoding`` to what `decode` finds.

    Raises `ReadError` for what cannot be read, is no regular file, changes while it is read or is no text.
    """
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise ReadError(
                f"{path}: is a directory. Name the files in it, or use a command that takes folders."
            )
        if not stat.S_ISREG(mode):
            raise ReadError(f"{path}: is no regular file. Feed a pipe through standard input: - < {path}")
        with path.open("rb") as file:
            before = os.fstat(file.fileno())
            data = file.read()
            after = os.fstat(file.fileno())
    except OSError as error:
        raise ReadError(
            f"{path}: cannot be read: {error.strerror}. Check the path and its rights."
        ) from error
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(
        data
    ) != after.st_size:
        raise ReadError(f"{path}: changed while it was read. Wait until it is written, then run again.")
    text, found = decode(data, str(path), encoding)
    return SourceText(path.name if name is None else name, text, found)


def read_stream(stream: BinaryIO, name: str, encoding: str | None = None) -> SourceText:
    """Read a whole binary stream, such as standard input."""
    text, found = decode(stream.read(), name, encoding)
    return SourceText(name, text, found)


def decode(data: bytes, origin: str, encoding: str | None = None) -> tuple[str, str]:
    """Return the text of ``data`` and the codec that decoded it; ``origin`` names the source in errors.

    >>> decode("快手的公告说:我们不再支持外链了。".encode("gb18030"), "a.txt")
    ('快手的公告说:我们不再支持外链了。', 'gb18030')
    >>> decode(b"\\xef\\xbb\\xbfGMV\\r\\n", "a.txt")
    ('GMV\\r\\n', 'utf-8')
    """
    for pattern, what in _FORMATS:
        if pattern.match(data):
            raise ReadError(f"{origin}: is {what}, not a text file. Extract its text first.")
    if encoding is not None:
        return _decode_as(data, origin, encoding)
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _decode_as(data[len(mark) :], origin, codec)
    if (offset := data.find(b"\0")) >= 0:
        raise ReadError(
            f"{origin}: holds NUL bytes (the first at byte {offset}): a binary file, or UTF-16 without a byte order"
            " mark. Convert it to UTF-8, or name the encoding."
        )
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        return _decode_guessed(data, origin, error)


def _decode_as(data: bytes, origin: str, encoding: str) -> tuple[str, str]:
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        raise ReadError(
            f"{origin}: not {encoding} at byte {error.start} ({error.reason}). Convert it to UTF-8, or name another"
            " encoding."
        ) from error
    except LookupError as error:
        raise ReadError(
            f"{origin}: {encoding} is no known encoding. Name one such as gb18030 or big5."
        ) from error


def _decode_guessed(data: bytes, origin: str, error: UnicodeDecodeError) -> tuple[str, str]:
    # What is UTF-8, and not plain ASCII, up to its last bytes was meant as UTF-8.
    if error.reason == "unexpected end of data" and not data[: error.start].isascii():
        raise ReadError(
            f"{origin}: ends in the middle of a character (byte {error.start}): the file was cut off. Fetch it again,"
            " or remove its last bytes."
        ) from error
    best = max(_candidates(data), default=None)
    if best is None or best[0] < _LEAST_SHARE:
        raise ReadError(
            f"{origin}: neither UTF-8 (byte {error.start}: {error.reason}) nor clearly GB18030 or Big5. Convert it to"
            " UTF-8, or name the encoding."
        ) from error
    return best[2], best[1]


def _candidates(data: bytes) -> Iterator[tuple[float, str, str]]:
    """Yield ``(share of frequent characters, codec, text)`` for each other codec that decodes all bytes."""
    frequent = _frequent()
    for codec in _OTHERS:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue  # not this codec: the next one may fit
        foreign = [c for c in text[:_SAMPLE] if c > "\x7f"]
        if len(foreign) >= _LEAST_CHARACTERS:
            yield sum(c in frequent for c in foreign) / len(foreign), codec, text


@cache
def _frequent() -> frozenset[str]:
    rows = read_tsv("frequent_characters.tsv", ("id", "characters"))
    return frozenset("".join(row["characters"] for row in rows))
