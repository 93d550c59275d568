"""Makes a statement of who spoke and what was said: its evidence, role, time and score."""

import re

from ecomlink_nlp.claim.discourse import Discourse
from ecomlink_nlp.claim.places import Places
from ecomlink_nlp.claim.speaker_roles import role_of
from ecomlink_nlp.claim.speakers import Speaker
from ecomlink_nlp.claim.speakers_before import PRONOUN, person_before
from ecomlink_nlp.text.document import Argument, StatementClaim, Time

MAX_ADVERBS = 14  # characters between a comma and the verb that still name nobody
_COST = {"described": 0.95, "anaphor": 0.9, "carried": 0.8, "topic": 0.7}
_BEFORE_TIME = "“「当早在于自至（( "
_PLAN = re.compile("没|不|计划|拟|将|给出|预计|打算|准备")


class StatementMaker:
    """Makes the statements of one document."""

    def __init__(self, discourse: Discourse) -> None:
        self.discourse = discourse
        self.text = discourse.text
        self.places = Places(discourse)
        self.last: tuple[int, Speaker] | None = None
        self.roles: dict[str, str] | None = None

    def claim(self, speaker: Speaker, quote: tuple[int, int], verb: int, construction: str) -> StatementClaim:
        """Return the claim that ``speaker`` said the words of the span ``quote``; ``verb`` is where the text says so."""
        discourse = self.discourse
        self.places.used.add(quote[0])
        clause = discourse.clause_at(verb)
        self.last = (clause.sentence, speaker)
        evidence = [discourse.document.sentences[clause.sentence]]
        first, last = discourse.clause_at(quote[0]).sentence, discourse.clause_at(quote[1] - 1).sentence
        evidence += [s for s in discourse.document.sentences[first : last + 1] if s != evidence[0]]
        found = self._time(speaker, verb, quote)
        claim = StatementClaim(
            evidence,
            rule=f"statement/{construction}",
            time=found[0].timex if found else None,
            time_how=found[1] if found else "",
            speaker=speaker.argument.name,
            role=speaker.role or self._known_role(speaker),
            quote=quote,
            source=speaker.medium,
            score=round(0.95 * _COST.get(speaker.argument.how, 1.0), 4),
        )
        claim.arguments = [speaker.argument, Argument("quote", self.text[quote[0] : quote[1]], *quote)]
        if found is not None:
            claim.arguments.append(Argument("time", found[0].timex, found[0].start, found[0].end, found[1]))
        return claim

    def named_by_pronoun(self, found: Speaker | None, start: int, end: int) -> Speaker | None:
        """Return who 他 or 她 in ``[start, end)`` is: a person without a tag counts before nobody and before those further off."""
        text = self.text
        words = text[start:end].strip("，, ”」")
        if PRONOUN.match(words) is None or (found is not None and found.argument.how != "anaphor"):
            return found
        clause = self.discourse.clause_at(end - 1)
        recent = person_before(self.discourse, clause)
        if recent is None or recent.argument.start is None:
            return found
        known = found.argument.start if found is not None else None
        return recent if known is None or known < recent.argument.start else found

    def _known_role(self, speaker: Speaker) -> str | None:
        """The role that another mention of the person gives."""
        if self.roles is None:
            self.roles = {}
            for entity in self.discourse.document.entities:
                if entity.type == "PERSON" and entity.name not in self.roles:
                    role = role_of(self.discourse, entity, 0)
                    if role is not None:
                        self.roles[entity.name] = role
        return self.roles.get(speaker.argument.name)

    def _time(self, speaker: Speaker, verb: int, quote: tuple[int, int]) -> tuple[Time, str] | None:
        """When it was said: a time in the verb's clause, else one that opens an earlier clause up to a semicolon."""
        discourse = self.discourse
        clause = discourse.clause_at(verb)
        found = discourse.time_of(clause, verb)
        if found is None or quote[0] <= found[0].start < quote[1]:
            return None
        time, _ = found
        if clause.start <= time.start < clause.end:
            return found
        home = discourse.clause_at(time.start)
        if ";" in self.text[time.end : clause.start] or "；" in self.text[time.end : clause.start]:
            return None
        lead = self.text[home.start : time.start]
        opens = not lead.strip(_BEFORE_TIME)
        said = speaker.argument.start
        same = (
            said is not None
            and home.start <= said < home.end
            and len(lead) <= MAX_ADVERBS
            and not _PLAN.search(lead)
        )
        return found if opens or same else None
