"""Text around the article: every rule by its own examples."""

import pytest

from ecomlink_nlp.repair import spam
from ecomlink_nlp.resources import read_toml
from ecomlink_nlp.text.edits import Layer

_RULES = read_toml("spam.toml")
_BODY = "第一段正文,说的是平台之间的墙。"


def _lines(key: str) -> list[tuple[str, str]]:
    return [(rule["id"], text) for rule in _RULES["lines"] for text in rule[key]]


@pytest.mark.parametrize(("rule", "line"), _lines("examples"))
def test_boilerplate_goes(rule: str, line: str) -> None:
    edits = spam.find_edits(f"{_BODY}\n{line}\n{_BODY}")
    assert [(edit.before, edit.after, edit.rule) for edit in edits] == [(line, "", rule)]


@pytest.mark.parametrize(("rule", "line"), _lines("counterexamples"))
def test_article_text_stays(rule: str, line: str) -> None:
    assert spam.find_edits(f"{_BODY}\n{line}\n{_BODY}") == [], rule


@pytest.mark.parametrize("title", _RULES["title"]["examples"])
def test_a_wrapped_title_is_freed(title: str) -> None:
    text = f"\n{title}\n{_BODY}\n"
    head = Layer(text, spam.find_edits(text)).after.strip().splitlines()[0]
    assert head
    assert head in title
    assert title.index(head) > 0


@pytest.mark.parametrize("title", _RULES["title"]["site_examples"])
def test_the_name_of_the_site_goes(title: str) -> None:
    edits = spam.find_edits(f"{title}\n{_BODY}\n")
    assert [(edit.end, edit.rule) for edit in edits] == [(len(title), "title_site")]
    assert edits[0].start > 0


@pytest.mark.parametrize("title", _RULES["title"]["counterexamples"])
def test_an_honest_title_stays(title: str) -> None:
    assert spam.find_edits(f"{title}\n{_BODY}") == []


def test_the_query_of_the_title_is_spam_where_it_comes_back() -> None:
    text = f"视频号怎么开店需要多少钱(微信拆墙,谁最着急?)\n{_BODY}\n视频号怎么开店\n{_BODY}"
    assert [edit.before for edit in spam.find_edits(text)] == [
        "视频号怎么开店需要多少钱(",
        ")",
        "视频号怎么开店",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "作者:智毅",
        "(来源:CNNIC)",
        "2021-06-22 08:40 来源:零售晚班车",
        "本文来自微信公众号:货架之外(ID:huojia2020),责任编辑:林笛",
        "图源:微博",
        "记者 何詠琳",
        "文/沈南乔",
        "一、阿里社交电商再折戟",
    ],
)
def test_bylines_and_sources_stay(line: str) -> None:
    assert spam.find_edits(f"{_BODY}\n{line}\n{_BODY}\n{_BODY}") == []
