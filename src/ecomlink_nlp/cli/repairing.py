"""``ecomlink repair``: the repaired text, a diff of it, or the list of repairs."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, TextIO

from ecomlink_nlp.cli.inputs import find_inputs
from ecomlink_nlp.cli.output import Messages
from ecomlink_nlp.errors import EcomlinkError, ReadError
from ecomlink_nlp.own_rules import OwnRules
from ecomlink_nlp.record.build import repairs_of
from ecomlink_nlp.record.models import Repair
from ecomlink_nlp.record.table import visible
from ecomlink_nlp.text.edits import Alignment
from ecomlink_nlp.text.reading import SourceText

Form = Literal["text", "diff", "edits"]
_MARKS = {"removed": ("[-", "-]"), "added": ("{+", "+}"), "same": ("", "")}
_STYLES = {"removed": "red", "added": "green", "same": ""}


def repair_inputs(
    arguments: Sequence[str],
    form: Form,
    encoding: str | None,
    messages: Messages,
    out: TextIO,
    own: OwnRules,
) -> None:
    """Write each input's repair; an input that fails is reported and the others go on."""

    inputs = list(find_inputs(arguments))
    for source in inputs:
        if isinstance(source, ReadError):
            messages.error(str(source))
            continue
        try:
            read = source.read(encoding)
            alignment = own.pipeline().chain.repair(read.text)
        except EcomlinkError as error:
            messages.error(str(error))
        except Exception as error:
            messages.fault(source.path, error)
        else:
            _write(form, read, alignment, out, titled=len(inputs) > 1)
            messages.detail(f"{source.path}: {len(alignment.repairs())} repairs ({read.encoding})")


def _write(form: Form, read: SourceText, alignment: Alignment, out: TextIO, titled: bool) -> None:
    if form == "text":
        out.write(alignment.text)
    elif form == "edits":
        for repair in repairs_of(alignment):
            out.write(json.dumps({"doc": read.name, **repair.model_dump()}, ensure_ascii=False) + "\n")
    else:
        if titled:
            out.write(f"==> {visible(read.name)} <==\n")
        _write_diff(diff_pieces(alignment.raw, repairs_of(alignment)), out)


def diff_pieces(raw: str, repairs: Iterable[Repair]) -> Iterator[tuple[str, str]]:
    """Yield the text as ``same``, ``removed`` and ``added`` pieces; repairs that touch each other become one.

    >>> from ecomlink_nlp.text.edits import Edit
    >>> alignment = Alignment("個(gè)人")
    >>> alignment.apply([Edit(0, 1, "個", "个", "script", "t2s"), Edit(1, 5, "(gè)", "", "pinyin", "gloss")])
    >>> list(diff_pieces(alignment.raw, repairs_of(alignment)))
    [('removed', '個(gè)'), ('added', '个'), ('same', '人')]
    """
    position = 0
    removed = added = ""
    for repair in repairs:
        if repair.start > position:
            yield from _changed(removed, added)
            yield "same", raw[position : repair.start]
            removed = added = ""
        removed, added, position = removed + repair.text, added + repair.clean, repair.end
    yield from _changed(removed, added)
    if position < len(raw):
        yield "same", raw[position:]


def _changed(removed: str, added: str) -> Iterator[tuple[str, str]]:
    if removed:
        yield "removed", removed
    if added:
        yield "added", added


def _write_diff(pieces: Iterable[tuple[str, str]], out: TextIO) -> None:
    from rich.console import Console
    from rich.text import Text

    marked = [(kind, _MARKS[kind][0] + visible(text) + _MARKS[kind][1]) for kind, text in pieces]
    if out.isatty():
        Console(file=out).print(
            Text.assemble(*((text, _STYLES[kind]) for kind, text in marked)), soft_wrap=True
        )
    else:
        out.write("".join(text for _, text in marked))
    if marked and not marked[-1][1].endswith("\n"):
        out.write("\n")
