"""CSV and TSV: a header, then one row a text; cells may hold line ends."""

import csv
import io
from collections.abc import Iterator

from ecomlink_nlp.sources.compression import LONGEST, Unpacked
from ecomlink_nlp.sources.rows import BadRow, SourceRow, Table, missing_column, unescaped

_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_WIDE = ("utf-16", "utf-32", "utf16", "utf32")


def read_csv(table: Table, encoding: str | None, delimiter: str = ",") -> Iterator[SourceRow | BadRow]:
    """Yield the rows of a CSV file with a header, numbered from 1 behind it; blank rows are left out.

    Each text is decoded by itself, as `text.reading.decode` does, so that files in GB18030 and Big5 are read too.
    """
    # The module's limit of 131,072 characters a cell is shorter than many an article.
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST))
    with Unpacked(table.path) as file:
        rows = csv.reader(_lines(file.stream, encoding), delimiter=delimiter)
        header, words = _header(next(rows, []), encoding, table.columns.text)
        if table.columns.text not in header:
            yield table.bad(0, missing_column(table.columns.text, header, "--text-column"), file.position)
            return
        number = 0
        while True:
            try:
                cells = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                number += 1
                yield table.bad(number, f"no CSV: {error} (line {rows.line_num}). Mend it.", file.position)
                continue
            if not cells:
                continue
            number += 1
            if len(cells) != len(header):
                error_text = (
                    f"{len(cells)} cells under a header of {len(header)} (line {rows.line_num}). Mend it."
                )
                yield table.bad(number, error_text, file.position)
                continue
            fields: dict[str, str | bytes] = {
                name: _word(cell, words) for name, cell in zip(header, cells, strict=True)
            }
            fields[table.columns.text] = _content(cells[header.index(table.columns.text)], encoding)
            yield table.row(number, fields, file.position)


def _header(cells: list[str], encoding: str | None, wanted: str) -> tuple[list[str], str | None]:
    """Return the header, and the encoding of short cells: alone they do not tell it, but the wanted column's name does."""
    guesses = (encoding,) if encoding else (None, "gb18030", "big5")
    headers = [([_word(cell, guess) for cell in cells], guess) for guess in guesses]
    return next((found for found in headers if wanted in found[0]), headers[0])


def _lines(stream: io.BufferedReader, encoding: str | None) -> Iterator[str]:
    if stream.peek(2)[:2] in _WIDE_MARKS or _is_wide(encoding):
        text = io.TextIOWrapper(stream, encoding if _is_wide(encoding) else "utf-16", "replace", newline="")
    else:
        # Bytes that are no UTF-8 are kept, and decoded by the cell. No byte of a Chinese character is a comma or a
        # quotation mark in any of the encodings.
        text = io.TextIOWrapper(stream, "utf-8-sig", "surrogateescape", newline="")
    return iter(lambda: text.readline(LONGEST), "")


def _is_wide(encoding: str | None) -> bool:
    return encoding is not None and encoding.lower().startswith(_WIDE)


def _content(cell: str, encoding: str | None) -> str | bytes:
    if encoding is None or _is_wide(encoding):
        return unescaped(cell)
    return cell.encode("utf-8", "surrogateescape")


def _word(cell: str, encoding: str | None) -> str:
    content = _content(cell, encoding)
    return content if isinstance(content, str) else content.decode(encoding or "utf-8", "replace")
