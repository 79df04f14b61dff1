"""Pairs of prose that nobody tuned on."""

from __future__ import annotations

from models.training.corpora import Pair
from models.training.facts.prose import prose

ENGLISH = "This sentence, number {}, has more than eight words in it."
PAIRS = [Pair(f"Satz {at}", ENGLISH.format(at), source) for source in ("tatoeba", "lctt") for at in range(2000)]


def test_the_halves_share_no_stretch_of_a_text() -> None:
    read, kept = ({(pair.source, pair.foreign) for pair in prose(PAIRS, 0, half)} for half in (False, True))
    assert read.isdisjoint(kept)
    assert len(read | kept) == len(PAIRS)
    assert min(len(read), len(kept)) > 400


def test_no_source_outweighs_another() -> None:
    first = list(prose(PAIRS, 0, kept=False))[:100]
    assert {source: sum(pair.source == source for pair in first) for source in ("lctt", "tatoeba")} == {
        "lctt": 50,
        "tatoeba": 50,
    }


def test_what_is_no_sentence_stays_out() -> None:
    odd = [
        Pair("Datei öffnen", "Open file", "tatoeba"),
        Pair("Ruf `f` auf", "Call the function `f` with no more than two arguments.", "hf-course"),
        Pair("Satz", ENGLISH, "msdocs-docs"),
    ]
    assert list(prose(odd, 0, kept=False)) + list(prose(odd, 0, kept=True)) == []
