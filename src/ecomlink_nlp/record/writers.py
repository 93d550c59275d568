"""Records as text: one writer a format, each from a stream of records to a text file, in constant memory."""

import csv
import json
from collections.abc import Callable, Iterable
from typing import Any, TextIO

from ecomlink_nlp.record.models import ClaimRecord, DocumentRecord

Writer = Callable[[Iterable[DocumentRecord], TextIO], None]

# A spreadsheet takes a cell that begins with one of these as a formula; the wide forms count too in East Asian
# editions (OWASP, CSV injection).
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")

_COLUMNS = (
    "doc", "id", "kind", "polarity", "status", "subject", "predicate", "objects", "channel", "amount", "amount_unit",
    "content", "metric", "measure", "value", "low", "high", "unit", "mod", "speaker", "role", "quote", "source",
    "time", "start", "end", "evidence", "rule", "score",
)  # fmt: skip


def write_claims_jsonl(records: Iterable[DocumentRecord], out: TextIO) -> None:
    """Write one claim a line."""
    for record in records:
        for claim in record.claims:
            out.write(claim.model_dump_json() + "\n")


def write_claims_json(records: Iterable[DocumentRecord], out: TextIO) -> None:
    """Write one JSON array of claims."""
    _write_array((claim for record in records for claim in record.claims), out)


def write_documents_jsonl(records: Iterable[DocumentRecord], out: TextIO) -> None:
    """Write one document a line."""
    for record in records:
        out.write(record.model_dump_json() + "\n")


def write_documents_json(records: Iterable[DocumentRecord], out: TextIO) -> None:
    """Write one JSON array of documents."""
    _write_array(records, out)


def _write_array(items: Iterable[DocumentRecord | ClaimRecord], out: TextIO) -> None:
    before = "[\n"
    for item in items:
        out.write(before + item.model_dump_json())
        before = ",\n"
    out.write("[]\n" if before == "[\n" else "\n]\n")


def write_claims_csv(records: Iterable[DocumentRecord], out: TextIO) -> None:
    """Write one claim a row, with a header; ``start``/``end`` are the first evidence's, lists are joined by ``|``.

    No text cell can start a formula in a spreadsheet: such a cell gets an apostrophe in front.
    """
    rows = csv.DictWriter(out, _COLUMNS, lineterminator="\n")
    rows.writeheader()
    for record in records:
        rows.writerows(_row(claim) for claim in record.claims)


def _row(claim: ClaimRecord) -> dict[str, Any]:
    fields = claim.model_dump(include=set(_COLUMNS), exclude={"evidence", "quote", "amount"})
    start, end = claim.evidence[0]
    fields |= {"start": start, "end": end, "evidence": "|".join(claim.evidence_text)}
    if claim.kind == "event":
        fields |= {"objects": "|".join(claim.objects), "channel": "|".join(claim.channel)}
        if claim.amount:
            fields |= {"amount": claim.amount.value, "amount_unit": claim.amount.unit}
    elif claim.kind == "statement":
        fields["quote"] = claim.quote_text
    return {key: safe_cell(value) for key, value in fields.items()}


def safe_cell(value: Any) -> Any:
    """Return a cell that no spreadsheet takes as a formula; numbers stay numbers.

    >>> safe_cell("=1+1"), safe_cell("快手"), safe_cell(-5)
    ("'=1+1", '快手', -5)
    """
    if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA_STARTS):
        return "'" + value
    return value


def parse_documents(text: str) -> list[dict[str, Any]]:
    """Parse documents that were written as JSON (an array or one object) or as JSONL.

    >>> [d["doc"] for d in parse_documents('{"doc": "a"}\\n{"doc": "b"}\\n')]
    ['a', 'b']
    """
    try:
        data = json.loads(text)
    except json.JSONDecodeError:
        data = [json.loads(line) for line in text.split("\n") if line.strip()]
    documents = data if isinstance(data, list) else [data]
    if not all(isinstance(document, dict) for document in documents):
        raise ValueError("not a JSON object for each document")
    return documents
