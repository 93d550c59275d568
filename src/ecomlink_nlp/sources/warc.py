"""Web archives: WET files of Common Crawl, and WARC files (warcio, extra ``warc``)."""

from collections.abc import Iterator

from ecomlink_nlp.errors import ExtraError, ReadError
from ecomlink_nlp.sources.compression import LONGEST, Unpacked
from ecomlink_nlp.sources.rows import BadRow, SourceRow, Table

_PAGES = ("response", "resource", "conversion")


def read_warc(table: Table) -> Iterator[SourceRow | BadRow]:
    """Yield the texts of an archive, numbered by record; what holds no page (requests, metadata) is left out.

    The columns are the record's headers; its id is ``WARC-Record-ID``. ``WARC-Date``, when a page was fetched, is no
    date of the text and is taken for one only when it is named. An HTML page
    is refused when its row is read, as an HTML file is.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
        from warcio.statusandheaders import StatusAndHeadersParserException
    except ImportError as error:
        raise ExtraError(
            "warcio is not installed. Install it with: pip install 'ecomlink-nlp[warc]'"
        ) from error
    number = 0
    with Unpacked(table.path) as file:
        try:
            for number, record in enumerate(ArchiveIterator(file.stream), 1):
                if record.format != "warc":
                    # Anything at all may pass as a record of the older ARC.
                    yield table.bad(0, "is no web archive in the form WARC. Check what it is.", file.position)
                    return
                if record.rec_type not in _PAGES:
                    continue
                headers = dict(record.rec_headers.headers)
                kind = (record.http_headers or record.rec_headers).get_header("Content-Type", "")
                data = record.content_stream().read(LONGEST + 1)
                if len(data) > LONGEST:
                    yield table.bad(number, f"longer than {LONGEST >> 20} MiB.", file.position)
                elif kind.startswith("text/"):
                    yield _row(table, number, headers, data, file.position)
        except (ArchiveLoadFailed, StatusAndHeadersParserException) as error:
            place = f"{table.path}: row {number + 1} and all that follow"
            raise ReadError(f"{place} cannot be read: {error}. Fetch the file again.") from error


def _row(
    table: Table, number: int, headers: dict[str, str], content: bytes, position: int
) -> SourceRow | BadRow:
    identifier = headers.get("WARC-Record-ID", "").strip("<>")
    fields: dict[str, str | bytes] = {**headers, table.columns.text: content}
    if table.columns.id is None:
        fields["id"] = identifier
    return table.row(number, fields, position)
