"""What a sentence has spoken of so far, while its figures are read in order."""

from dataclasses import dataclass, field

from ecomlink_nlp.claim.metrics.report_periods import Period
from ecomlink_nlp.claim.metrics.subject import Subject
from ecomlink_nlp.claim.metrics.window import Focus, Reading


@dataclass(slots=True)
class State:
    """What the sentence has spoken of so far."""

    foci: list[Focus] = field(default_factory=list)
    """The metrics read, the last one last."""
    subject: Subject | None = None
    """Whose figure the last one was: a figure without a word of its own is its too."""
    topic: Subject | None = None
    """The last party that owned a figure: a new metric without a subject is its."""
    levels: list[tuple[Reading, Subject]] = field(default_factory=list)
    """The levels read, which a list of growths (分别增长6%和17%) takes up."""
    before: Subject | None = None
    """The topic of the sentence with figures before, where this one names nobody."""
    yoy: bool = False
    """与去年同期相比 opened the sentence."""
    year: Period | None = None
    """The whole year that 全年 made the period of the last figure: the next one without a time is of it too."""
    shifted: bool = False
    """A figure moved from one level to another."""
