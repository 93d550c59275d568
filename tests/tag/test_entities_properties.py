"""What holds for the entities of any text."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from ecomlink_nlp.tag.entities import Gazetteer
from ecomlink_nlp.tag.entities.overlaps import without_overlaps
from ecomlink_nlp.text.document import Entity

_NAMES = "快手|抖音|京东|淘宝|天猫|阿里|有赞|拼多多|微信|小红书|618|双11|iPhone 13|WISH|B站|北京|东城|港|毒|得到|王小明|海岳证券"
_WORDS = "的|与|、|，|。|：|《|》|“|”|（|）|记者 |作者:|来源:|创始人|分析师|表示|推出|旗下|宣布|一个|手机|上|里|İ|😀|a|9|公司|好物节"
_PIECES = [*_NAMES.split("|"), *_WORDS.split("|"), "\n"]
_TEXTS = st.lists(st.sampled_from(_PIECES), max_size=25).map("".join) | st.text(max_size=60)


@given(_TEXTS)
@settings(max_examples=300, deadline=None)
def test_entities_are_sorted_disjoint_and_inside(text: str) -> None:
    position = 0
    for entity in Gazetteer.default().find_entities(text):
        assert position <= entity.start < entity.end <= len(text)
        assert entity.name
        position = entity.end


@given(_TEXTS)
@settings(max_examples=50, deadline=None)
def test_the_same_text_gives_the_same_entities(text: str) -> None:
    gazetteer = Gazetteer.default()
    assert gazetteer.find_entities(text) == gazetteer.find_entities(text)


_SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 8)), max_size=20)


@given(_SPANS)
def test_what_overlap_resolution_drops_overlaps_something_longer_or_equal(
    spans: list[tuple[int, int]],
) -> None:
    candidates = [Entity(start, start + length, "ORG", "x") for start, length in spans]
    kept = without_overlaps(candidates)
    assert all(left.end <= right.start for left, right in pairwise(kept))
    for one in candidates:
        assert any(
            one.start < other.end and other.start < one.end and other.end - other.start >= one.end - one.start
            for other in kept
        )


def test_a_cluster_may_be_as_long_as_the_text() -> None:
    """Quadratic work on these twenty thousand would take the run's whole time."""
    cluster = [Entity(start, start + 3, "PERSON", "王丽王") for start in range(20_000)]
    assert len(without_overlaps(cluster)) == 6_667
