"""The ``ecomlink`` command."""

import gc
import sys


def main() -> None:
    """Run the command; what it needs is imported here, so that importing the package stays cheap."""
    from ecomlink_nlp.cli.commands import app

    gc.set_threshold(50_000)  # as in the processes of a batch

    # Records are UTF-8 with plain line feeds whatever the machine's locale says.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    app(prog_name="ecomlink")
