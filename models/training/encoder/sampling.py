"""How often texts are drawn, by source and by language, and what tells equal texts."""

from __future__ import annotations

import hashlib
from fnmatch import fnmatchcase

# How often a pair is drawn, relative to others of its language: prose up, software manuals and statutes down.
SOURCE_WEIGHTS = {
    "msdocs-*": 0.3,
    "justice-canada-laws": 0.3,
    "lctt*": 2.0,
    "tatoeba*": 1.0,
    "odashi-small-enja": 1.0,
    "bitcointranscripts*": 3.0,
    "3am-captions*": 1.5,
    "hf-course": 3.0,
    "opensource-guide": 3.0,
    "cncf-glossary": 3.0,
    "w3c-wai": 2.0,
    "privacyguides": 3.0,
    "mozilla-www": 3.0,
    "wesnoth": 2.0,
    "korean-english-news-dev": 5.0,
    "cldr": 2.0,
    "osm-presets": 2.0,
    "workbench-names": 2.0,
    "*": 1.0,
}
LANGUAGE_WEIGHTS = {  # how often a batch is of a language; of any other, 1.0
    "fr": 1.0,
    "de": 1.0,
    "es": 1.0,
    "pt": 1.0,
    "zh-Hans": 1.6,
    "zh-Hant": 1.4,
    "ja": 1.6,
    "ko": 1.2,
}


def source_weight(source: str) -> float:
    """By the first pattern of SOURCE_WEIGHTS that the name of the source matches."""
    return next(weight for pattern, weight in SOURCE_WEIGHTS.items() if fnmatchcase(source, pattern))


def text_id(text: str) -> int:
    """56 bits that are the same for texts that differ in case at most."""
    return int.from_bytes(hashlib.blake2b(text.casefold().encode(), digest_size=7).digest(), "big")
