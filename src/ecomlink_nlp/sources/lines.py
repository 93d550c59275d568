"""JSONL: one JSON object a line."""

import io
import json
from collections.abc import Iterator

from ecomlink_nlp.errors import ReadError
from ecomlink_nlp.sources.compression import LONGEST, Unpacked
from ecomlink_nlp.sources.rows import BadRow, SourceRow, Table, place_of
from ecomlink_nlp.text.reading import decode


def read_jsonl(table: Table, encoding: str | None) -> Iterator[SourceRow | BadRow]:
    """Yield the rows of a JSONL file, numbered by line; blank lines are left out."""
    with Unpacked(table.path) as file:
        number = 0
        while line := file.stream.readline(LONGEST + 1):
            number += 1
            if len(line) > LONGEST:
                _skip_line(file.stream)
                yield table.bad(number, f"longer than {LONGEST >> 20} MiB. Split it.", file.position)
            elif not line.isspace():
                yield _row(table, number, line, encoding, file.position)


def _row(table: Table, number: int, line: bytes, encoding: str | None, position: int) -> SourceRow | BadRow:
    try:
        fields = json.loads(_text(line, encoding, place_of(table.path, number)))
    except ReadError as error:
        return BadRow(table.path, number, str(error), position)
    except ValueError as error:
        return table.bad(number, f"no JSON: {error}. Mend the line.", position)
    except RecursionError:
        return table.bad(number, "no JSON that can be read: nested too deep. Mend the line.", position)
    if not isinstance(fields, dict):
        return table.bad(number, 'no JSON object. Each line must be one, such as {"text": "…"}.', position)
    return table.row(number, fields, position)


def _text(line: bytes, encoding: str | None, place: str) -> str:
    if encoding is None:
        try:
            return line.decode("utf-8-sig")
        except UnicodeDecodeError:
            pass  # another encoding, which is found below, or none
    return decode(line, place, encoding)[0]


def _skip_line(stream: io.BufferedReader) -> None:
    while (rest := stream.readline(LONGEST)) and not rest.endswith(b"\n"):
        pass
