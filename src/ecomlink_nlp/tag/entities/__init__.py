"""Entities: who and what is named, from a knowledge base and from patterns."""

from ecomlink_nlp.tag.entities.gazetteer import Gazetteer
from ecomlink_nlp.tag.entities.parties import Party, read_parties

__all__ = ["Gazetteer", "Party", "read_parties"]
