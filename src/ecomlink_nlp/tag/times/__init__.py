"""Times: dates, periods, clock times and lengths, found and resolved."""

from ecomlink_nlp.tag.times.find import find_times

__all__ = ["find_times"]
