"""Draws the figures of ``ecomlink benchmark --json`` as an SVG chart.

    python benchmarks/speed_chart.py speed.json speed.svg
"""

import json
import sys
from pathlib import Path

BAR, GAP, LABEL, SCALE = 20, 8, 190, 480


def main(source: str, target: str) -> None:
    """Write one bar a figure, characters a second."""
    data = json.loads(Path(source).read_text(encoding="utf-8"))
    rows = [(f"one document of {r['length']:,}", r["characters_per_second"]) for r in data["by_length"]]
    rows += [(f"{r['jobs']} process(es)", r["characters_per_second"]) for r in data["by_jobs"]]
    if data.get("naive"):
        rows.append(("naive, without claims", data["naive"]["characters_per_second"]))
    most = max(rate for _, rate in rows)
    height = len(rows) * (BAR + GAP) + GAP
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{LABEL + SCALE + 80}" height="{height}"']
    lines[0] += ' font-family="sans-serif" font-size="13"><rect width="100%" height="100%" fill="white"/>'
    for number, (label, rate) in enumerate(rows):
        y = GAP + number * (BAR + GAP)
        width = rate / most * SCALE
        lines.append(f'<text x="{LABEL - 8}" y="{y + 15}" text-anchor="end">{label}</text>')
        lines.append(f'<rect x="{LABEL}" y="{y}" width="{width:.1f}" height="{BAR}" fill="#2a6fb0"/>')
        lines.append(f'<text x="{LABEL + width + 6:.1f}" y="{y + 15}">{rate:,}/s</text>')
    Path(target).write_text("\n".join([*lines, "</svg>"]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
