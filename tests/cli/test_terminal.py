"""On a terminal: a table, a coloured diff, and no colours where NO_COLOR asks for none."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

from rich.cells import cell_len

SEED = Path(__file__).parents[2] / "seeds" / "000_6bbe77b7898e83ab.txt"
GOLD = SEED.with_name("gold")
MAIN = [sys.executable, "-c", "from ecomlink_nlp.cli import main; main()"]
COLOUR = re.compile(r"\x1b\[[0-9;]*3[0-7]m")


def on_terminal(*arguments: str, **environment: str) -> str:
    ours, theirs = pty.openpty()
    variables = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR")}
    process = subprocess.Popen(
        [*MAIN, *arguments], stdout=theirs, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
        env={**variables, "TERM": "xterm-256color", "COLUMNS": "100", **environment},
    )  # fmt: skip
    os.close(theirs)
    shown = b""
    while True:
        try:
            chunk = os.read(ours, 65536)
        except OSError:  # Linux reports the end of a pseudo-terminal so
            break
        if not chunk:
            break
        shown += chunk
    os.close(ours)
    assert process.wait() == 0
    return shown.decode("utf-8")


def test_a_table_without_colours():
    shown = on_terminal("extract", str(SEED), NO_COLOR="1")
    assert shown.replace("\x1b[1m", "").startswith(SEED.name)
    assert "block_link" in shown
    assert not COLOUR.search(shown)


def test_a_narrow_terminal_gets_lines_and_no_slivers():
    shown = re.sub(r"\x1b\[[0-9;]*m", "", on_terminal("extract", str(SEED), COLUMNS="60")).splitlines()
    assert any(" — block_link" in line for line in shown)
    assert all(cell_len(line) <= 60 for line in shown)


def test_scores_fit_a_narrow_terminal():
    shown = on_terminal("evaluate", "--gold", str(GOLD), "--predictions", str(GOLD), COLUMNS="80")
    assert shown.count("F1 per document") > 1
    assert "…" not in shown


def test_a_coloured_diff():
    shown = on_terminal("repair", "--diff", str(SEED))
    assert "\x1b[31m[-Aauto Quicker-]" in shown
    assert "\x1b[32m{+快手+}" in shown
