"""ecomlink-nlp: trustworthy, traceable claims out of damaged Chinese e-commerce text.

    import ecomlink_nlp as ecom
    record = ecom.extract(text, date="2022-02", name="a.txt")
    for record in ecom.extract_many(texts):
        ...
    frame = ecom.records_to_frame(records)
    nlp = ecom.load()          # the spaCy pipeline

Importing this package is cheap: everything else is imported at first use.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language

    from ecomlink_nlp.own_rules import OwnRules
    from ecomlink_nlp.record.arrow import Library, Rows
    from ecomlink_nlp.record.html import View
    from ecomlink_nlp.record.models import DocumentRecord

__all__ = ["extract", "extract_many", "load", "records_to_frame", "view"]


def extract(
    text: str, *, date: str | None = None, name: str = "", own: "OwnRules | None" = None
) -> "DocumentRecord":
    """Return the record of one text: repairs, entities, values, times and claims, each with raw offsets.

    ``date`` is the document's date in ISO 8601 (``2022``, ``2022-02`` or ``2022-02-15``); without it, it is inferred
    from the text. ``name`` is kept in the record's ``doc``. ``own`` are a user's own files (`own_rules.OwnRules.read`). A
    lone surrogate, which no file can hold, counts as U+FFFD. Raises `ReadError` where ``date`` is no date.

    >>> record = extract("9月1日，微信屏蔽了抖音的链接。", date="2022-09-02")
    >>> [(claim.predicate, claim.subject, claim.objects, claim.time) for claim in record.claims]
    [('block_link', '微信', ['抖音'], '2022-09-01')]
    """
    from ecomlink_nlp.pipeline import Pipeline
    from ecomlink_nlp.record.build import build_record

    pipeline = own.pipeline() if own else Pipeline.default()
    return build_record(pipeline.annotate(text, name=name, date=date))


def extract_many(
    texts: Iterable[str | tuple[str, str]],
    *,
    date: str | None = None,
    jobs: int = 1,
    own: "OwnRules | None" = None,
) -> "Iterator[DocumentRecord]":
    """Yield the records of many texts in order, in constant memory; a text may be ``(name, text)``.

    ``jobs`` is the number of processes; a text that kills its process twice raises `batch.WorkerError`. ``date`` and
    ``own`` are as for `extract`.
    """
    if isinstance(texts, str):
        raise TypeError("extract_many takes many texts, such as a list; for one there is extract")
    if jobs > 1:
        from ecomlink_nlp.batch import extract_in_processes

        yield from extract_in_processes(texts, date, jobs, own)
        return
    from ecomlink_nlp.pipeline import Pipeline
    from ecomlink_nlp.record.build import build_record

    pipeline = own.pipeline() if own else Pipeline.default()
    for document in pipeline.annotate_many(texts, date=date):
        yield build_record(document)


def load(
    *,
    lexicon: "str | Path | None" = None,
    artefacts: "str | Path | None" = None,
    frames: "str | Path | None" = None,
    metrics: "str | Path | None" = None,
    date: str | None = None,
) -> "Language":
    """Return the spaCy pipeline: ``doc = load()(text)``, then ``doc.ents``, ``doc._.claims``, ``doc._.record``.

    ``lexicon`` is a TSV of further parties, ``artefacts`` a TSV of further damaged forms, ``frames`` and ``metrics``
    are TOML files of further claims; ``date`` is the date of the documents (ISO 8601). Raises `ResourceError` naming
    the file and the row where one is wrong.
    """
    from ecomlink_nlp.spacy_components import build_language

    return build_language(lexicon=lexicon, artefacts=artefacts, frames=frames, metrics=metrics, date=date)


def records_to_frame(
    records: "Iterable[DocumentRecord]", rows: "Rows" = "claims", library: "Library" = "pandas"
) -> Any:
    """Return a pandas or polars data frame with one claim (or document, repair, entity, value, time) a row.

    The columns are the same whatever was found (`record.arrow.arrow_schema`). Raises `ExtraError` when the library is
    not installed.
    """
    from ecomlink_nlp.record import arrow

    return arrow.records_to_frame(records, rows, library)


def view(*records: "DocumentRecord") -> "View":
    """Return the records as a page that displays itself in a notebook; its ``html`` is the page as text.

    >>> view(extract("快手上线快手小店。")).html.startswith("<!DOCTYPE html>")
    True
    """
    from ecomlink_nlp.record.html import View
    from ecomlink_nlp.record.models import DocumentRecord

    if not all(isinstance(record, DocumentRecord) for record in records):
        raise TypeError("view takes records one by one; of a list: view(*records)")
    return View(records)


def __getattr__(name: str) -> str:
    if name == "__version__":
        from importlib import metadata

        return metadata.version("ecomlink-nlp")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
