"""Clauses, who they are about and when: the ground that events, metrics and statements stand on.

Notes for a newcomer. Chinese drops subjects freely, so most of the work of a claim is knowing whom a clause
is about. The rules here are few and by position: the first mention of a clause that no preposition marks is its
subject, with the names coordinated to it; a clause without one takes it over from the clause before (of the
same sentence, then of the sentence before). Referring words (它, 该公司, 前者, 双方) are looked up among the mentions
before them. Each answer says how it was found (`Argument.how`), and claims lose score with each step.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from ecomlink_nlp.claim.marks import mark_before
from ecomlink_nlp.resources import read_toml
from ecomlink_nlp.text.document import Argument, Document, Entity, Time, Value
from ecomlink_nlp.text.sentences import clause_spans

PARTY_TYPES = frozenset({"PLATFORM", "ORG", "PRODUCT", "PERSON"})
COMPANY_TYPES = frozenset({"PLATFORM", "ORG", "PRODUCT"})
_GOVERNMENT = re.compile(r"(?:局|部|委|院|署|会|所)$")
# A clause of time or reason sets the scene and passes no topic on: 失去快手的支撑之后,
_SUBORDINATE = re.compile(r"(?:之后|以后|后|之前|以前|之际|之时|时|期间|的同时|以来)[，,]?$")
# Clauses that are looked back over: bounds the work on text that never ends a sentence.
_FARTHEST = 60
_AFFILIATION = re.compile(r"的?(?:旗下|所属|所在|所有|名下|背后|麾下|创办|创立|执掌|运营的|控股|母公司|子公司|孙公司|全资子公司|关联公司|运营方|运营公司|创始人|老板)")
_ROLE_END = re.compile(r"[，,、。；;：:和与及]|[对向将把被在]")
_MAX_ROLE = 14  # characters of a role between a company and its person: 电商业务高级副总裁
_MAX_BEFORE_GROUP = (
    6  # characters: 不少, 一位不愿具名的 is longer and found by the statements' own speaker rules
)
# The questions and answers of an interview open their lines: 问：, 答：, Q：
_INTERVIEW = re.compile(r"(?m)^\s*(?:问|答|Q\d*|A\d*|记者|主持人)\s*[：:]")
_QUOTES = {"“": "”", "‘": "’", "「": "」", "『": "』"}


@dataclass(frozen=True, slots=True)
class Mention:
    """A possible subject or object: an entity, a described group or a referring word."""

    start: int
    end: int
    text: str
    kind: str
    """``entity``, ``group`` or the anaphor class: ``topic``, ``generic``, ``former``, ``latter``, ``both``, …"""
    entity: Entity | None = None


@dataclass(slots=True)
class Clause:
    """A stretch between commas, with what is tagged in it."""

    index: int
    start: int
    end: int
    sentence: int
    paragraph: int
    quoted: bool
    entities: list[Entity] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Words:
    coordinator: re.Pattern[str]
    mention: re.Pattern[str]
    anaphor: dict[str, str]
    time_base: re.Pattern[str]
    base_words: frozenset[str]
    groups: frozenset[str]
    member: re.Pattern[str]


@cache
def _words() -> _Words:
    data = read_toml("discourse.toml")
    anaphor = {word: kind for kind, words in data["anaphors"].items() if kind != "kinds" for word in words}

    def alternatives(words: list[str]) -> str:
        return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))

    return _Words(
        coordinator=re.compile(
            rf"[”’」』》\s]*(?:App|APP|app|平台|电商|网)?(?:{alternatives(data['subject']['coordinators'])})[“‘「『《\s]*"
        ),
        # 这家特卖电商 refers like 这家公司, whatever stands between.
        mention=re.compile(
            rf"{alternatives([*anaphor, *data['subject']['groups']])}"
            rf"|(?P<kind_of>这家[\u4e00-\u9fff]{{1,6}}?(?:{alternatives(data['anaphors']['kinds'])}))"
        ),
        anaphor=anaphor,
        time_base=re.compile(rf"(?:{alternatives(data['time']['bases'])})$"),
        base_words=frozenset(data["time"]["base_words"]),
        groups=frozenset(data["subject"]["groups"]),
        member=re.compile(
            rf"的?(?:{alternatives(data['subject']['members'])})(?!数|量|规模|增长|渗透|体验|评价|服务)"
        ),
    )


class Discourse:
    """The clauses of a document with subjects, referents and times resolved on demand."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.clauses: list[Clause] = []
        self._starts: list[int] = []
        self._subjects: dict[int, list[Argument] | None] = {}
        self._own: dict[int, list[Argument]] = {}
        self.is_interview = len(_INTERVIEW.findall(document.text)) > 1
        self._by_sentence: list[list[Clause]] = [[] for _ in document.sentences]
        self.types: dict[str, str] = {}
        for entity in document.entities:
            self.types.setdefault(entity.name, entity.type)
        self.known_platforms = {
            e.name for e in document.entities if e.type == "PLATFORM" and e.id is not None
        }
        self._build()

    def _build(self) -> None:
        text, document = self.text, self.document
        quoted = _quoted_spans(text)
        entities, values, times = iter(document.entities), iter(document.values), iter(document.times)
        entity, value, time = next(entities, None), next(values, None), next(times, None)
        paragraph, previous_end = 0, 0
        for number, (start, end) in enumerate(document.sentences):
            if "\n" in text[previous_end:start]:
                paragraph += 1
            previous_end = end
            for clause_start, clause_end in clause_spans(text, start, end):
                clause = Clause(
                    len(self.clauses),
                    clause_start,
                    clause_end,
                    number,
                    paragraph,
                    _inside(quoted, clause_start),
                )
                while entity is not None and entity.start < clause_end:
                    clause.entities.append(entity)
                    entity = next(entities, None)
                while value is not None and value.start < clause_end:
                    clause.values.append(value)
                    value = next(values, None)
                while time is not None and time.start < clause_end:
                    clause.times.append(time)
                    time = next(times, None)
                clause.mentions = self._mentions(clause)
                self.clauses.append(clause)
                self._by_sentence[number].append(clause)
                self._starts.append(clause_start)

    def _mentions(self, clause: Clause) -> list[Mention]:
        words = _words()
        mentions: list[Mention] = []
        for e in clause.entities:
            member = words.member.match(self.text, e.end, clause.end) if e.type in COMPANY_TYPES else None
            if member is None:
                mentions.append(Mention(e.start, e.end, e.name, "entity", e))
            else:  # 淘宝商家 are a group, not 淘宝
                mentions.append(Mention(e.start, member.end(), self.text[e.start : member.end()], "group"))
        taken = [(mention.start, mention.end) for mention in mentions]
        for match in words.mention.finditer(self.text, clause.start, clause.end):
            if any(start < match.end() and end > match.start() for start, end in taken):
                continue
            kind = "topic" if match["kind_of"] else words.anaphor.get(match[0], "group")
            if kind == "group" and any(start == match.end() for start, _ in taken):
                continue  # 老股东阿里巴巴: the noun only describes the name behind it
            if _is_part_of_word(self.text, match.start(), match.end(), match[0]):
                continue
            mentions.append(Mention(match.start(), match.end(), match[0], kind))
        mentions.sort(key=lambda mention: mention.start)
        return mentions

    def clause_at(self, offset: int) -> Clause:
        """Return the clause that holds the character at ``offset`` (or the nearest one before it)."""
        return self.clauses[max(0, bisect_right(self._starts, offset) - 1)]

    def before(self, clause: Clause) -> Iterator[Clause]:
        """Yield the clauses before ``clause``, the nearest first, as far back as anything is looked for."""
        for index in range(clause.index - 1, max(-1, clause.index - 1 - _FARTHEST), -1):
            yield self.clauses[index]

    def sentence_clauses(self, sentence: int) -> list[Clause]:
        """Return the clauses of a sentence, in order."""
        return self._by_sentence[sentence]

    # Subjects

    def is_marked(self, mention: Mention | Entity, start: int) -> bool:
        """True where a preposition between ``start`` and the mention gives it another role than subject."""
        return mark_before(self.text, start, mention.start) != ("", "")

    def coordinated(self, clause: Clause, mention: Mention) -> list[Mention]:
        """Return the mention with those coordinated to its right: 京东、淘宝和天猫, and names in a row (淘宝天猫)."""
        group = [mention]
        for other in clause.mentions:
            if other.start < group[-1].end or other.entity is None:
                continue
            if _is_party(other) != _is_party(group[-1]):
                break
            between = self.text[group[-1].end : other.start]
            if between and not _words().coordinator.fullmatch(between):
                break
            group.append(other)
        return group

    def explicit_subject(self, clause: Clause, before: int | None = None) -> list[Argument] | None:
        """Return who stands as subject in the clause itself, left of ``before``; None where nobody does."""
        limit = clause.end if before is None else before
        groups = self.unmarked_groups(clause, limit)
        for position, group in enumerate(groups):
            if position + 1 < len(groups) and self.is_apposed(group[-1], groups[position + 1][0]):
                continue
            arguments = [argument for member in group for argument in self.resolve(member)]
            if arguments:
                return arguments
        return None

    def unmarked_groups(self, clause: Clause, limit: int) -> list[list[Mention]]:
        """Return the parties left of ``limit`` that no preposition marks, coordinated ones together."""
        groups: list[list[Mention]] = []
        done = 0
        for mention in clause.mentions:
            if mention.start >= limit:
                break
            if mention.start < done:
                continue
            group = [member for member in self.coordinated(clause, mention) if member.end <= limit]
            done = group[-1].end if group else mention.end
            if mention.entity is not None and mention.entity.type not in PARTY_TYPES:
                continue
            if mention.kind in {"generic", "group"} and not self._opens(clause, mention):
                continue
            if group and not self.is_marked(mention, clause.start):
                groups.append(group)
        return groups

    def is_apposed(self, first: Mention | Entity, second: Mention | Entity) -> bool:
        """True where ``second`` is the one meant: 阿里旗下淘小铺, 其母公司Uber, 抖音大主播小杨哥."""
        between = self.text[first.end : second.start]
        if _AFFILIATION.match(between):
            return True
        entity = second if isinstance(second, Entity) else second.entity
        is_person = entity is not None and entity.type == "PERSON"
        return is_person and len(between) <= _MAX_ROLE and not _ROLE_END.search(between)

    def _opens(self, clause: Clause, mention: Mention) -> bool:
        """True where only times, numbers and a few characters stand before the mention in its clause."""
        length = mention.start - clause.start
        spans = [(t.start, t.end) for t in clause.times] + [(v.start, v.end) for v in clause.values]
        length -= sum(end - start for start, end in spans if end <= mention.start)
        return length <= _MAX_BEFORE_GROUP

    def subject_of(self, clause: Clause, before: int | None = None) -> list[Argument] | None:
        """Return whom the clause is about: its own subject, else the one carried over; None where unknown.

        ``before`` bounds the search in the clause itself (the place of the verb). A list, since subjects are
        coordinated (腾讯和红杉中国); each `Argument` has role ``subject`` and says how it was found.
        """
        own = self.explicit_subject(clause, before)
        if own is not None:
            return own
        return self._carried(clause)

    def _carried(self, clause: Clause) -> list[Argument] | None:
        if clause.index in self._subjects:
            return self._subjects[clause.index]
        self._subjects[clause.index] = None  # a guard while referents are resolved
        found: list[Argument] | None = None
        group: list[Argument] | None = None
        for earlier in self.before(clause):
            if earlier.sentence != clause.sentence:
                break
            subject = self.explicit_subject(earlier)
            if subject and self.is_named(subject):
                found = subject
                break
            group = group or subject
        # A described group passes its place on only where the sentence names nobody.
        found, how = found or group, "carried"
        if found is None:
            found, how = self._topic_before(clause), "topic"
        if found is not None:
            found = [Argument(a.role, a.name, a.start, a.end, how) for a in found]
        self._subjects[clause.index] = found
        return found

    def _topic_before(self, clause: Clause) -> list[Argument] | None:
        """The first subject of the nearest earlier sentence that has one, at most three sentences back."""
        for sentence in range(clause.sentence - 1, max(-1, clause.sentence - 4), -1):
            for earlier in self._clauses_of(sentence):
                found = self.explicit_subject(earlier)
                if found and self.is_named(found):
                    return found
        return None

    @staticmethod
    def is_named(subject: list[Argument]) -> bool:
        """True where the subject is a name or refers to one, False for a described group (用户, 商家)."""
        return any(argument.name not in _words().groups for argument in subject)

    def _clauses_of(self, sentence: int) -> list[Clause]:
        start = self.document.sentences[sentence][0]
        first = bisect_right(self._starts, start) - 1
        found = []
        for index in range(first, len(self.clauses)):
            if self.clauses[index].sentence != sentence:
                break
            found.append(self.clauses[index])
        return found

    # Referents

    def resolve(self, mention: Mention) -> list[Argument]:
        """Return what a mention refers to: itself for a name or group, the referents of a referring word."""
        if mention.kind in {"entity", "group"}:
            return [Argument("subject", mention.text, mention.start, mention.end)]
        names = self._referents(mention)
        if not names and mention.text == "法院":
            return [Argument("subject", mention.text, mention.start, mention.end)]
        return [Argument("subject", entity.name, entity.start, entity.end, "anaphor") for entity in names]

    def _referents(self, mention: Mention) -> list[Entity]:
        if mention.kind == "we":
            return self._employer(mention)
        earlier = self._parties_before(mention.start, 3)
        if not earlier:
            return []
        if mention.kind == "other":
            clause = self.clause_at(mention.start)
            own = {argument.name for argument in self.subject_of(clause, mention.start) or []}
            return [e for e in earlier if e.type in COMPANY_TYPES and e.name not in own][-1:]
        if mention.kind in {"former", "latter", "both"}:
            # The pair was named before this clause; its own names are news about the pair.
            own_clause = self.clause_at(mention.start)
            pair = self._last_pair([entity for entity in earlier if entity.start < own_clause.start])
            if len(pair) < 2:
                pair = self._last_pair(earlier)
            if mention.kind == "both":
                return pair
            if len(pair) < 2:
                return pair
            return [pair[0] if mention.kind == "former" else pair[1]]
        if mention.kind == "speaker":
            people = [entity for entity in earlier if entity.type == "PERSON"]
            return people[-1:]
        if mention.text == "平台" and not self._opens(self.clause_at(mention.start), mention):
            return [entity for entity in earlier if entity.type == "PLATFORM"][-1:]
        if mention.kind in {"thing", "platform"}:
            types = {"PLATFORM"} if mention.kind == "platform" else {"PLATFORM", "PRODUCT"}
            return [entity for entity in earlier if entity.type in types][-1:]
        if mention.kind == "authority":
            kind = mention.text.removeprefix("该")
            bodies = [e for e in earlier if e.type == "ORG" and (e.name.endswith(kind) or len(kind) > 1)]
            return bodies[-1:]
        return self._salient(mention, [e for e in earlier if e.type in COMPANY_TYPES])

    def _employer(self, mention: Mention) -> list[Entity]:
        """Who 我们 are: in reported words the company of the speaker, in an interview that of its first person."""
        clause = self.clause_at(mention.start)
        if self.is_interview:
            return next(([company] for c in self.clauses for company in self._employers(c)), [])
        if not clause.quoted:
            return []
        sentence = self.sentence_clauses(clause.sentence)
        nearest = sorted(sentence, key=lambda c: abs(c.index - clause.index))
        earlier = [c for c in self.before(clause) if c.paragraph == clause.paragraph]
        return next(([company] for c in (*nearest, *earlier) for company in self._employers(c)), [])

    def _employers(self, clause: Clause) -> Iterator[Entity]:
        """The companies that stand before a person with a role: 京东零售总裁辛利军."""
        if clause.quoted:
            return
        for first, second in pairwise(clause.entities):
            if first.type in COMPANY_TYPES and second.type == "PERSON" and self.is_apposed(first, second):
                yield first

    def _salient(self, mention: Mention, candidates: list[Entity]) -> list[Entity]:
        """The subject of an earlier clause of this sentence, else of the sentence before, else the last party."""
        clause = self.clause_at(mention.start)
        names = {entity.name: entity for entity in candidates}
        found = None
        for earlier in self.before(clause):
            if earlier.sentence < clause.sentence - 2:
                break
            if _SUBORDINATE.search(self.text, earlier.start, earlier.end):
                continue
            subject = next((a.name for a in self._own_subject(earlier) if a.name in names), None)
            if subject is not None:
                if earlier.sentence == clause.sentence:
                    return [names[subject]]
                # the first subject of the nearest earlier sentence is its topic
                if found is not None and self.clause_at(found.start).sentence > earlier.sentence:
                    break
                found = names[subject]
        if found is not None:
            return [found]
        return candidates[-1:]

    def _own_subject(self, clause: Clause) -> list[Argument]:
        """The explicit subject of a clause, kept, since referring words ask for it again and again."""
        if clause.index not in self._own:
            self._own[clause.index] = []  # a guard while referents are resolved
            self._own[clause.index] = self.explicit_subject(clause) or []
        return self._own[clause.index]

    def _parties_before(self, offset: int, sentences: int) -> list[Entity]:
        clause = self.clause_at(offset)
        found: list[Entity] = []
        start = self.document.sentences[max(0, clause.sentence - sentences)][0]
        for index in range(max(0, bisect_right(self._starts, start) - 1), clause.index + 1):
            found += [e for e in self.clauses[index].entities if e.end <= offset and e.type in PARTY_TYPES]
        return found

    def _last_pair(self, earlier: list[Entity]) -> list[Entity]:
        """The pair that 双方, 前者 and 后者 speak of: the last two coordinated companies, else the last one and the
        subject of its clause, else the last two.

        Government bodies mediate between a pair, and a name behind 在 or 从 is a place: neither belongs to one.
        """
        companies = [
            entity
            for entity in earlier
            if entity.type in COMPANY_TYPES
            and not (entity.type == "ORG" and _GOVERNMENT.search(entity.name))
            and self.text[entity.start - 1 : entity.start] not in {"在", "从", "于"}
        ]
        if len(companies) < 2:
            return companies
        last, previous = companies[-1], companies[-2]
        between = self.text[previous.end : last.start]
        if previous.name != last.name and _words().coordinator.fullmatch(between):
            return [previous, last]
        by_name = {entity.name: entity for entity in companies[:-1] if entity.name != last.name}
        for argument in self.subject_of(self.clause_at(last.start), last.start) or []:
            if argument.name in by_name:
                return [by_name[argument.name], last]
        distinct = [last]
        for entity in reversed(companies):
            if entity.name != last.name:
                distinct.insert(0, entity)
                break
        return distinct

    # Times

    def time_of(self, clause: Clause, near: int | None = None) -> tuple[Time, str] | None:
        """Return when the clause holds and how that is known: ``stated`` in it, or from its ``sentence``.

        ``near`` is the place of the verb or value: of several times the last one before it wins. Bases of
        comparison (较去年同期) and durations do not count.
        """
        own = self._point_in(clause, near)
        if own is not None:
            return own, "stated"
        for earlier in self.before(clause):
            if earlier.sentence != clause.sentence:
                break
            found = self._point_in(earlier, None)
            if found is not None:
                return found, "sentence"
        return None

    def _point_in(self, clause: Clause, near: int | None) -> Time | None:
        points = [time for time in clause.times if time.type != "DURATION" and not self.is_base(time)]
        if not points:
            return None
        if near is not None:
            before = [time for time in points if time.start < near]
            if before:
                return before[-1]
        return points[0]

    def is_future(self, time: Time) -> bool:
        """True where the time begins after the document's date; False where that cannot be told."""
        date = self.document.date
        begin = time.interval[0] if time.interval and time.interval[0] else time.timex
        if date is None or time.type == "DURATION" or not begin[:4].isdigit():
            return False
        length = min(len(begin), len(date))
        return begin[:length] > date[:length] and (
            time.interval is not None or begin[4:6] not in {"-W", "-Q", "-H", "-S"}
        )

    def is_base(self, time: Time) -> bool:
        """True for a time that only serves as the base of a comparison (较去年同期增长)."""
        words = _words()
        if self.text[time.start : time.end] in words.base_words:
            return True
        return words.time_base.search(self.text, max(0, time.start - 3), time.start) is not None and (
            self.text[time.end : time.end + 3].startswith(
                ("增", "相比", "高", "低", "下", "多", "少", "上", "减", "的")
            )
        )


