"""Writes what the pages take from the program: the record reference, and the output of the commands shown.

    python docs/generate.py            renews docs/record.md and the shown outputs in all pages
    python docs/generate.py --check    changes nothing; names what is out of date and exits with 1
    python docs/generate.py --scores   renews the tables of scores as well, with today's date

A shown output is the fenced block after a comment ``<!-- output of: COMMAND -->``. Run in the root of the checkout.
"""

import argparse
import datetime
import json
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

from ecomlink_nlp.record.models import record_schema

ROOT = Path(__file__).resolve().parents[1]
PAGES = (ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted((ROOT / "docs").rglob("*.md")))
OUTPUT = re.compile(
    r"(?P<head><!-- output of: (?P<command>.+?) -->\n```\w*\n)(?P<body>.*?)(?P<foot>^```$)", re.M | re.S
)
GOLD = {
    "seeds": "seeds/gold",
    "dev": "benchmarks/dev",
    "heldout": "benchmarks/heldout",
    "unseen": "benchmarks/unseen",
}
"""The columns of the scores."""
SCORES = re.compile(r"(?P<head><!-- scores -->\n).*?(?P<foot><!-- end of scores -->)", re.S)

HEAD = """# The record

One document gives one record. This page is made from the models (`python docs/generate.py`); `ecomlink schema` prints the
same as JSON Schema. Version of the record: {version}. Places are half-open code-point offsets: `raw[start:end]` is `text`. The
[annotation guide](../seeds/gold/GUIDE.md) defines the fields in full, with the predicates and measures one by one.
"""


def record_page() -> str:
    """Return the record reference: one section a model, the document first."""
    schema = record_schema()
    models = {schema["title"]: schema, **schema["$defs"]}
    version = schema["properties"]["schema_version"]["default"]
    return HEAD.format(version=version) + "".join(_section(name, model) for name, model in models.items())


def _section(name: str, model: dict[str, Any]) -> str:
    about = model.get("description", "").replace("``", "`")
    rows = "".join(
        f"| `{field}` | {kind(described)} | {described['description']} |\n"
        for field, described in model["properties"].items()
    )
    return f"\n## {name}\n\n{about}\n\n| field | type | what it says |\n|---|---|---|\n{rows}"


def kind(described: dict[str, Any]) -> str:
    """Return the type of a field in words; models are links.

    >>> kind({"anyOf": [{"type": "string"}, {"type": "null"}]})
    'string or null'
    """
    if "$ref" in described:
        name = described["$ref"].rsplit("/", 1)[1]
        return f"[{name}](#{name.lower()})"
    if "const" in described:
        return f"`{described['const']}`"
    if "enum" in described:
        return ", ".join(f"`{value}`" for value in described["enum"])
    if options := described.get("anyOf") or described.get("oneOf"):
        return " or ".join(kind(option) for option in options)
    if "prefixItems" in described:
        return "[" + ", ".join(kind(item) for item in described["prefixItems"]) + "]"
    if described.get("type") == "array":
        return f"list of {kind(described['items'])}"
    if described.get("type") == "number" and described.get("maximum") == 1:
        return "number from 0 to 1"
    return str(described["type"])


def page_with_outputs(page: str) -> str:
    """Return a page with the outputs of its commands as they are now."""
    return OUTPUT.sub(lambda m: m["head"] + output(m["command"]) + m["foot"], page)


@cache
def output(command: str) -> str:
    """Return what a shell command prints, without spaces at the ends of lines."""
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=ROOT, env=environment, capture_output=True, check=True, encoding="utf-8",
    )  # fmt: skip
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())


def scores() -> str:
    """Return the table of scores, measured now."""
    measured = [
        json.loads(output(f"ecomlink evaluate --gold {gold} --json"))["total"] for gold in GOLD.values()
    ]
    agreed = json.loads(output("ecomlink evaluate --parallel --json"))["agreement"]
    rows = [f"| layer | {' | '.join(GOLD)} |", "|---" * (len(GOLD) + 1) + "|"]
    rows += [f"| {layer} | {' | '.join(cell(total[layer]) for total in measured)} |" for layer in measured[0]]
    parallel = ", ".join(f"{kind} {100 * found['f1']:.1f}" for kind, found in agreed.items())
    rows += ["", f"000 against 001: {parallel}.", "", f"Measured on {datetime.date.today().isoformat()}."]
    return "\n".join(rows) + "\n"


def cell(score: dict[str, float]) -> str:
    """Return a score as F1, precision and recall in per cent.

    >>> cell({"f1": 0.8, "precision": 1.0, "recall": 0.6667})
    '80.0 (100.0 / 66.7)'
    """
    return f"{100 * score['f1']:.1f} ({100 * score['precision']:.1f} / {100 * score['recall']:.1f})"


def main() -> int:
    """Renew or check all pages."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--check", action="store_true", help="change nothing, exit with 1 where a page is out of date"
    )
    parser.add_argument("--scores", action="store_true", help="measure and renew the scores as well")
    arguments = parser.parse_args()
    check = arguments.check
    table = scores() if arguments.scores else None
    wanted = {ROOT / "docs" / "record.md": record_page()}
    for path in PAGES:
        if path not in wanted:
            page = page_with_outputs(path.read_text(encoding="utf-8"))
            wanted[path] = (
                page if table is None else SCORES.sub(lambda m: m["head"] + table + m["foot"], page)
            )
    old = [
        path for path, text in wanted.items() if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    for path in old:
        print(f"{path.relative_to(ROOT)}: {'out of date' if check else 'renewed'}")
        if not check:
            path.write_text(wanted[path], encoding="utf-8", newline="\n")
    return int(check and bool(old))


if __name__ == "__main__":
    sys.exit(main())
