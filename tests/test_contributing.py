"""The worked example of CONTRIBUTING.md: its rows are appended to a copy of the checkout, its cases and program run there."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
ROWS = re.compile(r"^<!-- append to (?P<path>\S+) -->\n```\w+\n(?P<rows>.*?)^```$", re.M | re.S)
PROGRAM = re.compile(r"^```python\n(?P<program>.*?)^```\n+```text\n(?P<output>.*?)^```$", re.M | re.S)
TESTS = ("tests/tag/test_entities.py", "tests/repair/test_translation.py", "tests/claim")


def test_one_row_and_one_case(tmp_path: Path) -> None:
    for folder in ("src", "tests", "benchmarks"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    appended = list(ROWS.finditer(PAGE))
    assert len(appended) == 7
    for block in appended:
        with (tmp_path / block["path"]).open("a", encoding="utf-8") as file:
            file.write("\n" + block["rows"] if block["path"].endswith("toml") else block["rows"])
    shown = PROGRAM.search(PAGE)
    assert shown
    assert _run(tmp_path, "-c", shown["program"]) == shown["output"]
    names = "x001 or star_selection or 小黑屋 or inspection-rate"
    assert "4 passed" in _run(tmp_path, "-m", "pytest", "-p", "no:cacheprovider", "-k", names, *TESTS)


def _run(folder: Path, *arguments: str) -> str:
    environment = {
        **os.environ,
        "PYTHONPATH": str(folder / "src"),
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout
