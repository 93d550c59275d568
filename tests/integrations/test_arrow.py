"""Record batches in, record batches out: the schema, the same claims as the library, error rows."""

import pyarrow
import pytest

import ecomlink_nlp
from ecomlink_nlp.errors import FormatError
from ecomlink_nlp.integrations.arrow import Extraction, extract_batches, result_schema
from ecomlink_nlp.own_rules import OwnFile, OwnRules
from ecomlink_nlp.sources import Columns

TEXT = "3月1日,快手切断了淘宝联盟的链接。"


def batch(*rows):
    return pyarrow.RecordBatch.from_pylist(list(rows))


def test_claims_are_those_of_the_library():
    (found,) = extract_batches([batch({"id": 7, "text": TEXT, "date": "2022-03-02"})])
    (claim,) = ecomlink_nlp.extract(TEXT, date="2022-03-02", name="7").claims
    (row,) = found.to_pylist()
    assert found.schema == result_schema()
    assert (row["doc"], row["id"], row["time"], row["error"]) == ("7", claim.id, "2022-03-01", None)


@pytest.mark.parametrize("rows", ["claims", "documents", "entities"])
def test_a_failing_document_is_an_error_row(rows, monkeypatch):
    from ecomlink_nlp.pipeline import Pipeline

    real = Pipeline.annotate

    def failing(self, raw, **options):
        if "boom" in raw:
            raise RuntimeError("boom")
        return real(self, raw, **options)

    monkeypatch.setattr(Pipeline, "annotate", failing)
    came = batch(
        {"id": "a", "text": TEXT, "date": None},
        {"id": "b", "text": None, "date": None},
        {"id": "c", "text": "boom", "date": None},
        {"id": "d", "text": TEXT, "date": "soon"},
    )
    (found,) = extract_batches([came], Extraction(rows=rows))
    assert found.schema == result_schema(rows)
    errors = {row["doc"]: row["error"] for row in found.to_pylist()}
    assert errors["a"] is None
    assert "no text" in errors["b"]
    assert "internal error: RuntimeError('boom')" in errors["c"]
    assert "is no date" in errors["d"]


def test_bytes_other_columns_and_rows_without_an_id():
    came = batch({"body": ("这是我们的公告,请大家知道。" + TEXT).encode("gb18030")})
    (found,) = extract_batches([came], Extraction(Columns(text="body"), date="2022-03"))
    (row,) = found.to_pylist()
    assert (len(row["doc"]), row["time"]) == (16, "2022-03-01")


def test_a_column_that_is_not_there_is_told():
    with pytest.raises(FormatError, match="no column 'text', but: body"):
        list(extract_batches([batch({"body": TEXT})]))


def test_no_rows_give_the_schema():
    empty = pyarrow.RecordBatch.from_pylist([], schema=pyarrow.schema([("text", pyarrow.string())]))
    assert list(extract_batches([empty])) == []


def test_a_users_own_files_count():
    own = OwnRules(lexicon=OwnFile("own.tsv", "id\ttype\tname\nxyc\tORG\t喜悦茶\n"))
    (found,) = extract_batches([batch({"id": "a", "text": "喜悦茶屏蔽了抖音的链接。"})], Extraction(own=own))
    assert [row["subject"] for row in found.to_pylist()] == ["喜悦茶"]
