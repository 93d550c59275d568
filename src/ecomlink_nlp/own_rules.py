"""Users' own files: a TSV of parties, a TSV of artefacts, a TOML of frames, a TOML of metrics.

Their texts are kept, not what they are compiled to, so that they go to other processes and to disk with a spaCy
pipeline; compiling is done once a process.
"""

from dataclasses import dataclass, fields
from functools import lru_cache, partial
from pathlib import Path

from ecomlink_nlp.claim.frames import Frame
from ecomlink_nlp.claim.metrics.lexicon import MetricLexicon, parse_metrics
from ecomlink_nlp.claim.own_frames import extended, parse_frames
from ecomlink_nlp.errors import ResourceError
from ecomlink_nlp.pipeline import Pipeline
from ecomlink_nlp.repair import translation
from ecomlink_nlp.repair.chain import RepairChain
from ecomlink_nlp.repair.translation.lexicon import build_lexicon
from ecomlink_nlp.repair.translation.own_rows import parse_artefacts
from ecomlink_nlp.resources import read_user_file
from ecomlink_nlp.tag.entities import Gazetteer
from ecomlink_nlp.tag.entities.parties import Party, parse_parties, shipped_parties


@dataclass(frozen=True, slots=True)
class OwnFile:
    """The text of a user's file; ``origin`` names it in messages."""

    origin: str
    text: str

    @staticmethod
    def read(path: str | Path | None) -> "OwnFile | None":
        """Read a file, None for none; raises `ResourceError` where it cannot be read or is empty."""
        if path is None:
            return None
        text = read_user_file(Path(path))
        if not text.strip():
            raise ResourceError(f"{path}: is empty. Write rows into it, or leave it out.")
        return OwnFile(str(path), text)


@dataclass(frozen=True, slots=True)
class OwnRules:
    """A user's own files, each of which may be missing.

    >>> own = OwnRules(artefacts=OwnFile("own.tsv", "id\\tcanonical\\tforms\\nxc\\t喜茶\\tHappy Tea"))
    >>> own.pipeline().annotate("Happy Tea开了新店。").text
    '喜茶开了新店。'
    """

    lexicon: OwnFile | None = None
    artefacts: OwnFile | None = None
    frames: OwnFile | None = None
    metrics: OwnFile | None = None

    @staticmethod
    def read(
        *,
        lexicon: str | Path | None = None,
        artefacts: str | Path | None = None,
        frames: str | Path | None = None,
        metrics: str | Path | None = None,
    ) -> "OwnRules":
        """Read and check the files: parties, artefacts, frames, metrics.

        Raises `ResourceError` naming the file, the row and what is wrong with it.
        """
        own = OwnRules(*(OwnFile.read(path) for path in (lexicon, artefacts, frames, metrics)))
        own.pipeline()
        return own

    def pipeline(self) -> Pipeline:
        """The stages with the packaged rules and these; raises `ResourceError` where a row is wrong."""
        return _pipeline(self)

    def files(self) -> list[OwnFile]:
        """The files that are there."""
        return [file for file in (self.lexicon, self.artefacts, self.frames, self.metrics) if file]

    def parties(self) -> tuple[Party, ...]:
        """The rows of the lexicon."""
        return _parties(self.lexicon) if self.lexicon else ()

    def own_frames(self) -> tuple[Frame, ...]:
        """The frames of the user."""
        return parse_frames(self.frames.text, self.frames.origin) if self.frames else ()


@lru_cache(maxsize=4)
def _pipeline(own: OwnRules) -> Pipeline:
    if own == OwnRules():
        return Pipeline.default()
    return Pipeline(
        chain=chain_with(own.artefacts) if own.artefacts else None,
        gazetteer=_gazetteer(own.lexicon) if own.lexicon else None,
        frames=extended(own.own_frames()) if own.frames else None,
        metrics=_metrics(own.metrics) if own.metrics else None,
    )


@lru_cache(maxsize=4)
def chain_with(artefacts: OwnFile) -> RepairChain:
    """The repairs with a user's artefacts; raises `ResourceError` where a row is wrong."""
    rules = build_lexicon(parse_artefacts(artefacts.text, artefacts.origin), artefacts.origin)
    return RepairChain(partial(translation.find_edits, rules=rules))


@lru_cache(maxsize=4)
def _gazetteer(lexicon: OwnFile) -> Gazetteer:
    """Building the automaton takes a while; the components with the same lexicon share one."""
    return Gazetteer(_parties(lexicon))


def _parties(lexicon: OwnFile) -> tuple[Party, ...]:
    """The rows of a user's lexicon, after checks that packaged files need not: a misspelt column would be ignored."""
    header = next((line for line in lexicon.text.splitlines() if line.strip() and line[0] != "#"), "")
    known = [field.name for field in fields(Party)]
    parties = tuple(parse_parties(lexicon.text, lexicon.origin))
    if unknown := [name for cell in header.split("\t") if (name := cell.strip()) and name not in known]:
        raise ResourceError(
            f"{lexicon.origin}: unknown column {', '.join(unknown)}; known are {', '.join(known)}."
        )
    ids = {party.id for party in (*parties, *shipped_parties())}
    for party in parties:
        if party.parent and party.parent not in ids:
            raise ResourceError(
                f"{lexicon.origin}: row {party.id!r}: no row has the id of its parent {party.parent!r}. "
                "Look it up with: ecomlink lexicon search NAME"
            )
    return parties


def _metrics(metrics: OwnFile) -> MetricLexicon:
    return MetricLexicon(parse_metrics(metrics.text, metrics.origin), metrics.origin)
