"""Whether a figure is reached, aimed at, guessed or denied."""

import re

from ecomlink_nlp.claim.discourse import COMPANY_TYPES, Clause, Discourse
from ecomlink_nlp.claim.metrics.constructions import constructions
from ecomlink_nlp.claim.metrics.order import clauses_back
from ecomlink_nlp.claim.metrics.quantities import Quantity
from ecomlink_nlp.claim.metrics.subject import Subject
from ecomlink_nlp.text.document import Polarity, Status

_ADDRESS_REACH = 8  # characters between 对 and a number of people spoken to
# 对到场的六百名商家说: an audience is no figure of the speaker's
_ADDRESSED = re.compile("[名位家个]?[^，。；,;：:的]{1,6}?(?:说|表示|称|讲|喊话|坦言|透露|宣布|放话|强调)")
_TARGET_REACH = 14  # characters between 比 and the target
_BESIDE_TARGET = re.compile("(?:比|较|高于|低于|超过|超出|超额)[^，。；,;]*$")
_FORECASTER_REACH = 3  # characters between a forecaster and 预计


class Outlook:
    """Reads status and polarity in one document."""

    def __init__(self, discourse: Discourse) -> None:
        self._discourse = discourse
        self._text = discourse.text

    def claims_nothing(self, clause: Clause, quantity: Quantity) -> bool:
        """True in questions and behind conditions, which claim nothing."""
        words, text = constructions(), self._text
        end = self._discourse.document.sentences[clause.sentence][1]
        if text[end - 1] in "？?" or text[end - 2 : end] in {"？”", "？」"}:
            return True
        if (
            text.rfind("对", max(clause.start, quantity.start - _ADDRESS_REACH), quantity.start) >= 0
            and _ADDRESSED.match(text, quantity.end, end) is not None
        ):
            return True
        for earlier in self._scope(clause):
            match = words.conditional.search(text, earlier.start, min(earlier.start + 4, earlier.end))
            if match or text.find("谁先", earlier.start, quantity.start) >= 0:
                return True
        return False

    def polarity(self, clause: Clause, quantity: Quantity) -> Polarity:
        """Return ``negated`` behind 未达到 and the like."""
        found = constructions().negated_end.search(self._text, clause.start, quantity.start)
        return "negated" if found else "affirmed"

    def status(self, clause: Clause, quantity: Quantity, subject: Subject) -> Status:
        """Return whether the figure is actual, planned or possible."""
        words, text = constructions(), self._text
        for earlier in self._scope(clause):
            limit = quantity.start if earlier is clause else earlier.end
            if words.possible.search(text, earlier.start, limit):
                return "possible"
            expected = None
            for match in words.expected.finditer(text, earlier.start, limit):
                if self._expects(match):
                    expected = match
            if expected is not None:
                return self._expected(earlier, expected.start(), subject)
            if any(self._expects(match) for match in words.planned.finditer(text, earlier.start, limit)):
                return "planned"
        return "actual"

    def _expects(self, match: re.Match[str]) -> bool:
        if match[0] == "将":
            return self._future(match.end())
        if match[0] == "目标" and _BESIDE_TARGET.search(
            self._text, max(0, match.start() - _TARGET_REACH), match.start()
        ):
            return False  # 比1.3万亿元的目标高出一成: a target only compared with
        # 不如预期, 好于预期, 超出预期 look back
        return match[0] != "预期" or self._text[match.start() - 1] not in "如于超合及过出"

    def _future(self, offset: int) -> bool:
        """True where 将 at ``offset`` is the future, not the object marker (将门店由800家增至900家)."""
        return constructions().future.match(self._text, offset) is not None

    def _expected(self, clause: Clause, offset: int, subject: Subject) -> Status:
        """Planned where the party itself expects it, possible where somebody else does."""
        start = self._discourse.document.sentences[clause.sentence][0]
        before = self._text[start:offset]
        names = [e for e in clause.entities if e.end <= offset and offset - e.end <= _FORECASTER_REACH]
        if names and names[-1].type in COMPANY_TYPES:
            return "planned" if names[-1].name in {subject.name, subject.name.split("的")[0]} else "possible"
        if constructions().forecaster.search(before) and not before.endswith(subject.name):
            return "possible"
        return "planned"

    def _scope(self, clause: Clause) -> list[Clause]:
        """The clause and those before it in its sentence, back to a semicolon or colon, nearest first."""
        found = []
        for earlier in clauses_back(self._discourse, clause):
            if earlier.sentence != clause.sentence:
                break
            if earlier is not clause and self._text[earlier.end - 1] in "；;":
                break
            found.append(earlier)
        return found
