"""A return after a break: what reads as a new partnership restores links where links had been cut."""

import re
from collections.abc import Sequence

from ecomlink_nlp.claim.situation import Owner
from ecomlink_nlp.text.document import EventClaim

_AGAIN = re.compile(r"恢复|重新|重启|再度|又")


def mark_returns(events: Sequence[EventClaim], owner: Owner, text: str) -> None:
    """Turn partner claims that say 恢复 or 重新 into ``restore_link`` where the document tells of a block before.

    A block of a company's product (淘宝联盟) counts for the company (淘宝).
    """
    for position, event in enumerate(events):
        if event.predicate != "partner" or event.polarity == "negated":
            continue
        trigger = next(a for a in event.arguments if a.role == "trigger")
        if trigger.start is None or trigger.end is None:
            continue
        if not _AGAIN.search(text, max(0, trigger.start - 14), trigger.end):
            continue
        blocked = {
            name
            for earlier in events[:position]
            if earlier.predicate == "block_link"
            and earlier.subject == event.subject
            and earlier.polarity == "affirmed"
            for name in earlier.objects
        }
        blocked |= {company for name in blocked if (company := owner(name))}
        if blocked & set(event.objects):
            event.predicate = "restore_link"
            event.rule += "+return"