def _is_party(mention: Mention) -> bool:
    """True for companies, products and people, which are never coordinated with places and campaigns."""
    return mention.entity is None or mention.entity.type in PARTY_TYPES


def _is_part_of_word(text: str, start: int, end: int, word: str) -> bool:
    """True where a short referring word is only a piece of a longer one (其他, 其中, 公司法, 吉他)."""
    if word == "其":
        return text[end : end + 1] in "他它中实次余间后" or text[start - 1 : start] in "尤极"
    if word in {"他", "她", "它"}:
        return text[start - 1 : start] in "其吉" or text[end : end + 1] in "们"
    if word == "对方":
        return text[end : end + 1] == "面"
    if word in {"公司", "平台", "集团"}:
        return start > 0 and ("一" <= text[start - 1] <= "鿿")
    return False


def _quoted_spans(text: str) -> list[tuple[int, int]]:
    """Spans between paired Chinese quotation marks, outermost only."""
    spans: list[tuple[int, int]] = []
    close, start = "", 0
    for match in re.finditer("[“”‘’「」『』\n]", text):
        mark = match[0]
        if mark == "\n":
            close = ""
        elif not close and mark in _QUOTES:
            close, start = _QUOTES[mark], match.end()
        elif mark == close:
            spans.append((start, match.start()))
            close = ""
    return spans


def _inside(spans: list[tuple[int, int]], offset: int) -> bool:
    index = bisect_right(spans, (offset, 1 << 60)) - 1
    return index >= 0 and spans[index][0] <= offset < spans[index][1]
