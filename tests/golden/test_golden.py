"""The records of the seeds are what they were; a change of output must be seen, meant and committed."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest


def _renewal() -> ModuleType:
    spec = importlib.util.spec_from_file_location("golden_renew", Path(__file__).with_name("renew.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


ROOT = Path(__file__).parents[2]
renew = _renewal()


@pytest.mark.parametrize("seed", renew.seed_texts(), ids=lambda seed: seed.name)
def test_records_are_unchanged(seed: Path) -> None:
    found = renew.pinned(seed)
    golden = json.loads(renew.golden_path(seed).read_text(encoding="utf-8"))
    assert found == golden, "if this change is meant: python tests/golden/renew.py"


def test_files_are_as_the_renewal_writes_them() -> None:
    for seed in renew.seed_texts():
        text = renew.golden_path(seed).read_text(encoding="utf-8")
        assert renew.written(json.loads(text)) == text


def test_the_pages_show_what_the_commands_print() -> None:
    done = subprocess.run(
        [sys.executable, "docs/generate.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, (
        f"{done.stdout}{done.stderr}\nif this change is meant: python docs/generate.py"
    )
