"""Documents whose tags are the gold's: what would the claims be if repair and tagging were perfect?

The difference between claims on these documents and claims from raw text tells which stage to work on.
"""

from typing import Any

from ecomlink_nlp.repair import script
from ecomlink_nlp.text.document import Document, Entity, Time, Value
from ecomlink_nlp.text.edits import Alignment, Edit
from ecomlink_nlp.text.sentences import sentence_spans


def document_from_gold(raw: str, gold: dict[str, Any]) -> Document:
    """Return a `Document` with the gold's repairs, entities, values, times and date, without claims.

    ``raw`` is the text that the gold's offsets refer to; ``gold`` is the parsed gold file.
    """
    alignment = Alignment(raw)
    alignment.apply(
        [Edit(r["start"], r["end"], r["text"], r["clean"], r["kind"], "gold") for r in gold["repairs"]]
    )
    alignment.apply(script.find_edits(alignment.text))
    document = Document(gold["doc"], alignment, date=gold["date"], date_source="given")
    document.sentences = sentence_spans(document.text)
    for item in gold["entities"]:
        start, end = alignment.to_text(item["start"], item["end"])
        document.entities.append(Entity(start, end, item["type"], item["name"], rule="gold"))
    for item in gold["values"]:
        start, end = alignment.to_text(item["start"], item["end"])
        low, high = item.get("low"), item.get("high")
        document.values.append(
            Value(start, end, item["type"], item["value"], low, high, item["unit"], item["mod"], "gold")
        )
    for item in gold["times"]:
        start, end = alignment.to_text(item["start"], item["end"])
        document.times.append(Time(start, end, item["type"], item["timex"], item["mod"], rule="gold"))
    return document
