"""What the commands' options are called, may be and say in the help."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ecomlink_nlp.errors import ReadError
from ecomlink_nlp.text.dates import checked_date


class Emit(StrEnum):
    """What a record line is."""

    claims = "claims"
    document = "document"


class Format(StrEnum):
    """How records are written."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"
    html = "html"
    parquet = "parquet"
    brat = "brat"
    conll = "conll"
    label_studio = "label-studio"
    prodigy = "prodigy"
    web_annotation = "web-annotation"
    docbin = "docbin"


_BY_SUFFIX = {".spacy": Format.docbin} | {
    f".{form}": form
    for form in (Format.json, Format.jsonl, Format.csv, Format.html, Format.parquet, Format.conll)
}


def usual_format(output: str | None, emit: Emit) -> Format:
    """Return the format where none is named: that of the file's suffix, else a table on a terminal, else JSON Lines.

    >>> usual_format("claims.CSV", Emit.claims).value, usual_format("claims.txt", Emit.claims).value
    ('csv', 'jsonl')
    """
    if output is None and sys.stdout.isatty() and emit is Emit.claims:
        return Format.table
    return _BY_SUFFIX.get(Path(output or "").suffix.lower(), Format.jsonl)


class LexiconAction(StrEnum):
    """What to do with the lexicons."""

    list = "list"
    search = "search"
    check = "check"


class DateMode(StrEnum):
    """Where evaluation takes a document's date from."""

    given = "given"
    inferred = "inferred"


def _checked_date(value: str | None) -> str | None:
    """A date may be a year, a month or a day in ISO 8601."""
    if value is None:
        return None
    try:
        return checked_date(value)
    except ReadError as error:
        raise typer.BadParameter(str(error)) from error


def complete_layers(incomplete: str) -> list[str]:
    """Complete the last of the layers in a list separated by commas, for the shell.

    >>> complete_layers("events,stat")
    ['events,statements']
    """
    from ecomlink_nlp.score.layers import LAYERS

    before, comma, last = incomplete.rpartition(",")
    return [before + comma + name for name in LAYERS if name.startswith(last)]


def complete_kinds(context: typer.Context, incomplete: str) -> list[str]:
    """Complete the kinds of rows after ``lexicon list``, for the shell; words to search for are the user's own."""
    from ecomlink_nlp.cli.lexicon import KINDS

    listing = context.params.get("action") == LexiconAction.list
    return [kind for kind in KINDS if listing and kind.startswith(incomplete)]


def show_version(value: bool) -> None:
    """Print the versions and leave, where the option is set."""
    if value:
        from ecomlink_nlp.cli.versions import versions

        print(versions())
        raise typer.Exit


Inputs = Annotated[
    list[str], typer.Argument(metavar="FILE", help="Files, folders, patterns, or - for stdin.")
]
Date = Annotated[
    str | None,
    typer.Option("--date", callback=_checked_date, help="The documents' date: 2022, 2022-02 or 2022-02-15."),
]
Encoding = Annotated[
    str | None,
    typer.Option("--encoding", help="The files' encoding; UTF-8, UTF-16, GB18030 and Big5 are detected."),
]
Output = Annotated[
    str | None, typer.Option("--output", "-o", help="Write to this file, whole or not at all.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Only errors on stderr.")]
Lexicon = Annotated[Path | None, typer.Option("--lexicon", help="A TSV of further parties.")]
Artefacts = Annotated[Path | None, typer.Option("--artefacts", help="A TSV of further damaged forms.")]
Frames = Annotated[Path | None, typer.Option("--frames", help="A TOML file of further events.")]
Metrics = Annotated[Path | None, typer.Option("--metrics", help="A TOML file of further metrics.")]
Verbose = Annotated[
    bool, typer.Option("--verbose", "-v", help="A line a document on stderr, and tracebacks.")
]
