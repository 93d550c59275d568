"""Pins the records of the seeds: a line a claim, and the numbers of everything else.

    python tests/golden/renew.py      writes the files anew; look at the difference before committing it

A claim's id is a hash of its content, so the line changes with anything that the claim says.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import ecomlink_nlp as ecom
from ecomlink_nlp.record.models import DocumentRecord

GOLDEN = Path(__file__).parent
SEEDS = GOLDEN.parents[1] / "seeds"
SAID = (
    "id", "kind", "predicate", "subject", "objects", "metric", "measure", "value", "low", "high", "unit", "speaker",
    "quote_text", "polarity", "status", "source", "time",
)  # fmt: skip


def seed_texts() -> list[Path]:
    """Return the five articles, in order."""
    return sorted(SEEDS.glob("*.txt"))


def golden_path(seed: Path) -> Path:
    """Return where the record of a seed is pinned."""
    return GOLDEN / f"{seed.stem}.json"


def pinned(seed: Path) -> dict[str, Any]:
    """Return what is pinned of a seed's record."""
    return summary(ecom.extract(seed.read_bytes().decode("utf-8"), name=seed.name))


def summary(record: DocumentRecord) -> dict[str, Any]:
    """Return the claims by what they say, and how many repairs, entities, values and times there are of each kind."""
    data = record.model_dump()
    return {
        "schema_version": data["schema_version"],
        "date": data["date"],
        "repairs": _counted(data["repairs"], "kind"),
        "entities": _counted(data["entities"], "name"),
        "values": _counted(data["values"], "type"),
        "times": _counted(data["times"], "type"),
        "claims": [
            {key: claim[key] for key in SAID if claim.get(key) not in (None, [])} for claim in data["claims"]
        ],
    }


def _counted(items: list[dict[str, Any]], key: str) -> dict[str, int]:
    return dict(sorted(Counter(item[key] for item in items).items()))


def written(content: dict[str, Any]) -> str:
    """Return pinned content as JSON with a line a claim and a line a count, so that differences are read easily."""
    lines = [f'"{key}": {_compact(value)}' for key, value in content.items() if key != "claims"]
    claims = ",\n".join(_compact(claim) for claim in content["claims"])
    return "{\n" + ",\n".join(lines) + f',\n"claims": [\n{claims}\n]\n}}\n'


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def main() -> None:
    """Write all golden files."""
    for seed in seed_texts():
        golden_path(seed).write_text(written(pinned(seed)), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
