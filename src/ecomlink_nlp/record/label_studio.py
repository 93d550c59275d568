"""Label Studio: tasks with predictions for correction, and exported annotations back as gold.

A region carries its label and, as text of its own, its normal form; the claims are one text field of the task, a
JSON object each. Offsets there count UTF-16 units, as browsers do. The labelling interface for a project is
`interface`. Formats: https://labelstud.io/guide/task_format and https://labelstud.io/guide/export
"""

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Any, TextIO

from ecomlink_nlp.errors import FormatError
from ecomlink_nlp.record.gold_form import (
    LABELS,
    Gold,
    annotation,
    completed_claim,
    gold_of,
    label_of,
    normal_form,
    ordered,
)
from ecomlink_nlp.record.models import DocumentRecord
from ecomlink_nlp.record.raw import raw_text

_LAYERS = ("repairs", "entities", "values", "times")


def write_label_studio(records: Iterable[DocumentRecord], out: TextIO) -> None:
    """Write one JSON array of tasks, each with one prediction."""
    before = "[\n"
    for record in records:
        out.write(before + json.dumps(task(gold_of(record), raw_text(record)), ensure_ascii=False))
        before = ",\n"
    out.write("[]\n" if before == "[\n" else "\n]\n")


def task(gold: Gold, raw: str) -> dict[str, Any]:
    """Return one document as a task whose prediction is its annotations."""
    places = _unit_places(raw)
    result: list[dict[str, Any]] = []
    for layer in _LAYERS:
        for item in gold[layer]:
            region = {"id": f"{layer[0]}{len(result)}", "to_name": "text"}
            span = {"start": places[item["start"]], "end": places[item["end"]]}
            label = {"type": "labels", "from_name": "label"}
            result.append(
                region | label | {"value": span | {"text": item["text"], "labels": [label_of(layer, item)]}}
            )
            note = {"type": "textarea", "from_name": "normal"}
            result.append(region | note | {"value": span | {"text": [normal_form(layer, item)]}})
    claims = [json.dumps(claim, ensure_ascii=False) for claim in gold["claims"]]
    if claims:
        field = {"id": "claims", "type": "textarea", "from_name": "claims", "to_name": "text"}
        result.append(field | {"value": {"text": claims}})
    data = {"text": raw, "doc": gold["doc"], "date": gold["date"]}
    return {"data": data, "predictions": [{"model_version": "ecomlink", "result": result}]}


def read_label_studio(source: TextIO) -> Iterator[tuple[Gold, str]]:
    """Yield each task of a JSON export as gold with its text: its last annotation, else its prediction.

    Tasks whose annotations were all cancelled are left out. Raises `FormatError`, naming the task.
    """
    try:
        tasks = json.load(source)
    except ValueError as error:
        raise FormatError(f"no JSON export of Label Studio: {error}") from error
    for number, each in enumerate(tasks):
        try:
            answers = each.get("annotations") or []
            done = [answer for answer in answers if not answer.get("was_cancelled")]
            if answers and not done:
                continue
            results = (done or each["predictions"])[-1]["result"]
            yield _gold(each["data"], results)
        except (KeyError, TypeError, IndexError, ValueError, AttributeError) as error:
            raise FormatError(f"task {number}: not written by ecomlink, or damaged: {error!r}") from error
        except FormatError as error:
            raise FormatError(f"task {number}: {error}") from error


def _gold(data: dict[str, Any], results: list[dict[str, Any]]) -> tuple[Gold, str]:
    raw = data["text"]
    places = _unit_places(raw)
    labels: dict[str, dict[str, Any]] = {}
    notes: dict[str, str] = {}
    claims: list[Any] = []
    for result in results:
        value = result.get("value", {})
        if result["type"] == "labels":
            labels[result["id"]] = value
        elif result.get("from_name") == "claims":
            claims += [completed_claim(json.loads(claim)) for claim in value["text"]]
        elif result["type"] == "textarea":
            notes[result["id"]] = "".join(value["text"])
    gold: Gold = {
        "doc": data["doc"],
        "date": data.get("date"),
        **{layer: [] for layer in _LAYERS},
        "claims": claims,
    }
    for key, value in labels.items():
        start, end = bisect_left(places, value["start"]), bisect_left(places, value["end"])
        layer, item = annotation(value["labels"][0], start, end, raw, notes.get(key, ""))
        gold[layer].append(item)
    return ordered(gold), raw


def interface() -> str:
    """Return the labelling interface to give a Label Studio project.

    >>> interface()[:6]
    '<View>'
    """
    labels = "".join(f'<Label value="{label}"/>' for label in LABELS)
    return (
        f'<View><Labels name="label" toName="text">{labels}</Labels>'
        '<Text name="text" value="$text" granularity="symbol"/>'
        '<TextArea name="normal" toName="text" perRegion="true" editable="true"/>'
        '<TextArea name="claims" toName="text" editable="true"/></View>'
    )


def _unit_places(text: str) -> list[int]:
    """Return the place of each character, and of the end, in UTF-16 units.

    >>> _unit_places("a𠮷b")
    [0, 1, 3, 4]
    """
    return list(accumulate((1 + (char > "\uffff") for char in text), initial=0))
