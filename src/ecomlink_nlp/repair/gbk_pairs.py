"""Which pairs of bytes are a character of GBK."""

from functools import cache


@cache
def is_character(first: int, second: int) -> bool:
    """Return whether GBK has a character of these two bytes; its user-defined area and its gaps have none.

    >>> is_character(0xBF, 0xEC), is_character(0xAA, 0xA1)
    (True, False)
    """
    try:
        bytes((first, second)).decode("gbk")
    except UnicodeDecodeError:
        return False
    return True
