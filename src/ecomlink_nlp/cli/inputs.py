"""The inputs of a command: files, folders, patterns and standard input, each to a text or an error."""

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from glob import glob, has_magic
from pathlib import Path

from ecomlink_nlp.errors import ReadError
from ecomlink_nlp.sources.compression import read_text_file, unpacked_name
from ecomlink_nlp.text.reading import SourceText, read_stream

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Input:
    """One text to read; ``name`` is what the record's ``doc`` says."""

    path: str
    name: str
    date: str | None = None

    @property
    def place(self) -> str:
        """The path, as messages name it."""
        return self.path

    @property
    def key(self) -> str:
        """What a journal knows it by."""
        return self.path

    def read(self, encoding: str | None) -> SourceText:
        """Read it, or raise `ReadError`."""
        if self.path == STANDARD_INPUT:
            return read_stream(sys.stdin.buffer, "stdin", encoding)
        return read_text_file(Path(self.path), self.name, encoding)


def find_inputs(arguments: Sequence[str]) -> Iterator[Input | ReadError]:
    """Yield the inputs that the arguments name, in order; an error in place of what cannot be found.

    A folder stands for all ``.txt`` files below it, packed or not, sorted, named by their path inside it; a file keeps
    its plain name. A pattern that the shell left alone (``'docs/*.txt'``) is expanded.
    """
    for argument in arguments:
        if argument == STANDARD_INPUT:
            yield Input(argument, "stdin")
        elif os.path.isdir(argument):
            yield from _in_folder(Path(argument))
        elif has_magic(argument) and not os.path.lexists(argument):
            paths = [path for path in sorted(glob(argument, recursive=True)) if not os.path.isdir(path)]
            yield from (Input(path, _name(Path(path).name)) for path in paths)
            if not paths:
                yield ReadError(f"{argument}: no file fits this pattern. Check it, or name the files.")
        else:
            yield Input(argument, _name(Path(argument).name))


def _in_folder(folder: Path) -> Iterator[Input | ReadError]:
    problems: list[OSError] = []
    found = []
    for directory, folders, names in os.walk(folder, onerror=problems.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(directory, n) for n in names if _is_text(n) and not n.startswith(".")]
    for path in sorted(found, key=lambda path: path.parts):
        yield Input(str(path), _name(path.relative_to(folder).as_posix()))
    for problem in problems:
        yield ReadError(f"{problem.filename}: cannot be listed: {problem.strerror}. Check its rights.")
    if not found and not problems:
        yield ReadError(f"{folder}: no .txt files in this folder. Name the files, or another folder.")


def _is_text(name: str) -> bool:
    return unpacked_name(name.lower()).endswith(".txt")


def _name(name: str) -> str:
    """A file name that is no UTF-8 must still go into a UTF-8 record."""
    return os.fsencode(name).decode("utf-8", "replace")
