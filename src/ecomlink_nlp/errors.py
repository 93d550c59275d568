"""The errors that users see: each says what failed, why, and what to do next."""


class EcomlinkError(Exception):
    """Root of all errors that this package raises on purpose."""


class ReadError(EcomlinkError):
    """A file or a text could not be read."""


class ResourceError(EcomlinkError):
    """A lexicon, rule file or user's own TSV/TOML row is wrong; the message names file and row."""


class GoldError(EcomlinkError):
    """A gold file does not fit its document or the annotation guide."""


class FormatError(EcomlinkError):
    """A file of another tool's format cannot be read or written."""


class ExtraError(EcomlinkError):
    """An optional package is not installed."""
