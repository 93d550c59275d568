"""The stage order, stated once: repair, sentences, entities, times, values, claims."""

from collections.abc import Iterable, Iterator
from functools import cache

from ecomlink_nlp.claim.extract import extract_claims
from ecomlink_nlp.claim.frames import FrameSet
from ecomlink_nlp.claim.metrics.lexicon import MetricLexicon
from ecomlink_nlp.repair.chain import RepairChain, default_chain
from ecomlink_nlp.tag.entities import Gazetteer
from ecomlink_nlp.tag.neural import with_open_names
from ecomlink_nlp.tag.times import find_times, infer_document_date
from ecomlink_nlp.tag.values import find_values
from ecomlink_nlp.text.dates import checked_date
from ecomlink_nlp.text.document import Document
from ecomlink_nlp.text.scalars import scalar_values
from ecomlink_nlp.text.sentences import sentence_spans


class Pipeline:
    """All stages with their compiled resources; built once, then used for any number of texts.

    >>> document = Pipeline.default().annotate("2022年3月1日,快手切断了淘寶聯盟的鏈接。")
    >>> [(claim.predicate, claim.subject, claim.objects, claim.time) for claim in document.claims]
    [('block_link', '快手', ['淘宝联盟'], '2022-03-01')]
    """

    def __init__(
        self,
        *,
        chain: RepairChain | None = None,
        gazetteer: Gazetteer | None = None,
        frames: FrameSet | None = None,
        metrics: MetricLexicon | None = None,
        open_names: bool = False,
    ) -> None:
        """Take the packaged resources where none are given; `OwnRules.pipeline` adds those of a user's files.

        ``open_names`` also asks the neural tagger for persons, places and organisations that no list holds; this takes
        about half as long again, and a tenth of a second at the first use.
        """
        self.chain = chain or default_chain()
        self.gazetteer = gazetteer or Gazetteer.default()
        self.frames = frames or FrameSet.default()
        self.metrics = metrics or MetricLexicon.default()
        self.open_names = open_names

    @staticmethod
    @cache
    def default() -> "Pipeline":
        """The pipeline with the packaged lexicons."""
        return Pipeline()

    def annotate(self, raw: str, *, name: str = "", date: str | None = None) -> Document:
        """Return the document of one text with all layers filled.

        ``date`` is the document's date (ISO 8601, possibly only ``2022`` or ``2022-02``); without it the date is
        inferred from the text, and `Document.date_source` says so. Lone surrogates in ``raw`` and ``name`` become
        U+FFFD; offsets stay. Raises `ReadError` where ``date`` is no date, TypeError where ``raw`` is no text.
        """
        if not isinstance(raw, str):
            raise TypeError(f"a text is a str, not {type(raw).__name__}; of bytes: data.decode('utf-8')")
        document = Document(scalar_values(name), self.chain.repair(raw))
        self.tag(document, date)
        self.find_claims(document)
        return document

    def annotate_many(
        self, texts: Iterable[str | tuple[str, str]], *, date: str | None = None
    ) -> Iterator[Document]:
        """Yield the documents of many texts in order, holding one at a time; a text may be ``(name, text)``."""
        for item in texts:
            name, raw = ("", item) if isinstance(item, str) else item
            yield self.annotate(raw, name=name, date=date)

    def tag(self, document: Document, date: str | None) -> None:
        """Fill entities, date, times and values: digits of names are no times, digits of both no values."""
        self.tag_entities(document)
        self.tag_times(document, date)
        self.tag_values(document)

    def tag_entities(self, document: Document) -> None:
        """Fill the entities."""
        text = document.text
        document.entities = self.gazetteer.find_entities(text, restored=document.restored_names)
        if self.open_names:
            document.entities = with_open_names(text, sentence_spans(text), document.entities, self.is_known)

    def is_known(self, name: str) -> bool:
        """True for a canonical name or an alias of the knowledge base."""
        return self.gazetteer.lookup(name) is not None

    def tag_times(self, document: Document, date: str | None) -> None:
        """Fill the document's date and the times; reads the entities."""
        document.date = (
            checked_date(date) if date else infer_document_date(document.text, entities=document.entities)
        )
        document.date_source = "given" if date else "inferred" if document.date else "none"
        document.times = find_times(document.text, document.date, entities=document.entities)

    def tag_values(self, document: Document) -> None:
        """Fill the values; reads the entities and times."""
        names = [(entity.start, entity.end) for entity in document.entities]
        blocked = sorted([*names, *((time.start, time.end) for time in document.times)])
        document.values = find_values(document.text, blocked, regional=document.is_regional)

    def find_claims(self, document: Document) -> None:
        """Fill the sentences and the claims; reads all that `tag` fills."""
        document.sentences = sentence_spans(document.text)
        document.claims = extract_claims(document, self.frames, self.owner, self.metrics)

    def owner(self, name: str) -> str | None:
        """Return the company that a product or platform belongs to, None where unknown."""
        party = self.gazetteer.lookup(name)
        parent = self.gazetteer.parent(party) if party else None
        return parent.name if parent else None
