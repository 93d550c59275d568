"""Metrics: figures with what they measure, whose it is and for when."""

from ecomlink_nlp.claim.metrics.reader import find_metrics

__all__ = ["find_metrics"]
