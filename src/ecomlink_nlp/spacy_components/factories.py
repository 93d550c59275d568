"""What spaCy knows us by: names, settings, what each component reads and assigns. Nothing is imported until one is made.

spaCy imports this module in every program that makes a pipeline, ours or not, so it must stay this small.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.util import get_minor_version_range, registry

if TYPE_CHECKING:
    from ecomlink_nlp.spacy_components import stages
    from ecomlink_nlp.spacy_components.tokenizing import RepairingTokenizer

TOKENIZER = "ecomlink.Tokenizer.v1"
SENTENCES = "ecomlink_sentences"
ENTITIES = "ecomlink_entities"
TIMES = "ecomlink_times"
VALUES = "ecomlink_values"
CLAIMS = "ecomlink_claims"


def _require_this_package(nlp: Language) -> None:
    """Write this package into the pipeline's requirements, so that the wheel of `spacy package` brings it along.

    spaCy itself finds only packages whose distributions hold the file ``top_level.txt``, which few builders write.
    """
    from importlib.metadata import version

    stated = nlp.meta.get("requirements", [])
    if not any(requirement.startswith("ecomlink-nlp") for requirement in stated):
        ours = "ecomlink-nlp" + str(get_minor_version_range(version("ecomlink-nlp")))
        nlp.meta["requirements"] = [*stated, ours]


def create_tokenizer(artefacts: str | None = None) -> "Callable[[Language], RepairingTokenizer]":
    """Make the tokenizer that repairs; ``doc.text`` is the repaired text, ``artefacts`` a TSV of further forms."""

    def make(nlp: Language) -> "RepairingTokenizer":
        from ecomlink_nlp.spacy_components.extensions import register_extensions
        from ecomlink_nlp.spacy_components.tokenizing import RepairingTokenizer

        register_extensions()
        _require_this_package(nlp)
        return RepairingTokenizer(nlp.vocab, artefacts)

    return make


registry.tokenizers.register(TOKENIZER, func=create_tokenizer)


@Language.factory(SENTENCES, assigns=["token.is_sent_start", "doc.sents"])
def create_sentences(nlp: Language, name: str) -> "stages.Sentences":
    """Make the component that marks where sentences begin."""
    from ecomlink_nlp.spacy_components.stages import Sentences

    _require_this_package(nlp)
    return Sentences(name)


@Language.factory(
    ENTITIES,
    default_config={"lexicon": None},
    assigns=[
        "doc.ents",
        "token.ent_iob",
        "token.ent_type",
        "token.ent_kb_id",
        "token.ent_id",
        "span._.canonical",
    ],
    retokenizes=True,
)
def create_entities(nlp: Language, name: str, lexicon: str | None) -> "stages.Entities":
    """Make the component that finds names; ``lexicon`` is a TSV of further parties."""
    from ecomlink_nlp.spacy_components.stages import Entities

    _require_this_package(nlp)
    return Entities(name, lexicon=lexicon)


@Language.factory(
    TIMES,
    default_config={"date": None},
    assigns=["doc.spans", "doc._.date", "span._.time"],
    requires=["doc.ents"],
    retokenizes=True,
)
def create_times(nlp: Language, name: str, date: str | None) -> "stages.Times":
    """Make the component that finds times; ``date`` is that of documents which bring none of their own."""
    from ecomlink_nlp.spacy_components.stages import Times

    _require_this_package(nlp)
    return Times(name, date)


@Language.factory(
    VALUES, assigns=["doc.spans", "span._.value"], requires=["doc.ents", "doc._.date"], retokenizes=True
)
def create_values(nlp: Language, name: str) -> "stages.Values":
    """Make the component that finds numerals which count or measure."""
    from ecomlink_nlp.spacy_components.stages import Values

    _require_this_package(nlp)
    return Values(name)


@Language.factory(
    CLAIMS,
    default_config={"lexicon": None, "frames": None, "metrics": None},
    assigns=["doc._.claims", "doc._.record"],
    requires=["doc.ents", "doc.spans", "doc._.date"],
)
def create_claims(
    nlp: Language, name: str, lexicon: str | None, frames: str | None, metrics: str | None
) -> "stages.Claims":
    """Make the component that finds claims; ``lexicon`` names the companies that further products belong to."""
    from ecomlink_nlp.spacy_components.stages import Claims

    _require_this_package(nlp)
    return Claims(name, lexicon=lexicon, frames=frames, metrics=metrics)
