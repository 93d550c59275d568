"""What a source yields: rows with a text, an id and a date, and bad rows with a reason."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from ecomlink_nlp.errors import ReadError
from ecomlink_nlp.sources.compression import read_text_file
from ecomlink_nlp.text.dates import checked_date
from ecomlink_nlp.text.reading import SourceText, decode

_SHOWN = 8  # columns that an error names
_YEAR_OR_MONTH = re.compile(r"\d{4}(?:-\d\d)?", re.ASCII)
# As spreadsheets write a date: 2022/3/2, 2022.3, 2022年3月2日, with or without a time behind it.
_SPREADSHEET = re.compile(
    r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})(?!\d)|月)?日?(?:[ T]\d{1,2}:.*)?", re.ASCII
)
_ESCAPED = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns hold what; None stands for ``id`` and ``date``, where a file has them."""

    text: str = "text"
    id: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One text to read. ``number`` counts a file's rows from 1 and is 0 for a file that is one text.

    ``content`` is the text, its bytes, or None for the file itself. ``position`` tells how many bytes of the file were
    read when the row came.
    """

    path: str
    number: int
    id: str
    content: str | bytes | None = None
    date: str | None = None
    position: int = 0

    @property
    def place(self) -> str:
        """File and row, as messages name them."""
        return place_of(self.path, self.number)

    @property
    def key(self) -> str:
        """What a journal knows it by: file, id and text, since an id may stand twice and one of the two fail."""
        content = self.content or b""
        data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
        return f"{self.path}#{self.id}#{blake2b(data, digest_size=8).hexdigest()}"

    def read(self, encoding: str | None = None) -> SourceText:
        """Return the text with the id as its name. Raises `ReadError`."""
        if self.content is None:
            return read_text_file(Path(self.path), self.id, encoding)
        if isinstance(self.content, str):
            return SourceText(self.id, self.content, "utf-8")
        text, found = decode(self.content, self.place, encoding)
        return SourceText(self.id, text, found)


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row, or with ``number`` 0 a file, that cannot be read; ``error`` says where, why and what to do."""

    path: str
    number: int
    error: str
    position: int = 0


def place_of(path: str, number: int) -> str:
    """Return file and row as messages name them.

    >>> place_of("a.csv", 3), place_of("a.txt", 0)
    ('a.csv: row 3', 'a.txt')
    """
    return f"{path}: row {number}" if number else path


@dataclass(frozen=True, slots=True)
class Table:
    """A file of rows: ``name`` begins the ids of rows that have none."""

    path: str
    name: str
    columns: Columns

    def row(self, number: int, fields: Mapping[str, Any], position: int = 0) -> SourceRow | BadRow:
        """Return the row with these fields.

        >>> table = Table("data/a.csv", "a.csv", Columns())
        >>> row = table.row(3, {"text": "快手", "date": "20220301"})
        >>> row.id, row.content, row.date
        ('a.csv#3', '快手', '2022-03-01')
        """
        try:
            content = self._content(fields)
            identifier, date = self._id(number, fields), self._date(fields)
        except ReadError as error:
            return self.bad(number, str(error), position)
        return SourceRow(self.path, number, identifier, content, date, position)

    def bad(self, number: int, error: str, position: int = 0) -> BadRow:
        """Return a bad row of this file; ``error`` is what is wrong."""
        return BadRow(self.path, number, f"{place_of(self.path, number)}: {error}", position)

    def _content(self, fields: Mapping[str, Any]) -> str | bytes:
        value = _named(fields, self.columns.text, "--text-column")
        if isinstance(value, str | bytes):
            return value
        what = "is empty (null)" if value is None else f"is no text but of type {type(value).__name__}"
        raise ReadError(f"column {self.columns.text!r} {what}. Mend the row, or name another column.")

    def _id(self, number: int, fields: Mapping[str, Any]) -> str:
        name = self.columns.id
        value = fields.get("id") if name is None else _named(fields, name, "--id-column")
        if value is None or value == "":
            return f"{self.name}#{number}"
        if isinstance(value, bytes):
            return value.decode("utf-8", "replace")
        if isinstance(value, list | dict | bool):
            raise ReadError(f"column {name or 'id'!r} is no id but of type {type(value).__name__}.")
        return str(value)

    def _date(self, fields: Mapping[str, Any]) -> str | None:
        name = self.columns.date
        value = fields.get("date") if name is None else _named(fields, name, "--date-column")
        return None if value is None or value == "" else iso_date(value)


def _named(fields: Mapping[str, Any], name: str, option: str) -> Any:
    try:
        return fields[name]
    except KeyError:
        raise ReadError(missing_column(name, list(fields), option)) from None


def missing_column(name: str, present: list[str], option: str) -> str:
    """Return the message for a column that is not there.

    >>> missing_column("text", ["id", "body"], "--text-column")
    "no column 'text', but: id, body. Name the right one with --text-column."
    """
    shown = ", ".join(present[:_SHOWN]) + (" …" if len(present) > _SHOWN else "")
    return f"no column {name!r}, but: {shown or 'none'}. Name the right one with {option}."


def iso_date(value: Any) -> str:
    """Return a date, a time, an ISO 8601 text or a date as spreadsheets write it as ``2022``, ``2022-02`` or
    ``2022-02-15``. Raises `ReadError`.

    >>> iso_date("2022-02"), iso_date("2022-02-15T08:00:00Z"), iso_date(datetime.date(2022, 2, 15))
    ('2022-02', '2022-02-15', '2022-02-15')
    >>> iso_date("2022/3/2"), iso_date("2022年3月"), iso_date("2022/3/2 8:05")
    ('2022-03-02', '2022-03', '2022-03-02')
    """
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    text = value.decode("ascii", "replace") if isinstance(value, bytes) else str(value)
    text = text.strip()
    try:
        if _YEAR_OR_MONTH.fullmatch(text):
            return checked_date(text)
        if match := _SPREADSHEET.fullmatch(text):
            return checked_date("-".join(part.zfill(2) for part in match.groups() if part))
        return datetime.datetime.fromisoformat(text).date().isoformat()
    except (ReadError, ValueError):
        message = f"{text[:40]!r} is no date such as 2022, 2022-02 or 2022-02-15."
        raise ReadError(f"{message} Mend it, or name another column with --date-column.") from None


def unescaped(text: str) -> str | bytes:
    """Return a text that was decoded with ``surrogateescape`` as its bytes where they were no UTF-8.

    >>> unescaped("快手"), unescaped(b"\\xbf\\xec".decode("utf-8", "surrogateescape"))
    ('快手', b'\\xbf\\xec')
    """
    return text.encode("utf-8", "surrogateescape") if _ESCAPED.search(text) else text
