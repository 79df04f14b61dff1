"""Likeness token by token: as counted by hand, with the real English encoder, and only where it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NoReturn

import numpy as np
import pytest

from tests.test_align import words
from tests.test_scattered import two_tellings
from workbench.align import Tokens, View, Wording, align
from workbench.align.scattered import DRAFT, ENGLISH, MEANING, TOKENS, WORDING, WORDS, known
from workbench.align.similarity import unit
from workbench.align.wording import Interaction, distinct
from workbench.embed import Pieces, TransformerEncoder, english_encoder
from workbench.wiring.evidence import Encoders, Side, wording
from workbench.wiring.models import Models


def _tokens(texts: Sequence[str], seed: int = 3) -> Tokens:
    """A letter is a token; its vector and its weight are always the same."""
    letters = np.random.default_rng(seed).standard_normal((128, 40)).astype(np.float32)
    ids = [np.array([ord(letter) for letter in text], dtype=np.intp) for text in texts]
    return Tokens.of([(found, letters[found], np.float32(found % 5 + 1)) for found in ids])


def test_a_passage_told_within_a_longer_one_is_told_there() -> None:
    likeness = Interaction.of(_tokens(["abc", "xyz", ""]), _tokens(["pqarbsct", "xyq", "mn"]))(1, 1)
    assert likeness[0].argmax() == 0 and likeness[0, 0] > 2 * likeness[0, 1:].max()
    assert likeness[1].argmax() == 1 and likeness[1, 1] < likeness[0, 0]
    assert not likeness[2].any()


def test_a_side_without_any_token_is_compared_and_matches_nothing() -> None:
    assert not Interaction.of(_tokens(["the mill", "burns"]), _tokens(["", "", ""]))(1, 1).any()


def test_a_short_passage_that_is_found_whole_counts_for_less_than_a_long_one() -> None:
    likeness = Interaction.of(_tokens(["abcdefgh", "k", "xyz"]), _tokens(["abcdefghij", "klmnopqr", "stu"]))(1, 1)
    assert likeness[0, 0] > 2 * likeness[1, 1] > 0


def test_a_run_is_as_alike_as_its_tokens_together_and_rare_and_weighty_ones_count_for_more() -> None:
    src, tgt = ["ab", "cde", "cc"], ["qb", "ace", "b"]
    sides = _tokens(src), _tokens(tgt)
    found = Interaction.of(*sides)
    vectors = [side.vectors / np.linalg.norm(side.vectors, axis=1, keepdims=True) for side in _distinct(src, tgt)]
    weight = {x: (ord(x) % 5 + 1) * np.log(7 / (sum(x in text for text in (*src, *tgt)) + 0.5)) for x in "abcdeq"}
    unfound = 4 * sum(weight[x] for text in (*src, *tgt) for x in text) / 6
    likeness = (vectors[0] @ vectors[1].T)[:5, :5]
    there, back = (
        (best * weights).sum() / (weights.sum() + unfound)
        for best, weights in (
            (likeness.max(axis=1), np.array([weight[x] for x in "abcde"])),
            (likeness.max(axis=0), np.array([weight[x] for x in "qbace"])),
        )
    )
    assert found(2, 2)[0, 0] == pytest.approx(max(there, back), abs=1e-5)


def _distinct(src: Sequence[str], tgt: Sequence[str]) -> tuple[Tokens, Tokens]:
    from workbench.align.wording import distinct

    sides = _tokens(src), _tokens(tgt)
    freed = distinct(sides[0].vectors, sides[1].vectors, 2)
    return tuple(Tokens(side.ids, own, side.weights, side.starts) for side, own in zip(sides, freed, strict=True))  # type: ignore[return-value]


def test_what_rounding_leaves_of_tokens_that_all_have_the_same_is_nothing() -> None:
    rng = np.random.default_rng(0)
    sides = (np.tile(rng.normal(size=(2, 16)), (12, 1)) + rng.normal(size=(24, 16)) * 1e-7 for _ in range(2))
    src, tgt = (unit(side.astype(np.float32)) for side in sides)
    assert not any(side.any() for side in distinct(src, tgt, 2))
    assert all(side.any(axis=1).all() for side in distinct(src, tgt, 1))


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
    tokens = wording(Side(NOTES, "en"), Side(["?"] * 6, "fr", {"en": RECORD}), encoders).tokens
    assert Interaction.of(*tokens["english"]())(1, 1).argmax(axis=1).tolist() == [1, 3, 5]


def test_the_pieces_of_each_text_are_its_own() -> None:
    english = english_encoder()
    assert isinstance(english, TransformerEncoder)
    assert [len(one.ids) for one in english.read(["An oven, gone.", "", "Bridges"])] == [5, 0, 1]


def test_tokens_are_read_in_languages_that_their_reader_knows() -> None:
    def letters(texts: Sequence[str]) -> Sequence[Pieces]:
        ones = np.ones((9, 1), dtype=np.float32)
        return [Pieces(np.array([ord(x) for x in text]), ones[: len(text)], ones[: len(text), 0]) for text in texts]

    encoders = Encoders(None, None, lambda lang: lang in ("fr", "en"), "", {"english": letters, "meaning": letters})
    french, dutch = Side(["a"], "fr", {"en": ["b"]}), Side(["c"], "nl")
    assert wording(french, dutch, encoders).tokens == {}
    found = wording(french, Side(["c"], "nl", {"en": ["d"]}), encoders).tokens
    assert {kind: [side.ids.tolist() for side in read()] for kind, read in found.items()} == {
        "english": [[ord("b")], [ord("d")]],
        "meaning": [[ord("a")], [ord("d")]],
    }
    for one, other in ((french, Side(["c"], "nl", draft=["e"])), (Side(["a"], "fr", draft=["e"]), Side(["d"], "en"))):
        rough = wording(one, other, encoders).tokens["draft"]()
        assert {chr(side.ids[0]) for side in rough} == {"e", "b" if one is french else "d"}


def test_a_draft_has_a_line_for_each_segment() -> None:
    with pytest.raises(ValueError, match="2 segments but 1 translations into en"):
        Side(["a", "b"], "fr", draft=["a"])


def test_what_is_rare_in_both_finds_a_passage_across_languages_without_any_translation() -> None:
    encoders = Models().encoders()
    report = [
        "La ministre a promis un pont sur la rivière.",
        "Le boulanger a perdu son four dans l'incendie.",
        "La ville veut reconstruire.",
    ]
    transcript = [
        "大家好，欢迎来到我们的城市。",
        "城市必须重建，这是我们大家的愿望，也是城市的愿望。",
        "大火之后，我们街上的面包师连烤箱都没有了。",
        "河上会有一座新的桥，部长亲口说的。",
    ]
    tokens = wording(Side(report, "fr"), Side(transcript, "zh-Hans"), encoders).tokens
    assert Interaction.of(*tokens["meaning"]())(1, 1).argmax(axis=1).tolist() == [3, 2, 1]


def test_what_is_at_hand_decides_which_weights_count() -> None:
    assert known(["english", "words"]) is ENGLISH and known(["english", "words"], ["english", "meaning"]) is WORDING
    assert known(["meaning"]) is MEANING and known(["meaning"], ["meaning"]) is TOKENS
    assert known(["meaning"], ["draft", "meaning"]) is DRAFT
    assert known(["words", "meaning"], ["draft", "meaning"]) is WORDS

    def read() -> tuple[Tokens, Tokens]:
        return _tokens(["a"]), _tokens(["b"])

    assert [*WORDING.read({"english": read, "meaning": _never})] == ["english"]
    assert [*TOKENS.read({"english": _never, "meaning": read})] == ["meaning"]
    assert [*DRAFT.read({"draft": read, "meaning": read})] == ["draft", "meaning"]
    unread = {"english": _never, "meaning": _never}
    assert not MEANING.read(unread) and not ENGLISH.read(unread)


def test_names_count_that_stand_on_either_side_in_whatever_version_and_among_the_segments_that_are_looked_at() -> None:
    src = Side(["今天很热。", "他在CERN工作。"], "zh-Hans", {"en": ["It was hot at Oslo.", "He works there."]})
    tgt = Side(["Elle vit à Oslo.", "Le CERN et GPT-4."], "fr")
    told = wording(src, tgt, Encoders(None, None, lambda lang: True, ""))
    assert told.names_in_both() == told.exchanged().names_in_both() == 2
    assert told.only(np.array([1]), np.array([0, 1])).names_in_both() == 1


def _never() -> NoReturn:
    raise AssertionError("asked without need")


def _given(n: int, m: int) -> dict[str, Callable[[], tuple[Tokens, Tokens]]]:
    random = np.random.default_rng(5)
    sides = [
        Tokens.of(
            [
                (
                    random.integers(90, size=4),
                    random.standard_normal((4, 20)).astype(np.float32),
                    np.ones(4, np.float32),
                )
                for _ in range(size)
            ]
        )
        for size in (n, m)
    ]
    return dict.fromkeys(("english", "meaning"), lambda: (sides[0], sides[1]))


def test_tokens_are_asked_for_where_links_are_looked_for_in_any_order_and_nowhere_else() -> None:
    told_in_order = View("english", words(*"abcdefghijklmnop"), words(*"abcdefghijklmnop"))
    unasked = Wording(dict.fromkeys(("english", "draft", "meaning"), _never), _never)
    assert align([told_in_order], 16, 16, wording=unasked) == align([told_in_order], 16, 16)
    views = two_tellings(shared=8)
    unread, there = (align(views, 20, 60, wording=wording) for wording in (Wording(), Wording(_given(20, 60))))
    assert unread == align(views, 20, 60) != there
    exchanged = [View(view.kind, view.tgt, view.src) for view in views]
    mirrored = align(exchanged, 60, 20, wording=Wording(_given(20, 60)).exchanged())
    assert {(b.src, b.tgt) for b in there.beads} == {(b.tgt, b.src) for b in mirrored.beads}
