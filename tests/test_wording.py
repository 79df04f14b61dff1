"""Likeness token by token: as counted by hand, with the real English encoder, and only where it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NoReturn

import numpy as np
import pytest

from tests.test_align import words
from tests.test_scattered import two_tellings
from workbench.align import Tokens, View, Wording, align
from workbench.align.scattered import ENGLISH, WORDING, known
from workbench.align.wording import Interaction
from workbench.embed import Pieces, TransformerEncoder, english_encoder
from workbench.evidence import Encoders, Side, wording

Sides = Mapping[str, tuple[Tokens, Tokens]]


def _tokens(texts: Sequence[str], seed: int = 3) -> Tokens:
    """A letter is a token; its vector is always the same."""
    letters = np.random.default_rng(seed).standard_normal((128, 40)).astype(np.float32)
    ids = [np.array([ord(letter) for letter in text], dtype=np.intp) for text in texts]
    return Tokens.of([(found, letters[found]) for found in ids])


def test_a_passage_told_within_a_longer_one_is_told_there() -> None:
    likeness = Interaction.of(_tokens(["abc", "xyz", ""]), _tokens(["pqarbsct", "xyq", "mn"]))(1, 1)
    assert likeness[0].argmax() == 0 and likeness[0, 0] > 2 * likeness[0, 1:].max()
    assert likeness[1].argmax() == 1 and likeness[1, 1] < likeness[0, 0]
    assert not likeness[2].any()


def test_a_short_passage_that_is_found_whole_counts_for_less_than_a_long_one() -> None:
    likeness = Interaction.of(_tokens(["abcdefgh", "k", "xyz"]), _tokens(["abcdefghij", "klmnopqr", "stu"]))(1, 1)
    assert likeness[0, 0] > 2 * likeness[1, 1] > 0


def test_a_run_is_as_alike_as_its_tokens_together_and_the_rare_ones_count_for_more() -> None:
    src, tgt = ["ab", "cde", "cc"], ["qb", "ace", "b"]
    found = Interaction.of(_tokens(src), _tokens(tgt))
    vectors = [side.vectors / np.linalg.norm(side.vectors, axis=1, keepdims=True) for side in _distinct(src, tgt)]
    rarity = {x: np.log(7 / (sum(x in text for text in (*src, *tgt)) + 0.5)) for x in "abcdeq"}
    unfound = 4 * sum(rarity[x] for text in (*src, *tgt) for x in text) / 6
    likeness = (vectors[0] @ vectors[1].T)[:5, :5]
    there, back = (
        (best * weights).sum() / (weights.sum() + unfound)
        for best, weights in (
            (likeness.max(axis=1), np.array([rarity[x] for x in "abcde"])),
            (likeness.max(axis=0), np.array([rarity[x] for x in "qbace"])),
        )
    )
    assert found(2, 2)[0, 0] == pytest.approx(max(there, back), abs=1e-5)


def _distinct(src: Sequence[str], tgt: Sequence[str]) -> tuple[Tokens, Tokens]:
    from workbench.align.wording import distinct

    sides = _tokens(src), _tokens(tgt)
    freed = distinct(sides[0].vectors, sides[1].vectors, 2)
    return tuple(Tokens(side.ids, own, side.starts) for side, own in zip(sides, freed, strict=True))  # type: ignore[return-value]


def test_the_sides_exchanged_exchange_rows_and_columns() -> None:
    src, tgt = _tokens(["ab", "cde", "", "fgh"] * 20), _tokens(["ec", "gga", "h", "ab", "cd"] * 9)
    for rows, columns in ((1, 1), (2, 3)):
        assert np.allclose(
            Interaction.of(src, tgt)(rows, columns), Interaction.of(tgt, src)(columns, rows).T, atol=1e-6
        )


NOTES = [
    "The baker lost his oven.",
    "The mayor has promised a new bridge over the river.",
    "Nobody saw the ferry coming.",
]
RECORD = [
    "The baker sells his bread to the whole street.",
    "We sat there until two, about the summer fair, about the school roof that still leaks, and he kept saying that "
    "the oven was gone for good, and then my sister called about the dog.",
    "A mayor is elected for four years.",
    "There was the music, the soup, the speeches, all those children, and yes, the river gets another bridge, she has "
    "pledged it, and then it rained and everybody ran for the tents.",
    "The ferry comes at six.",
    "I was peeling potatoes, my wife had the radio on, and no one of us noticed the ferry until the window broke, and "
    "the cat has been hiding under the bed ever since.",
]


def _encoders() -> Encoders:
    english = english_encoder()
    assert isinstance(english, TransformerEncoder)
    return Encoders(None, english, lambda lang: True, "", {"english": english.read})


def test_tokens_find_a_paraphrase_that_the_vectors_of_sentences_miss() -> None:
    encoders = _encoders()
    assert encoders.english is not None
    by_sentence = encoders.english.encode(NOTES) @ encoders.english.encode(RECORD).T
    assert by_sentence.argmax(axis=1).tolist() == [0, 3, 4]
    tokens = wording(Side(NOTES, "en"), Side(["?"] * 6, "fr", {"en": RECORD}), encoders).tokens()
    assert Interaction.of(*tokens["english"])(1, 1).argmax(axis=1).tolist() == [1, 3, 5]


def test_the_pieces_of_each_text_are_its_own() -> None:
    english = english_encoder()
    assert isinstance(english, TransformerEncoder)
    assert [len(one.ids) for one in english.read(["An oven, gone.", "", "Bridges"])] == [5, 0, 1]


def test_without_english_of_both_sides_there_are_no_tokens() -> None:
    def never(texts: Sequence[str]) -> Sequence[Pieces]:
        raise AssertionError("read without need")

    encoders = Encoders(None, None, lambda lang: True, "", {"english": never})
    assert wording(Side(["a"], "fr"), Side(["b"], "en"), encoders).tokens() == {}
    assert known(["english", "words"]) is ENGLISH and known(["english", "words"], tokens=True) is WORDING


def test_names_count_that_stand_on_either_side_in_whatever_version_and_among_the_segments_that_are_looked_at() -> None:
    src = Side(["今天很热。", "他在CERN工作。"], "zh-Hans", {"en": ["It was hot at Oslo.", "He works there."]})
    tgt = Side(["Elle vit à Oslo.", "Le CERN et GPT-4."], "fr")
    told = wording(src, tgt, Encoders(None, None, lambda lang: True, ""))
    assert told.names_in_both() == told.exchanged().names_in_both() == 2
    assert told.only(np.array([1]), np.array([0, 1])).names_in_both() == 1


def _never() -> NoReturn:
    raise AssertionError("asked without need")


def _given(n: int, m: int) -> Callable[[], Sides]:
    random = np.random.default_rng(5)
    sides = [
        Tokens.of(
            [(random.integers(90, size=4), random.standard_normal((4, 20)).astype(np.float32)) for _ in range(size)]
        )
        for size in (n, m)
    ]
    return lambda: {"english": (sides[0], sides[1])}


def test_tokens_are_asked_for_where_links_are_looked_for_in_any_order_and_nowhere_else() -> None:
    told_in_order = View("english", words(*"abcdefghijklmnop"), words(*"abcdefghijklmnop"))
    assert align([told_in_order], 16, 16, wording=Wording(_never, _never)) == align([told_in_order], 16, 16)
    views = two_tellings(shared=8)
    assert align(views, 20, 60, wording=Wording()) == align(views, 20, 60)
    assert align(views, 20, 60, wording=Wording(_given(20, 60))) != align(views, 20, 60)
    exchanged = [View(view.kind, view.tgt, view.src) for view in views]
    there = align(views, 20, 60, wording=Wording(_given(20, 60)))
    mirrored = align(exchanged, 60, 20, wording=Wording(_given(20, 60)).exchanged())
    assert {(b.src, b.tgt) for b in there.beads} == {(b.tgt, b.src) for b in mirrored.beads}
