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


def build_language(*, lexicon: str | Path | None = None, date: str | None = None) -> "Language":
    """Return the spaCy pipeline with all stages.

    ``lexicon`` is a TSV of further parties (see `read_parties`), ``date`` the date of the documents (ISO 8601); a
    single document's own date is given by ``doc = nlp.make_doc(text); doc._.date = "2022-02"; nlp(doc)``. Raises
    `ResourceError` naming the row where the lexicon is wrong.

    >>> doc = build_language(date="2022-09-02")("9月1日，微信屏蔽了抖音的鏈接。")
    >>> [(ent.text, ent.label_) for ent in doc.ents], [claim.time for claim in doc._.claims]
    ([('微信', 'PLATFORM'), ('抖音', 'PLATFORM')], ['2022-09-01'])
    """
    import spacy

    from ecomlink_nlp.spacy_components import factories
    from ecomlink_nlp.tag.entities.parties import read_parties

    if lexicon is not None:
        read_parties(Path(lexicon))
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": factories.TOKENIZER}}})
    path = None if lexicon is None else str(lexicon)
    nlp.add_pipe(factories.SENTENCES)
    nlp.add_pipe(factories.ENTITIES, config={"lexicon": path})
    nlp.add_pipe(factories.TIMES, config={"date": date})
    nlp.add_pipe(factories.VALUES)
    nlp.add_pipe(factories.CLAIMS, config={"lexicon": path})
    return nlp
