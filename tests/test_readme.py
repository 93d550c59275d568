"""The pages tell the truth: their commands and programs run, their records fit the schema, their links lead somewhere."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import spacy
from typer.testing import CliRunner

from ecomlink_nlp.cli.commands import app
from ecomlink_nlp.record.models import claim_schema

ROOT = Path(__file__).parents[1]
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
PAGES = (*READMES, *sorted((ROOT / "docs").rglob("*.md")))
# Run in fresh environments by .ci/run, and this very suite.
INSTALLING = (
    "pip install . && ecomlink extract seeds/000_6bbe77b7898e83ab.txt",
    "pip install -e '.[test]' && pytest",
)
_BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<body>.*?)^```$", re.M | re.S)
_LINK = re.compile(r"\]\((?!https?:)(?P<target>[^)#]+)(?:#[^)]*)?\)")
_ENVIRONMENT = {
    **os.environ,
    "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    "PYTHONUTF8": "1",
}


def _blocks(page: Path, language: str) -> list[str]:
    text = page.read_text(encoding="utf-8")
    return [match["body"] for match in _BLOCK.finditer(text) if match["language"] == language]


def _names(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that the pages name, so that what they write lands nowhere else."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in ("seeds", "benchmarks"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.mark.parametrize("page", READMES, ids=_names)
def test_the_two_commands_are_stated(page: Path) -> None:
    commands = [line for block in _blocks(page, "console") for line in block.splitlines()]
    assert tuple(commands[:2]) == INSTALLING


def _commands() -> list[str]:
    """All commands of all pages in order, each once."""
    lines = [line for page in PAGES for block in _blocks(page, "console") for line in block.splitlines()]
    return [line for line in dict.fromkeys(lines) if line not in INSTALLING]


@pytest.mark.parametrize("page", PAGES, ids=_names)
def test_programs_run(page: Path, checkout: Path) -> None:
    """All Python of a page is one program; commands below it read what it writes, so that programs run first."""
    if program := "".join(_blocks(page, "python")):
        done = subprocess.run(
            [sys.executable, "-c", program],
            cwd=checkout,
            env=_ENVIRONMENT,
            capture_output=True,
            encoding="utf-8",
        )
        assert done.returncode == 0, f"{program}\n{done.stderr}"


@pytest.mark.parametrize("command", _commands())
def test_commands_run(command: str, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(checkout)
    for part in command.split(" && "):
        program, *arguments = shlex.split(part)
        if program != "ecomlink":
            subprocess.run([sys.executable if program == "python" else program, *arguments], check=True)
            continue
        done = CliRunner().invoke(app, arguments)
        assert done.exit_code == 0, done.output
        assert done.stdout or "-o" in arguments


@pytest.mark.parametrize("page", PAGES, ids=_names)
def test_configs_make_pipelines(page: Path) -> None:
    for block in _blocks(page, "ini"):
        config = spacy.Config().from_str(block)
        nlp = spacy.util.load_model_from_config(config, auto_fill=True)
        assert nlp("微信屏蔽了抖音的链接。")._.claims


def _engine_programs() -> list[Any]:
    """The blocks marked ``py``, which need an engine that a plain installation lacks; each goes on with its page's program."""
    return [
        pytest.param(page, engine, block, id=f"{_names(page)}: {engine}")
        for page in PAGES
        for block in _blocks(page, "py")
        for engine in re.findall(r"^(?:import|from) (pyspark|ray)\b", block, re.M)
    ]


@pytest.mark.parametrize(("page", "engine", "block"), _engine_programs())
def test_programs_on_engines_run(page: Path, engine: str, block: str, tmp_path: Path) -> None:
    pytest.importorskip(engine, reason=f"{engine} is not installed")
    program = "".join(_blocks(page, "python")) + block
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=_ENVIRONMENT, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, f"{program}\n{done.stderr}"


def test_no_engine_program_is_left_out() -> None:
    assert len(_engine_programs()) == sum(len(_blocks(page, "py")) for page in PAGES)


@pytest.mark.parametrize("page", PAGES, ids=_names)
def test_records_fit_the_schema(page: Path) -> None:
    for block in _blocks(page, "json"):
        jsonschema.validate(json.loads(block), claim_schema())


@pytest.mark.parametrize("page", READMES, ids=_names)
def test_a_record_is_shown(page: Path) -> None:
    assert _blocks(page, "json")


def test_the_chinese_readme_says_the_same() -> None:
    english, chinese = (page.read_text(encoding="utf-8") for page in READMES)
    blocks = [
        [(match["language"], match["body"]) for match in _BLOCK.finditer(text)] for text in (english, chinese)
    ]
    assert blocks[0] == blocks[1]
    assert english.count("\n## ") == chinese.count("\n## ")
    targets = [set(_LINK.findall(text)) - {"README.md", "README.zh-CN.md"} for text in (english, chinese)]
    assert targets[0] == targets[1]


@pytest.mark.parametrize("page", [*PAGES, ROOT / "CONTRIBUTING.md", ROOT / "seeds" / "README.md"], ids=_names)
def test_links_lead_to_files(page: Path) -> None:
    for match in _LINK.finditer(page.read_text(encoding="utf-8")):
        assert (page.parent / match["target"]).exists(), match["target"]


def test_every_data_file_has_its_source_and_licence() -> None:
    data = ROOT / "src" / "ecomlink_nlp" / "data"
    listed = re.findall(
        r"^\| `([^`]+)` \| [^|]+ \| [^|]+ \|$", (data / "README.md").read_text(encoding="utf-8"), re.M
    )
    present = {path.name + "/" * path.is_dir() for path in data.iterdir()} - {"README.md"}
    assert sorted(listed) == sorted(present)


def test_the_record_reference_is_up_to_date() -> None:
    sys.path.insert(0, str(ROOT / "docs"))
    try:
        import generate
    finally:
        sys.path.pop(0)
    assert (ROOT / "docs" / "record.md").read_text(encoding="utf-8") == generate.record_page(), (
        "run: python docs/generate.py"
    )
