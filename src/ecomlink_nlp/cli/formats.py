"""The formats of other tools, in and out; each is imported only when it is asked for."""

import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import Any, TextIO

from ecomlink_nlp.cli.output import WriteError
from ecomlink_nlp.errors import FormatError
from ecomlink_nlp.record.models import DocumentRecord
from ecomlink_nlp.record.writers import Writer

_TEXT = {
    "html": "html:write_html",
    "conll": "corpora:write_conll",
    "label-studio": "label_studio:write_label_studio",
    "prodigy": "corpora:write_prodigy",
    "web-annotation": "web_annotation:write_web_annotations",
}
_BINARY = {"parquet": "arrow:write_parquet", "docbin": "corpora:write_docbin"}


def other_writer(emit: str, output_format: str) -> Writer | None:
    """Return the writer of a format, None where there is none; Parquet alone heeds what is emitted."""
    if output_format in _TEXT:
        writer: Writer = _function(_TEXT[output_format])
        return writer
    if output_format in _BINARY:
        options = (
            {"rows": "documents" if emit == "document" else "claims"} if output_format == "parquet" else {}
        )
        return _binary(_function(_BINARY[output_format]), options)
    return None


def _function(place: str) -> Callable[..., Any]:
    module, _, name = place.partition(":")
    function: Callable[..., Any] = getattr(import_module(f"ecomlink_nlp.record.{module}"), name)
    return function


def _binary(write: Callable[..., Any], options: dict[str, str]) -> Writer:
    def written(records: Iterable[DocumentRecord], out: TextIO) -> None:
        if out.isatty():
            raise WriteError("this format is no text for a terminal. Name a file with -o.")
        write(records, out.buffer, **options)

    return written


def write_brat_folder(records: Iterable[DocumentRecord], folder: str) -> None:
    """Write brat's files into a new or empty folder. Raises `WriteError`."""
    from ecomlink_nlp.record.brat import write_brat

    path = Path(folder)
    try:
        if path.exists() and any(path.iterdir()):
            raise WriteError(f"{path}: is not empty; corrections there must not be lost. Name a new folder.")
        write_brat(records, path)
    except OSError as error:
        raise WriteError(
            f"{path}: cannot be written: {error.strerror}. Check folder, rights and space."
        ) from error


def gold_from(source: str, folder: str) -> int:
    """Write gold files from a brat folder or a Label Studio export; return how many. Raises `FormatError`."""
    from ecomlink_nlp.record.brat import read_brat
    from ecomlink_nlp.record.gold_form import write_gold
    from ecomlink_nlp.record.label_studio import read_label_studio

    path = Path(source)
    if path.is_dir():
        return write_gold(read_brat(path), Path(folder))
    try:
        with sys.stdin if source == "-" else path.open(encoding="utf-8") as export:
            return write_gold(read_label_studio(export), Path(folder))
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise FormatError(f"{path}: cannot be read: {why}. Name a brat folder or a JSON export.") from error
