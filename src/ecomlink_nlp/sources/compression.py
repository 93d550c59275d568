"""Files as streams of bytes, unpacked where their suffix says so (``.gz``, ``.zst``), with clear errors."""

import gzip
import io
import stat
import zlib
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self, cast

from ecomlink_nlp.errors import ExtraError, ReadError
from ecomlink_nlp.text.reading import SourceText, decode, read_file

LONGEST = 64 * 2**20
"""Bytes of one text in a table, an archive or a packed file: more is a fault or an attack."""
_BLOCK = 2**16
_PIECE = 2**10
"""Packed bytes unpacked at a time: Zstandard makes at most 32 MiB of them."""


def unpacked_name(name: str) -> str:
    """Return a file name without the suffix of a compression.

    >>> unpacked_name("a.jsonl.gz"), unpacked_name("b.ZST"), unpacked_name("c.txt")
    ('a.jsonl', 'b', 'c.txt')
    """
    return name[: -len(Path(name).suffix)] if Path(name).suffix.lower() in (".gz", ".zst") else name


class UnpackedFile(io.RawIOBase):
    """The bytes of a file, unpacked; ``position`` is how many bytes of the file itself were read.

    Raises `ReadError` where the file is damaged, `ExtraError` for ``.zst`` without zstandard.
    """

    def __init__(self, path: Path) -> None:
        self.position = 0
        self._path = path
        self._file: BinaryIO = io.BytesIO()  # for `close`, which is called where opening fails too
        self._damage: tuple[type[Exception], ...] = (OSError, EOFError, zlib.error)
        try:
            if not stat.S_ISREG(path.stat().st_mode):
                raise ReadError(f"{path}: is no regular file. Unpack it, or name the files in it.")
            self._file = path.open("rb")
        except OSError as error:
            raise ReadError(
                f"{path}: cannot be read: {error.strerror}. Check the path and its rights."
            ) from error
        self._stream = self._unpacking()

    def _unpacking(self) -> BinaryIO:
        suffix = self._path.suffix.lower()
        if suffix == ".gz":
            return gzip.GzipFile(fileobj=self._file)  # type: ignore[return-value]
        if suffix != ".zst":
            return self._file
        try:
            import zstandard
        except ImportError as error:
            self._file.close()
            raise ExtraError(
                "zstandard is not installed. Install it with: pip install 'ecomlink-nlp[zstd]'"
            ) from error
        self._damage += (zstandard.ZstdError,)
        return cast(BinaryIO, _ZstandardStream(self._file, zstandard.ZstdDecompressor().decompressobj))

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]
        """Fill the buffer; return how many bytes came."""
        try:
            data = self._stream.read(len(buffer))
            self.position = self._file.tell()
        except self._damage as error:
            raise ReadError(
                f"{self._path}: cannot be read on: {error or type(error).__name__}. Fetch the file again."
            ) from error
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close the file."""
        if not self.closed:
            self._file.close()
        super().close()


class _ZstandardStream:
    """The bytes of Zstandard frames, one after the other; a file that ends within a frame raises `EOFError`.

    zstandard's own reader ends without a word there, and rows would be lost.
    """

    def __init__(self, file: BinaryIO, start_frame: Callable[[], Any]) -> None:
        self._file = file
        self._start_frame = start_frame
        self._frame: Any = None
        self._unpacked = io.BytesIO()
        self._packed = b""

    def read(self, size: int) -> bytes:
        """Return at least one byte and at most ``size``; none at the end."""
        while not (data := self._unpacked.read(size)):
            self._packed = self._packed or self._file.read(_PIECE)
            if not self._packed:
                if self._frame is not None:
                    raise EOFError("the file ends before its last frame does")
                return b""
            self._frame = self._frame or self._start_frame()
            self._unpacked = io.BytesIO(self._frame.decompress(self._packed))
            self._packed = b""
            if self._frame.eof:
                self._packed, self._frame = self._frame.unused_data, None
        return data


class Unpacked:
    """A context that gives the buffered bytes of a file and says how far it was read."""

    def __init__(self, path: str) -> None:
        self._raw = UnpackedFile(Path(path))
        self.stream = cast(io.BufferedReader, io.BufferedReader(self._raw, _BLOCK))

    @property
    def position(self) -> int:
        """Bytes of the file that were read."""
        return self._raw.position

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stream.close()


def read_text_file(path: Path, name: str, encoding: str | None = None) -> SourceText:
    """Read a file that is one text, packed or not. Raises `ReadError`."""
    if unpacked_name(path.name) == path.name:
        return read_file(path, name, encoding)
    with Unpacked(str(path)) as file:
        data = file.stream.read(LONGEST + 1)
    if len(data) > LONGEST:
        raise ReadError(
            f"{path}: unpacks to more than {LONGEST >> 20} MiB. Unpack it, and split it into texts."
        )
    text, found = decode(data, str(path), encoding)
    return SourceText(name, text, found)
