"""The page: data stays data, and a browser shows, selects, filters and switches as it should."""

import importlib.util
import io
import json
import re
import time
from pathlib import Path
from typing import get_args

import pytest

import ecomlink_nlp
from ecomlink_nlp.cli.explaining import _WAYS
from ecomlink_nlp.record import models
from ecomlink_nlp.record.build import build_record
from ecomlink_nlp.record.html import View, write_html
from ecomlink_nlp.record.models import DocumentRecord
from ecomlink_nlp.record.raw import raw_text
from ecomlink_nlp.resources import read_tsv
from ecomlink_nlp.text.document import (
    Argument,
    Document,
    Entity,
    EventClaim,
    MetricClaim,
    StatementClaim,
    Value,
)
from ecomlink_nlp.text.edits import Alignment, Edit

_spec = importlib.util.spec_from_file_location("chromium", Path(__file__).with_name("chromium.py"))
chromium = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(chromium)
needs_browser = pytest.mark.skipif(chromium.CHROMIUM is None, reason="Chromium is not installed")

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\u202e倒\u2028\x00\ud800&lt;"
RAW = "𠮷Tik Tok封杀快手個(gè)链接。\n张三说：“抖音有3亿用户。”\n无关的一句。"


def record(name: str = "a.txt") -> DocumentRecord:
    alignment = Alignment(RAW)
    gloss = RAW.index("(gè)")
    alignment.apply(
        [
            Edit(1, 8, "Tik Tok", "抖音", "mt_brand", "brand"),
            Edit(gloss, gloss + 4, "(gè)", "", "pinyin", "gloss"),
        ]
    )
    script = alignment.text.index("個")
    alignment.apply([Edit(script, script + 1, "個", "个", "script", "t2s")])
    document = Document(name, alignment, date="2022", date_source="given")
    text, at = alignment.text, alignment.text.index
    first, second = (0, at("\n")), (at("张三"), at("\n无关"))
    document.entities = [
        Entity(1, 3, "PLATFORM", "抖音"),
        Entity(at("快手"), at("快手") + 2, "PLATFORM", "快手"),
    ]
    document.values = [Value(at("3亿"), at("3亿") + 2, "CARDINAL", 3e8)]
    quote = (at("抖音有"), at("。”"))
    document.claims = [
        EventClaim([first], "block", predicate="block_link", subject="抖音", objects=["快手"],
                   arguments=[Argument("subject", "抖音", 1, 3), Argument("object", "快手", at("快手"), at("快手") + 2)]),
        MetricClaim([second], "metric", subject="抖音", metric="users", value=3e8, source=Argument("source", "张三")),
        StatementClaim([second], "said", speaker="张三", quote=quote),
    ]  # fmt: skip
    assert text[quote[0] : quote[1]] == "抖音有3亿用户"
    return build_record(document)


def hostile() -> DocumentRecord:
    document = Document(HOSTILE, Alignment(HOSTILE))
    document.entities = [Entity(0, len(HOSTILE), "ORG", HOSTILE)]
    document.claims = [
        EventClaim([(0, len(HOSTILE))], HOSTILE, predicate="launch", subject=HOSTILE, objects=[HOSTILE])
    ]
    return build_record(document)


def page(*records: DocumentRecord) -> str:
    out = io.StringIO()
    write_html(iter(records), out)
    return out.getvalue()


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    with chromium.Browser() as browser:

        def open_page(*records: DocumentRecord, **window):
            path = tmp_path_factory.mktemp("view") / "page.html"
            path.write_text(page(*records), "utf-8")
            browser.open(path, **window)
            return browser

        yield open_page


def texts(browser, selector: str) -> list[str]:
    return browser.run(f"[...document.querySelectorAll({json.dumps(selector)})].map(e => e.textContent)")


def test_the_raw_text_comes_back_from_the_record():
    assert raw_text(record()) == RAW


def test_the_data_ends_no_script_and_loads_nothing():
    html = page(hostile(), record())
    assert html.count("</script") == html.count("<script") == 4
    assert "<img" not in html
    assert "default-src 'none'" in html
    assert not re.search(r"(?:src|href)=|url\(|@import", html.split('class="record"')[0])
    assert html.encode("utf-8")
    stored = re.findall(r'class="record" data-doc="[^"]*">(.*)</script>', html)
    assert json.loads(stored[1])["raw"] == RAW


def test_a_notebook_shows_a_sandboxed_frame():
    frame = ecomlink_nlp.view(record())._repr_html_()
    assert frame.startswith('<iframe sandbox="allow-scripts"')
    assert frame.count("<") == 2
    assert View((record(),)).html == page(record())
    assert repr(ecomlink_nlp.view(record(), record("b.txt"))) == "View(a.txt, b.txt)"


@needs_browser
def test_damage_is_struck_through_with_its_repair_beside_it(opened):
    browser = opened(record())
    assert texts(browser, "#text del") == ["Tik Tok", "(gè)"]
    assert texts(browser, "#text ins") == ["抖音"]
    assert texts(browser, "#text .entity") == ["Tik Tok", "快手"]
    assert texts(browser, "#text .conversion") == ["個"]
    browser.press("r")
    assert texts(browser, "#text .mended") == ["抖音"]
    assert browser.run("document.querySelector('#text').textContent").startswith("𠮷抖音封杀快手个⌫链接。")
    assert browser.problems == []


