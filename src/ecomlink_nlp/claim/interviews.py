"""Interviews: the answers between the questions are what the one who is interviewed said."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator

from ecomlink_nlp.claim.discourse import Discourse
from ecomlink_nlp.claim.speaker_roles import role_of
from ecomlink_nlp.claim.speakers import Speaker
from ecomlink_nlp.text.document import Argument, Entity

_QUESTION = re.compile(
    r"(?m)^[ \u3000]*(?:问|Q\d*|记者|主持人|本报|提问|[^\s，。：:]{2,8}(?:报|网|财经|新闻|周刊|记者))[ \u3000]*[：:]"
)
_ANSWER = re.compile(r"(?m)^[ \u3000]*(?:答|A\d*|回答)[ \u3000]*[：:][ \u3000]*")
_LABEL = re.compile(r"(?m)^[ \u3000]*(?:问|答|Q\d*|A\d*|记者|主持人|本报|提问|回答)[ \u3000]*[：:]")
_INTRODUCED = re.compile("专访|对话|采访|访问|访谈|对谈|面对面|请教|做客|答问")
_INTRODUCTION = 40  # characters around a name in which it is said to be interviewed
_MIN_ANSWER = 2  # characters


def answers(discourse: Discourse) -> Iterator[tuple[int, int]]:
    """Yield the spans of the answers of an interview: each runs to the next line with a label, over its own lines.

    The span starts behind the label and ends with the last character before the next one that is no white space.
    """
    text = discourse.text
    if _QUESTION.search(text) is None:
        return
    labels = [match.start() for match in _LABEL.finditer(text)]
    for match in _ANSWER.finditer(text):
        following = bisect_right(labels, match.start())
        end = labels[following] if following < len(labels) else _paragraph_end(text, match.end())
        while end > match.end() and text[end - 1].isspace():
            end -= 1
        if end - match.end() >= _MIN_ANSWER:
            yield match.end(), end


def interviewee(discourse: Discourse) -> Speaker | None:
    """Return who is interviewed: the person named next to 专访 or 对话, else the one named most before the questions."""
    text, first = discourse.text, _LABEL.search(discourse.text)
    people = [e for e in discourse.document.entities if e.type == "PERSON" and not _asks(text, e)]
    before = [e for e in people if first is None or e.start < first.start()] or people
    if not before:
        return None
    introduced = [e for e in before if _INTRODUCED.search(text, max(0, e.start - _INTRODUCTION), e.start)]
    counts = Counter(e.name for e in introduced or before)
    name = counts.most_common(1)[0][0]
    mentions = [e for e in before if e.name == name]
    role = next((role for e in mentions if (role := role_of(discourse, e, 0)) is not None), None)
    person = (introduced or mentions)[0]
    person = next(e for e in mentions if e.name == name) if person.name != name else person
    return Speaker(Argument("speaker", name, person.start, person.end, "topic"), role, "person")


def _asks(text: str, person: Entity) -> bool:
    """True for the reporter: 采訪／簡毓文, 记者程知夏."""
    return (
        re.search(
            r"(?:采访|访问|撰文|文|记者|编辑|作者)[／/｜|：:\s]{0,2}$",
            text[max(0, person.start - 5) : person.start],
        )
        is not None
    )


def _paragraph_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end
