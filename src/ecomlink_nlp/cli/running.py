"""What every command does around its work: files of the user's own, errors as messages, the exit code."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ecomlink_nlp.cli.output import Messages
from ecomlink_nlp.errors import EcomlinkError

if TYPE_CHECKING:
    from ecomlink_nlp.own_rules import OwnRules


def own_rules(
    messages: Messages,
    lexicon: Path | None = None,
    artefacts: Path | None = None,
    frames: Path | None = None,
    metrics: Path | None = None,
) -> "OwnRules":
    """The user's files; a wrong one ends the command before any input is read."""
    from ecomlink_nlp.own_rules import OwnRules

    if not (lexicon or artefacts or frames or metrics):
        return OwnRules()
    with reporting(messages):
        return OwnRules.read(lexicon=lexicon, artefacts=artefacts, frames=frames, metrics=metrics)
    raise typer.Exit(1)


@contextmanager
def reporting(messages: Messages) -> Iterator[None]:
    """Turn an error into its message; the command then ends with exit code 1."""
    try:
        yield
    except EcomlinkError as error:
        messages.error(str(error))
    except (BrokenPipeError, typer.Exit, typer.Abort, typer.BadParameter):
        raise
    except Exception as error:
        messages.fault("", error)


def finish(messages: Messages) -> None:
    """End the command with exit code 1 where anything failed."""
    if messages.failures:
        raise typer.Exit(1)
