"""Facts in a text, normalised across languages: what survives translation.

numbers   14億, 1,4 milliard, 1.4 billion    names   OpenAI, GPT-4, Los Alamos
"""

from __future__ import annotations

import re

from workbench.facts.disagreement import Disagreement, Mention, disagreements
from workbench.facts.marks import ending, quotes
from workbench.facts.names import Name, fold, names
from workbench.facts.numbers import Quantity, numbers

__all__ = [
    "Disagreement",
    "Mention",
    "Name",
    "Quantity",
    "anchors",
    "disagreements",
    "ending",
    "fold",
    "names",
    "numbers",
    "quotes",
]

_ADDRESS = re.compile(r"(?:https?://|www\.)([^\s<>\"“”（）\u3000-\u9fff]+)", re.IGNORECASE)
# Counts so small that they are in every text.
_SMALLEST = 3


def anchors(text: str, lang: str) -> frozenset[str]:
    """Language-neutral keys of what survives translation.

    "n:1400000000" a number, "m:10" a month, "w:openai" a word of a name, "u:example.org/a" an address.
    Precise rather than complete; names are keyed word by word. Never raises; linear in the text.
    """
    found = {f"u:{match[1].rstrip('.,;:!?)/').lower()}" for match in _ADDRESS.finditer(text)}
    rest = _ADDRESS.sub(" ", text)
    found |= {_key(quantity) for quantity in numbers(rest, lang) if _tells(quantity)}
    found |= {f"w:{word}" for name in names(rest, lang) for word in name.folded.split() if len(word) > 1}
    return frozenset(found)


def _tells(quantity: Quantity) -> bool:
    return quantity.value >= _SMALLEST or bool(quantity.value % 1) or quantity.unit not in ("", "day")


def _key(quantity: Quantity) -> str:
    return f"{'m' if quantity.unit == 'month' else 'n'}:{format(quantity.value.normalize(), 'f')}"