@needs_browser
def test_a_claim_shows_its_evidence_and_text_its_claims(opened):
    browser = opened(record())
    browser.click(".claim")
    assert "".join(texts(browser, "#text .evidence")) == RAW.split("\n")[0]
    assert texts(browser, "#text .argument") == ["Tik Tok", "快手"]
    assert texts(browser, "#text .ground") == ["Tik Tok", "抖音", "(gè)"]
    browser.click("#text .value")
    assert len(texts(browser, ".claim")) == 2
    assert "".join(texts(browser, "#text .evidence")) == RAW.split("\n")[1]
    browser.click("#everything")
    assert len(texts(browser, ".claim")) == 3


@needs_browser
def test_keys_select_claims_and_marks(opened):
    browser = opened(record())
    browser.run("document.querySelector('#claims').focus()")
    for key in ("ArrowDown", "ArrowDown", "ArrowUp"):
        browser.press(key)
    assert browser.run("document.querySelector('[aria-selected=true]').id") == "claim-0"
    browser.press("Escape")
    assert texts(browser, "[aria-selected=true]") == []
    browser.run("document.querySelector('#text').focus()")
    browser.press("ArrowRight")
    browser.press("Enter")
    assert len(texts(browser, ".claim")) == 1


@needs_browser
def test_filters_languages_and_documents(opened):
    browser = opened(record(), record("<b>.txt"))
    choose = "(e => {{ e.value = {}; e.dispatchEvent(new Event('change', {{bubbles: true}})); }})(document.querySelector({}))"
    for selector, value, left in (
        ("#kind", "metric", 1), ("#kind", "", 3), ("#predicate", "said", 1), ("#predicate", "", 3), ("#party", "张三", 2),
    ):  # fmt: skip
        browser.run(choose.format(json.dumps(value), json.dumps(selector)))
        assert len(texts(browser, ".claim")) == left
    browser.click("#language")
    assert texts(browser, "[data-view]") == ["原文", "修复后"]
    browser.run(choose.format("'1'", "'#documents'"))
    assert browser.run("document.title") == "<b>.txt"


@needs_browser
def test_hostile_text_stays_text(opened):
    browser = opened(hostile())
    browser.click(".claim")
    shown = browser.run("document.querySelector('#text').textContent")
    assert shown == HOSTILE.replace("\u202e", "U+202E").replace("\u2028", "U+2028").replace(
        "\x00", "U+0000"
    ).replace("\ud800", "\ufffd")
    assert browser.run("document.querySelectorAll('img, main script').length") == 0
    assert browser.problems == []


@needs_browser
def test_a_phone_in_the_dark_scrolls_nothing_sideways(opened):
    browser = opened(record(), width=360, height=700, scheme="dark")
    assert browser.run("document.documentElement.scrollWidth <= innerWidth")
    assert browser.run("getComputedStyle(document.body).backgroundColor") == "rgb(20, 23, 27)"
    assert browser.run(
        "document.querySelector('aside').getBoundingClientRect().top"
        " >= document.querySelector('#reading').getBoundingClientRect().bottom"
    )


@needs_browser
@pytest.mark.parametrize(
    ("scheme", "paper", "evidence", "damage"),
    [("light", "ffffff", "fff3c4", "c0262d"), ("dark", "14171b", "45400f", "ff8b8b")],
)
@pytest.mark.parametrize("size", [(800, 500), (390, 700)])
def test_screenshots_show_paper_evidence_and_damage(opened, tmp_path, scheme, paper, evidence, damage, size):
    browser = opened(record(), width=size[0], height=size[1], scheme=scheme)
    browser.click(".claim")
    shown = browser.screenshot(tmp_path / "view.png")
    assert sum(shown.values()) == size[0] * size[1]
    assert shown[tuple(bytes.fromhex(paper))] > 0.2 * size[0] * size[1]
    assert shown[tuple(bytes.fromhex(evidence))] > 500
    assert shown[tuple(bytes.fromhex(damage))] > 50


def test_all_words_of_the_records_have_labels():
    labels = {row["id"] for row in read_tsv("view/labels.tsv", ("id", "en", "zh"))}
    kinds = (
        models.Predicate,
        models.Measure,
        models.EntityType,
        models.ValueType,
        models.TimeType,
        models.RepairKind,
    )
    assert not {word for kind in kinds for word in get_args(kind)} - labels
    assert not set(_WAYS) - labels


@needs_browser
def test_a_million_characters_open_in_seconds(opened):
    line = "Tik Tok在2021年有3亿用户，快手则没有。\n"
    raw = line * (1_000_000 // len(line))
    alignment = Alignment(raw)
    starts = range(0, len(raw), len(line))
    alignment.apply([Edit(start, start + 7, "Tik Tok", "抖音", "mt_brand", "brand") for start in starts])
    document = Document("long.txt", alignment)
    length = len(line) - 5
    document.entities = [
        Entity(number * length, number * length + 2, "PLATFORM", "抖音") for number in range(len(starts))
    ]
    document.claims = [
        MetricClaim([(at, at + length - 1)], "m", subject="抖音", metric="users", value=at)
        for at in range(0, len(alignment.text), length * 10)
    ]
    built = build_record(document)
    started = time.perf_counter()
    browser = opened(built)
    browser.click(".claim", 2000)
    assert "".join(texts(browser, "#text .evidence")) == line.strip()
    assert time.perf_counter() - started < 20
