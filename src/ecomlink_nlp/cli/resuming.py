"""``ecomlink extract --resume``: a run that was killed goes on where it stopped, nothing lost and nothing twice.

Records go to ``OUTPUT.partial``. Behind each document, once its lines are handed to the system, a journal
``OUTPUT.done`` gets one line: the input (its path, or file, id and text) and the length of the partial file. Its first line
holds the options of the run; others are refused, since records of both kinds would stand in one file. A later run cuts off what stands behind
the last journalled length, leaves out the journalled inputs, and at the end renames the partial file to OUTPUT.
"""

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from ecomlink_nlp.cli.output import WriteError
from ecomlink_nlp.record.models import DocumentRecord
from ecomlink_nlp.record.writers import Writer

_LONGEST = 100  # characters of an option that a journal spells out


class ResumableOutput:
    """An output file that survives a killed run. Raises `WriteError`."""

    def __init__(self, target: str, options: Mapping[str, str | None]) -> None:
        self.path = Path(target).resolve()
        self.partial = self.path.with_name(self.path.name + ".partial")
        self.journal = self.path.with_name(self.path.name + ".done")
        self.done: Counter[str] = Counter()
        """The inputs whose records are in the partial file."""
        self._options = {
            name: hashlib.sha256(value.encode()).hexdigest() if value and len(value) > _LONGEST else value
            for name, value in options.items()
        }
        self._length = self._journal_length = 0
        if self.partial.exists() and self.journal.exists():
            self._read_journal()

    def _read_journal(self) -> None:
        size = self.partial.stat().st_size
        with self.journal.open("rb") as journal:
            head = journal.readline()
            if not head.endswith(b"\n"):
                return  # killed while it was written
            self._compare(json.loads(head))
            self._journal_length = len(head)
            for line in journal:
                if not line.endswith(b"\n"):
                    return  # killed while it was written
                self._read_entry(line, size)

    def _compare(self, started: object) -> None:
        if not isinstance(started, dict):
            raise WriteError(f"{self.journal}: is no journal of this version. Remove it and {self.partial}.")
        changed = [name for name, value in self._options.items() if started.get(name) != value]
        if changed:
            raise WriteError(
                f"{self.path}: the run was started with other options ({', '.join(changed)}). Give the same to resume,"
                f" or remove {self.partial} and {self.journal} to begin anew."
            )

    def _read_entry(self, line: bytes, size: int) -> None:
        key, length = json.loads(line)
        if length > size:
            raise WriteError(f"{self.partial}: shorter than its journal says. Remove it and {self.journal}.")
        self.done[key] += 1
        self._length = length
        self._journal_length += len(line)

    def write(self, writer: Writer, pairs: Iterable[tuple[str, DocumentRecord]]) -> None:
        """Append the record of each pair of input and record, then give the file its name."""
        try:
            with (
                self.partial.open("a", encoding="utf-8", newline="") as out,
                self.journal.open("a", encoding="utf-8", newline="") as journal,
            ):
                os.truncate(self.partial, self._length)
                os.truncate(self.journal, self._journal_length)
                if not self._journal_length:
                    journal.write(json.dumps(self._options) + "\n")
                for key, record in pairs:
                    writer([record], out)
                    out.flush()
                    length = os.fstat(out.fileno()).st_size
                    journal.write(json.dumps([key, length]) + "\n")
                    journal.flush()
                os.fsync(out.fileno())
            # In this order: a kill in between leaves a whole file and a journal that the next run ignores.
            self.partial.replace(self.path)
            self.journal.unlink()
        except OSError as error:
            message = f"{self.path}: cannot be written: {error.strerror}. Check folder, rights and space."
            raise WriteError(message) from error
