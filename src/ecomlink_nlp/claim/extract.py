"""All claims of a document: statements, events and metrics, with their sources, each once."""

from ecomlink_nlp.claim.attribution import find_attributions, innermost_source
from ecomlink_nlp.claim.denials import find_denials
from ecomlink_nlp.claim.discourse import Discourse
from ecomlink_nlp.claim.events import find_events
from ecomlink_nlp.claim.frames import FrameSet
from ecomlink_nlp.claim.merge import merge_claims
from ecomlink_nlp.claim.metrics import find_metrics
from ecomlink_nlp.claim.metrics.lexicon import MetricLexicon
from ecomlink_nlp.claim.repeats import find_repeats
from ecomlink_nlp.claim.returns import mark_returns
from ecomlink_nlp.claim.situation import Owner
from ecomlink_nlp.claim.statements import find_statements
from ecomlink_nlp.text.document import Claim, Document


def extract_claims(
    document: Document, frames: FrameSet, owner: Owner, lexicon: MetricLexicon | None = None
) -> list[Claim]:
    """Return the document's claims in reading order; ``owner`` names the company that a product belongs to.

    Statements come first, since events and metrics inside reported words take the speaker as their source.
    Denials need those sources, returns need the events before them, and merging comes last.
    """
    discourse = Discourse(document)
    statements = find_statements(discourse)
    attributions = find_attributions(discourse, statements)
    events = find_events(discourse, frames, owner)
    events += find_repeats(discourse, events)
    metrics = find_metrics(discourse, lexicon)
    for claim in (*events, *metrics):
        anchor = next(
            (a.start for a in claim.arguments if a.role in {"trigger", "value"} and a.start is not None), None
        )
        if claim.source is None and anchor is not None:
            claim.source = innermost_source(attributions, anchor)
    events += find_denials(discourse, events, statements, owner)
    mark_returns(events, owner, document.text)
    return sorted(merge_claims([*statements, *events, *metrics]), key=lambda claim: claim.evidence[0])
