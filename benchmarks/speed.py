"""Measures speed on damaged text of every kind and draws the chart that the README shows.

    python benchmarks/speed.py                 # measures, writes benchmarks/speed.json and benchmarks/speed.svg
    python benchmarks/speed.py --draw          # draws speed.json again

Beside what ``ecomlink benchmark`` measures on the documents as they are, the sources are the same documents damaged by each
generator of `damage`, and JioNLP and Microsoft's recognizers are run beside our finders where they are installed (times and
money only; benchmarks/specs/README.md says how to install them).
"""

import argparse
import importlib
import json
import random
import sys
import time
from pathlib import Path
from typing import Any

import damage
from ecomlink_nlp.score.benchmark import run_benchmark, varied_texts
from ecomlink_nlp.text.reading import read_file

HERE = Path(__file__).parent
BAR, GAP, LABEL, SCALE = 20, 8, 230, 480
CLEAN = ("d05", "d06", "d07", "d09", "d11", "d14")
FINDERS = ("ours", "jionlp", "recognizers")
FINDERS_DOCUMENTS = 10


def sources() -> list[str]:
    """Return the documents as they are, and the undamaged ones with each kind of damage."""
    folders = (HERE.parent / "seeds", HERE / "dev", HERE / "heldout")
    paths = [path for folder in folders for path in sorted(folder.glob("*.txt"))]
    texts = [read_file(path, path.name, None).text for path in paths]
    clean = [(HERE / "dev" / f"{name}.txt").read_text(encoding="utf-8") for name in CLEAN]
    for name, mechanism in damage.MECHANISMS.items():
        rng = random.Random(name)
        # One document a mechanism: real collections are mostly undamaged.
        texts.append(mechanism(rng.choice(clean), rng).text)
    return texts


def others(texts: list[str]) -> dict[str, int | str]:
    """Return the characters a second of our finders and of other systems, for times and money alone.

    The first text is not counted: what is loaded at first use is loaded then.
    """
    sys.path.insert(0, str(HERE))
    rates: dict[str, int | str] = {}
    for name in FINDERS:
        try:
            adapter = importlib.import_module(f"adapters.{name}")
        except ImportError:
            rates[name] = "not installed"
            continue
        for number, text in enumerate(texts):
            if number == 1:
                started = time.process_time()
            adapter.find(text, None, "date")
            adapter.find(text, None, "money")
        rates[name] = round(sum(map(len, texts[1:])) / (time.process_time() - started))
    return rates


def rows(data: dict[str, Any]) -> list[tuple[str, int]]:
    """Return label and characters a second of each bar."""
    bars = [("one process", data["stages"]["all"])]
    bars += [(f"{r['jobs']} processes", r["characters_per_second"]) for r in data["by_jobs"][1:]]
    bars += [(f"one document of {r['length']:,}", r["characters_per_second"]) for r in data["by_length"]]
    bars += [
        (f"{r['documents']:,} documents of {r['length']}", r["characters_per_second"])
        for r in data["by_count"][-1:]
    ]
    if data.get("naive"):
        bars.append(("naive composition, no claims", data["naive"]["characters_per_second"]))
    bars += [
        (f"{name}: times and money", rate)
        for name, rate in data.get("others", {}).items()
        if isinstance(rate, int)
    ]
    return bars


def draw(data: dict[str, Any]) -> str:
    """Return the chart as SVG."""
    bars = rows(data)
    most = max(rate for _, rate in bars)
    height = len(bars) * (BAR + GAP) + GAP
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{LABEL + SCALE + 80}" height="{height}"']
    lines[0] += ' font-family="sans-serif" font-size="13"><rect width="100%" height="100%" fill="white"/>'
    for number, (label, rate) in enumerate(bars):
        y = GAP + number * (BAR + GAP)
        width = rate / most * SCALE
        lines.append(f'<text x="{LABEL - 8}" y="{y + 15}" text-anchor="end">{label}</text>')
        lines.append(f'<rect x="{LABEL}" y="{y}" width="{width:.1f}" height="{BAR}" fill="#2a6fb0"/>')
        lines.append(f'<text x="{LABEL + width + 6:.1f}" y="{y + 15}">{rate:,}/s</text>')
    return "\n".join([*lines, "</svg>"]) + "\n"


def main() -> None:
    """Measure and draw."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--draw", action="store_true", help="only draw what was measured before")
    options = parser.parse_args()
    target = HERE / "speed.json"
    if options.draw:
        data = json.loads(target.read_text(encoding="utf-8"))
    else:
        texts = sources()
        seed = min((HERE.parent / "seeds").glob("*.txt"))
        data = run_benchmark(texts, str(seed), lambda part: print(f"measuring: {part}", file=sys.stderr))
        data["others"] = others(list(varied_texts(texts, 2_000, FINDERS_DOCUMENTS, 6)))
        target.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    (HERE / "speed.svg").write_text(draw(data), encoding="utf-8")


if __name__ == "__main__":
    main()
