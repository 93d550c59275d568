"""Reading: what is text comes back exactly, and what is not is refused with file, cause and next step."""

import io
import os
from pathlib import Path

import pytest

from ecomlink_nlp.errors import ReadError
from ecomlink_nlp.text.reading import decode, read_file, read_stream

ROOT = Path(__file__).parents[2]
SIMPLIFIED = "快手发布公告说,从三月一日起,平台将不再支持第三方的商品链接。\r\n这是为了保护消费者的利益。\n"
TRADITIONAL = "快手發佈公告說,從三月一日起,平台將不再支持第三方的商品連結。\r\n這是為了保護消費者的利益。\n"


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (SIMPLIFIED.encode(), SIMPLIFIED, "utf-8"),
        (b"\xef\xbb\xbf" + SIMPLIFIED.encode(), SIMPLIFIED, "utf-8"),
        (b"\xff\xfe" + SIMPLIFIED.encode("utf-16-le"), SIMPLIFIED, "utf-16-le"),
        (b"\xfe\xff" + SIMPLIFIED.encode("utf-16-be"), SIMPLIFIED, "utf-16-be"),
        (b"\xff\xfe\0\0" + SIMPLIFIED.encode("utf-32-le"), SIMPLIFIED, "utf-32-le"),
        (SIMPLIFIED.encode("gb18030"), SIMPLIFIED, "gb18030"),
        (SIMPLIFIED.encode("gb2312"), SIMPLIFIED, "gb18030"),
        (TRADITIONAL.encode("gb18030"), TRADITIONAL, "gb18030"),
        (TRADITIONAL.encode("big5"), TRADITIONAL, "cp950"),
        (b"", "", "utf-8"),
        (b"\xef\xbb\xbf", "", "utf-8"),
        ("\ufeffa\u200b\u202e\ufffd".encode(), "a\u200b\u202e\ufffd", "utf-8"),
        (b"a\rb\r\nc\n\x85".replace(b"\x85", "\x85".encode()), "a\rb\r\nc\n\x85", "utf-8"),
    ],
)
def test_decoded_exactly(data, text, encoding):
    assert decode(data, "x") == (text, encoding)


@pytest.mark.parametrize("path", sorted(ROOT.glob("seeds/*.txt")), ids=lambda path: path.name[:3])
def test_the_seeds_survive_every_encoding_that_can_hold_them(path):
    text = path.read_bytes().decode("utf-8")
    assert decode(path.read_bytes(), "x") == (text, "utf-8")
    assert decode(text.encode("gb18030"), "x") == (text, "gb18030")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"%PDF-1.7\n\xe2\xe3", "PDF"),
        (b"PK\x03\x04abc", "ZIP archive or an Office file"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Office file"),
        (b"\x89PNG\r\n", "image"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"{\\rtf1", "RTF"),
        (b" \n<!DOCTYPE html><p>", "HTML"),
        (b"\xef\xbb\xbf<html lang='zh'>", "HTML"),
        (b"abc\0def", "NUL bytes (the first at byte 3)"),
        (SIMPLIFIED.encode("utf-16-le"), "NUL bytes"),
        (SIMPLIFIED.encode()[:-3], "cut off"),
        (SIMPLIFIED.encode()[:40] + b"\xff" + SIMPLIFIED.encode()[40:], "neither UTF-8 (byte 40"),
        (b"\xff\xfea", "not utf-16-le"),
        ("쿠팡은 한국의 전자상거래 기업이다. 이 회사는 2010년에 설립되었다.".encode("euc_kr"), "nor clearly"),
        ("メルカリは日本の電子商取引企業である。楽天市場と競争している。".encode("euc_jp"), "nor clearly"),
        ("メルカリは日本の電子商取引企業である。楽天市場と競争している。".encode("shift_jis"), "nor clearly"),
        ("Café à la crème, très naïve".encode("latin-1"), "nor clearly"),
        ("快手".encode("gb18030"), "nor clearly"),
        (os.urandom(1) + bytes(range(128, 256)) * 9, "nor clearly"),
    ],
)
def test_refused_with_cause_and_next_step(data, message):
    with pytest.raises(ReadError) as caught:
        decode(data, "docs/x.txt")
    assert message in str(caught.value)
    assert str(caught.value).startswith("docs/x.txt: ")
    assert str(caught.value).rstrip(".").split(". ")[1:], "no next step"


def test_a_named_encoding_is_obeyed():
    assert decode("快手".encode("gb18030"), "x", "gb18030") == ("快手", "gb18030")
    assert decode("이커머스".encode("euc_kr"), "x", "euc_kr") == ("이커머스", "euc_kr")
    with pytest.raises(ReadError, match="not big5 at byte"):
        decode(b"\xff\xff", "x", "big5")
    with pytest.raises(ReadError, match="no known encoding"):
        decode(b"a", "x", "klingon")


def test_files_and_streams(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(SIMPLIFIED.encode("gb18030"))
    source = read_file(path)
    assert (source.name, source.text, source.encoding) == ("a.txt", SIMPLIFIED, "gb18030")
    assert read_file(path, name="sub/a.txt").name == "sub/a.txt"
    assert read_stream(io.BytesIO(b"GMV"), "stdin").text == "GMV"


def test_what_is_no_file_is_refused(tmp_path):
    with pytest.raises(ReadError, match="is a directory"):
        read_file(tmp_path)
    with pytest.raises(ReadError, match=r"none\.txt: cannot be read: No such file"):
        read_file(tmp_path / "none.txt")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ReadError, match="no regular file"):
        read_file(tmp_path / "pipe")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_rights_is_refused(tmp_path):
    path = tmp_path / "a.txt"
    path.touch(mode=0)
    with pytest.raises(ReadError, match="Permission denied"):
        read_file(path)


def test_a_file_that_changes_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text("快手", "utf-8")

    class Growing(io.FileIO):
        """Another program appends between the looks at the file's size."""

        def read(self, size=-1):
            with open(path, "ab") as other:
                other.write(b"more")
            return super().read(size)

    monkeypatch.setattr(Path, "open", lambda self, mode: Growing(self, mode))
    with pytest.raises(ReadError, match="changed while it was read"):
        read_file(path)
