"""Documents for the tests of engines: paragraphs of the seeds and of benchmarks/dev, mixed."""

import random
from pathlib import Path

ROOT = Path(__file__).parents[2]


def documents(count: int, seed: int = 6) -> list[dict[str, str]]:
    """Return ``count`` different documents of a few paragraphs each."""
    files = [*sorted((ROOT / "seeds").glob("*.txt")), *sorted((ROOT / "benchmarks" / "dev").glob("*.txt"))]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    paragraphs = [line for line in text.split("\n") if 20 <= len(line) <= 200]
    chosen = random.Random(seed)
    return [
        {"id": f"d{number:05}", "text": "\n".join(chosen.sample(paragraphs, 3)), "date": "2022-03"}
        for number in range(count)
    ]
