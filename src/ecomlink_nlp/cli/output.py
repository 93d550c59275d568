"""Where a command writes: records to standard output or, whole or not at all, to a file; the rest to stderr."""

import os
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from ecomlink_nlp.errors import EcomlinkError


class WriteError(EcomlinkError):
    """An output file could not be written."""


@dataclass(slots=True)
class Messages:
    """What a command says on stderr: errors always, notes unless quiet, details when verbose."""

    quiet: bool = False
    verbose: bool = False
    failures: int = 0

    def error(self, message: str) -> None:
        """Report a failed input; the command will end with exit code 1."""
        self.failures += 1
        _say(f"ecomlink: {message}")

    def fault(self, path: str, error: Exception) -> None:
        """Report a fault of ours, in one document (which must not cost the user the rest of the batch) or in none."""
        self.described_fault(path, repr(error), "".join(traceback.format_exception(error)))

    def described_fault(self, path: str, error: str, trace: str) -> None:
        """Report a fault that happened in another process."""
        where, what = (f"{path}: ", " with the file") if path else ("", "")
        self.error(f"{where}internal error: {error}. Please report it{what}; --verbose shows where.")
        self.detail(trace)

    def note(self, message: str) -> None:
        """Say something that a user may want to know."""
        if not self.quiet:
            _say(message)

    def detail(self, message: str) -> None:
        """Say something only when asked for details."""
        if self.verbose:
            _say(message)


def _say(message: str) -> None:
    """Print to stderr; names of files and words of rows may be hostile, and must not steer a terminal."""
    from ecomlink_nlp.record.table import visible

    print(visible(message), file=sys.stderr)


@contextmanager
def open_output(target: str | None) -> Iterator[TextIO]:
    """Yield a text file for ``target``; None and ``-`` mean standard output.

    A file is written under a temporary name beside it and renamed when all is well, so that no half-written file
    ever stands under its name. Raises `WriteError`.
    """
    if target in (None, "-"):
        try:
            with _writing(Path("standard output")):
                yield sys.stdout
                sys.stdout.flush()
        except WriteError:
            # What is still in the buffer cannot be written either; the interpreter would try to at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise
        return
    path = Path(target)
    if path.exists() and not path.is_file():
        # A device or a pipe cannot be replaced by a file.
        with _writing(path), path.open("w", encoding="utf-8", newline="") as out:
            yield out
        return
    path = path.resolve()
    with _writing(path):
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with _writing(path), open(descriptor, "w", encoding="utf-8", newline="") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
            temporary.chmod(_mode(path))
            temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _mode(path: Path) -> int:
    """The rights of the file that is replaced, or those that a new file would get."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise WriteError(
            f"{path}: cannot be written: {error.strerror}. Check folder, rights and space."
        ) from error
