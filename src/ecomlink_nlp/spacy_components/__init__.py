"""The pipeline as spaCy components: a tokenizer that repairs, and a component for each stage.

    nlp = build_language()
    doc = nlp("9月1日,微信屏蔽了抖音的鏈接。")
    doc.ents, doc.spans["times"], doc._.claims, doc._.record

The same components work one by one in other pipelines (``spacy.blank("zh").add_pipe("ecomlink_values")``); the text is
then taken as it stands. This module and `factories` are all that spaCy imports in programs that use none of it.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["build_language"]


def build_language(
    *,
    lexicon: str | Path | None = None,
    artefacts: str | Path | None = None,
    frames: str | Path | None = None,
    metrics: str | Path | None = None,
    date: str | None = None,
) -> "Language":
    """Return the spaCy pipeline with all stages.

    ``lexicon`` is a TSV of further parties (see `read_parties`), ``artefacts`` one of damaged forms (`parse_artefacts`),
    ``frames`` and ``metrics`` are TOML files (`parse_frames`, `parse_metrics`), ``date`` is the date of the documents; a
    single document's own date is given by ``doc = nlp.make_doc(text); doc._.date = "2022-02"; nlp(doc)``. Raises
    `ResourceError` naming the row where a file is wrong.

    >>> doc = build_language(date="2022-09-02")("9月1日，微信屏蔽了抖音的鏈接。")
    >>> [(ent.text, ent.label_) for ent in doc.ents], [claim.time for claim in doc._.claims]
    ([('微信', 'PLATFORM'), ('抖音', 'PLATFORM')], ['2022-09-01'])
    """
    import spacy

    from ecomlink_nlp.own_rules import OwnRules
    from ecomlink_nlp.spacy_components import factories

    OwnRules.read(lexicon=lexicon, artefacts=artefacts, frames=frames, metrics=metrics)
    parties, artefacts, frames, metrics = (
        None if path is None else str(path) for path in (lexicon, artefacts, frames, metrics)
    )
    tokenizer = {"@tokenizers": factories.TOKENIZER, "artefacts": artefacts}
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": tokenizer}})
    nlp.add_pipe(factories.SENTENCES)
    nlp.add_pipe(factories.ENTITIES, config={"lexicon": parties})
    nlp.add_pipe(factories.TIMES, config={"date": date})
    nlp.add_pipe(factories.VALUES)
    nlp.add_pipe(factories.CLAIMS, config={"lexicon": parties, "frames": frames, "metrics": metrics})
    return nlp
