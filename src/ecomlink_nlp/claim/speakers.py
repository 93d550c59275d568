"""Who speaks: the words between the start of a clause and its verb of saying."""

import re
from dataclasses import dataclass
from functools import cache

from ecomlink_nlp.claim.discourse import Clause, Discourse
from ecomlink_nlp.claim.marks import mark_before
from ecomlink_nlp.resources import read_toml
from ecomlink_nlp.text.document import Argument, Entity

_MAX_ROLE = 24  # characters between the beginning of a role and its person
_ROLE_TRIM = re.compile(
    r"^(?:据|由|而|但|则|倒是|对此|此外|一家|一位|一名|这家|的|，|,|、|：|:)+|[的“”（(].{0,0}$"
)
_ALIAS = re.compile(r"[（(](?:化名|花名|音)[)）]")
_ORGANISATION = frozenset({"PLATFORM", "ORG", "PRODUCT"})


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker with the role as it was written; ``kind``: ``person``, ``party``, ``described`` or ``carried``."""

    argument: Argument
    role: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class _Words:
    head: re.Pattern[str]
    lead: re.Pattern[str]
    voice: re.Pattern[str]


@cache
def _words() -> _Words:
    data = read_toml("speech.toml")["speakers"]
    heads = "|".join(sorted(data["heads"], key=len, reverse=True))
    return _Words(re.compile(f"(?:{heads})(?:们)?"), re.compile(data["lead"]), re.compile(data["voices"]))


def find_speaker(discourse: Discourse, clause: Clause, start: int, end: int) -> Speaker | None:
    """Return who speaks in ``text[start:end]``, the stretch before a verb; None where nobody stands there.

    A person counts before the organisation that it belongs to, an organisation before a described speaker, unless
    the description stands behind it (接近阿里的人士).
    """
    entities = [e for e in discourse.document.entities if start <= e.start and e.end <= end]
    people = [
        e for e in entities if e.type == "PERSON" and not mark_before(discourse.text, start, e.start)[0]
    ]
    if not people:
        people = [
            e for e in entities if e.type == "PERSON" and _is_introduced(discourse.text, start, e.start)
        ]
    if people:
        return _person(discourse, people[0], start)
    described = _described(discourse, entities, start, end)
    if described is not None:
        return described
    for entity in entities:
        if entity.type in _ORGANISATION and _may_speak(discourse.text, start, entity):
            return _party(discourse, entity, end)
    for mention in clause.mentions:
        if start <= mention.start < end and mention.kind not in {"entity", "group", "thing"}:
            if mark_before(discourse.text, start, mention.start)[0] not in {"", "据"}:
                continue
            resolved = discourse.resolve(mention)
            if resolved:
                return _referred(discourse, resolved[0], mention.end, end)
    return None


def _is_introduced(text: str, start: int, offset: int) -> bool:
    return mark_before(text, start, offset)[0] in {"据", "经"}


def _may_speak(text: str, start: int, entity: Entity) -> bool:
    """A name behind 据 speaks; behind 在, 对, 与 and in 《》 it does not."""
    mark = mark_before(text, start, entity.start)[0]
    return mark in {"", "据", "由"} and text[entity.start - 1 : entity.start] != "《"


def _person(discourse: Discourse, person: Entity, start: int) -> Speaker:
    return Speaker(
        Argument("speaker", person.name, person.start, person.end),
        _role_before(discourse, person, start),
        "person",
    )


def _role_before(discourse: Discourse, person: Entity, start: int) -> str | None:
    """The role and affiliation before a name, with names in their canonical form: 抖音电商总裁."""
    begin = max(start, person.start - _MAX_ROLE)
    words, position = "", begin
    for entity in discourse.document.entities:
        if entity.end > person.start or entity.start < begin:
            continue
        words += discourse.text[position : entity.start] + entity.name
        position = entity.end
    words += discourse.text[position : person.start]
    words = re.split(r"[，,。；;：:\n年月日]", words)[-1]
    for mention in discourse.clause_at(person.start).mentions:
        if mention.kind in {"topic", "authority"} and words.startswith(mention.text):
            resolved = discourse.resolve(mention)
            if resolved:
                words = resolved[0].name + words.removeprefix(mention.text)
    words = _ROLE_TRIM.sub("", words.replace("的", "", 1) if "的" in words[:-1] else words).strip("“”「」 ")
    return words or None


def _party(discourse: Discourse, entity: Entity, end: int) -> Speaker:
    voice = _words().voice.search(discourse.text, entity.end, end)
    role = (
        voice[0]
        if voice and voice.start() - entity.end <= 2 and voice[0] not in {"方面", "电商", "平台", "公司"}
        else None
    )
    return Speaker(Argument("speaker", entity.name, entity.start, entity.end), role, "party")


def _referred(discourse: Discourse, referent: Argument, begin: int, end: int) -> Speaker:
    voice = _words().voice.search(discourse.text, begin, end)
    role = voice[0] if voice and voice[0] != "方面" else None
    argument = Argument("speaker", referent.name, referent.start, referent.end, referent.how)
    return Speaker(argument, role, "party")


def _described(discourse: Discourse, entities: list[Entity], start: int, end: int) -> Speaker | None:
    """一位不愿具名的华东大区经理, 接近阿里的人士, 义乌商家: a noun phrase that ends in a speaker's noun."""
    text, words = discourse.text, _words()
    stretch = text[start:end]
    last = None
    for match in words.head.finditer(stretch):
        last = match
        if match.end() < len(stretch) and stretch[match.end()] in "则还也在对向，, 曾就便又才都后此这表":
            break
    if last is None:
        return None
    for entity in reversed(entities):
        # 京东客服, 全联发言人: the organisation speaks through a voice
        between = text[entity.end : start + last.start()]
        if entity.type in _ORGANISATION and between in {
            "",
            "的",
            "电商",
            "方面",
            "新闻",
            "公司",
            "一名",
            "有关",
            "相关",
        }:
            return _party(discourse, entity, end) if words.voice.match(text, entity.end) or between else None
    name, begin = _phrase(discourse, entities, start, start + last.end())
    if len(name) < 2:
        return None
    return Speaker(Argument("speaker", name, begin, start + last.end(), "described"), None, "described")


def _phrase(discourse: Discourse, entities: list[Entity], start: int, end: int) -> tuple[str, int]:
    """The noun phrase before ``end`` without quantifiers and 不愿具名的, names inside in canonical form."""
    text = discourse.text
    cut = max(text.rfind(mark, start, end) for mark in "，,。；;：:\n”」")
    begin = max(start, cut + 1)
    lead = _words().lead.match(text[begin:end])
    if lead:
        begin += lead.end()
    for time in discourse.clause_at(max(begin, start)).times:
        if begin <= time.start and time.end < end:
            begin = time.end
            lead = _words().lead.match(text[begin:end])
            begin += lead.end() if lead else 0
    words, position = "", begin
    for entity in entities:
        if entity.start >= begin and entity.end <= end:
            words += text[position : entity.start] + entity.name
            position = entity.end
    return (words + text[position:end]).strip("的 "), begin
