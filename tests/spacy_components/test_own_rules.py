"""Files of the user's own in the library and in the spaCy pipeline; the wrong ones are named by row."""

from pathlib import Path

import pytest
import spacy

import ecomlink_nlp as ecom
from ecomlink_nlp.errors import ResourceError
from ecomlink_nlp.own_rules import OwnRules
from ecomlink_nlp.record.build import build_record
from ecomlink_nlp.record.models import DocumentRecord

FILES = {
    "lexicon": "id\ttype\tname\nxyc\tORG\t喜悦茶\n",
    "artefacts": "id\tcanonical\tforms\nxyc\t喜悦茶\tHappy Tea|快乐的茶\n",
    "frames": 'predicate = "praise"\nsubject = ["ORG", "PLATFORM"]\nobjects = ["PRODUCT"]\n'
    '[[trigger]]\nid = "praise"\nwords = ["夸赞"]\n'
    '[[example]]\ntext = "京东夸赞微信小店。"\nclaims = ["京东 > 微信小店"]\n',
    "metrics": '[[metric]]\nid = "refunds"\nname = "refunds"\ntakes = ["count"]\nwords = ["退货件数"]\n',
}
NAMES = {"lexicon": "l.tsv", "artefacts": "a.tsv", "frames": "f.toml", "metrics": "m.toml"}
TEXT = "2022年3月1日，Happy Tea夸赞了微信小店。快乐的茶的退货件数达5万件。"
WRONG = [
    ("lexicon", "id\ttype\tname\nx\tSHOP\t某店\n", "row 'x': type 'SHOP'"),
    ("artefacts", "id\tcanonical\tforms\nx\t喜茶\t\n", "row 'x' has no forms"),
    ("artefacts", "id\tcanonical\tforms\nx\t喜茶店\t喜茶\n", "row 'x': the form '喜茶' stands in '喜茶店'"),
    ("artefacts", "id\tcanonical\tforms\tneed\nx\t喜茶\tHi\tmuch\n", "row 'x': need 'much' is no number"),
    ("artefacts", "id\tcanonical\tforms\tafter\nx\t喜茶\tHi\t(\n", "row 'x': after is no regular expression"),
    ("artefacts", "id\tcanonical\tforms\tkind\nx\t喜茶\tHi\tbrand\n", "row 'x': kind 'brand'"),
    ("artefacts", "id\tcanonical\tforms\tcolour\nx\t喜茶\tHi\tred\n", "unknown column colour"),
    ("frames", FILES["frames"].replace('["夸赞"]', '"夸赞"'), "trigger 1 'praise': words is no list"),
    ("frames", FILES["frames"].replace('"PRODUCT"', '"THING"'), "frame 'praise': objects 'THING'"),
    ("frames", FILES["frames"].replace("praise", "夸赞"), "predicate '夸赞' is no name"),
    ("frames", FILES["frames"].replace("[[trigger]]", '[[trigger]]\npolarity = "no"'), "polarity 'no'"),
    ("frames", FILES["frames"].replace("[[trigger]]", "[[trigger]]\ncolour = 1"), "unknown key colour"),
    ("frames", 'predicate = "x"\nsubject = ["ORG"]\nobjects = ["ORG"]\n', "frame 'x': trigger is missing"),
    ("frames", "predicate = [", "f.toml: not valid TOML"),
    ("metrics", FILES["metrics"].replace('"count"', '"weight"'), "metric 'refunds': takes 'weight'"),
    ("metrics", FILES["metrics"].replace("退货件数", "成交额"), "metric 'refunds': the word '成交额' already"),
    ("metrics", FILES["metrics"] + 'counts = "none_such"\n', "metric 'refunds': counts 'none_such'"),
    ("metrics", FILES["metrics"].replace("words", "wrods"), "metric 'refunds': unknown key wrods"),
    ("metrics", FILES["metrics"].replace("id = ", "ident = "), "metric 1 has no id"),
]  # fmt: skip


@pytest.fixture
def paths(tmp_path: Path) -> dict[str, Path]:
    for what, text in FILES.items():
        (tmp_path / NAMES[what]).write_text(text, encoding="utf-8")
    return {what: tmp_path / name for what, name in NAMES.items()}


def said(record: DocumentRecord) -> list[tuple[str | None, ...]]:
    return [
        (claim.subject, claim.predicate, *claim.objects)
        if claim.kind == "event"
        else (claim.subject, claim.metric)
        for claim in record.claims
        if claim.kind != "statement"
    ]


def test_each_file_adds_what_it_holds(paths: dict[str, Path]) -> None:
    record = build_record(OwnRules.read(**paths).pipeline().annotate(TEXT))
    assert said(record) == [("喜悦茶", "praise", "微信小店"), ("喜悦茶", "refunds")]
    assert [repair.text for repair in record.repairs] == ["Happy Tea", "快乐的茶"]
    assert said(ecom.extract(TEXT)) == []


def test_they_go_to_disk_with_the_spacy_pipeline(paths: dict[str, Path], tmp_path: Path) -> None:
    nlp = ecom.load(**paths)
    nlp.to_disk(tmp_path / "model")
    data = nlp.to_bytes()
    expected = nlp(TEXT)._.record
    assert len(expected.claims) == 2
    for path in paths.values():
        path.unlink()
    assert spacy.load(tmp_path / "model")(TEXT)._.record == expected

    assert spacy.util.load_model_from_config(nlp.config).from_bytes(data)(TEXT)._.record == expected
    assert [doc._.record for doc in nlp.pipe([TEXT, TEXT], n_process=2)] == [expected, expected]


@pytest.mark.parametrize(("what", "text", "message"), WRONG)
def test_wrong_rows_are_named(tmp_path: Path, what: str, text: str, message: str) -> None:
    path = tmp_path / NAMES[what]
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ResourceError) as error:
        ecom.load(**{what: path})
    assert str(error.value).startswith(str(path))
    assert message in str(error.value)


def test_a_row_with_the_id_of_a_packaged_one_replaces_it(tmp_path: Path) -> None:
    path = tmp_path / "m.toml"
    path.write_text(
        '[[metric]]\nid = "gmv"\nname = "turnover"\ntakes = ["money"]\nwords = ["成交额"]\n', "utf-8"
    )
    document = OwnRules.read(metrics=path).pipeline().annotate("2021年快手成交额达6亿元。")
    assert [claim.metric for claim in document.claims] == ["turnover"]
