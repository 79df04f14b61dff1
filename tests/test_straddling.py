"""What straddles a boundary tells that there is none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.align import Options, kept
from workbench.align.evidence import Evidence
from workbench.align.scoring import WEIGHTS, Expectation, gain
from workbench.align.similarity import View
from workbench.align.straddling import Vocabulary, counterparts, straddling
from workbench.embed.lexical import rare
from workbench.wiring.beads import aligned
from workbench.wiring.evidence import Side, views, wording
from workbench.wiring.models import Models

GERMAN = [
    "Die Stadt liegt am Nordufer des Sees.",
    "Im Winter kommen kaum Gäste.",
    "Der Hafen wurde 1911 nach langem Streit eröffnet, 1924 folgte die Brücke.",
    "Sie hat drei Bögen aus Sandstein und ein Geländer aus Eisen.",
    "Die Fähre fährt jede Stunde.",
    "Eine Karte kostet vier Franken.",
    "Kinder zahlen nichts.",
    "Das Museum zeigt alte Boote.",
]
FRENCH = [
    "La ville est située sur la rive nord du lac.",
    "En hiver, il ne vient guère de visiteurs.",
    "Le port fut inauguré en 1911 après de longues disputes.",
    "Le pont, avec trois arches de grès et un garde-corps en fer, suivit en 1924.",
    "Le bac part toutes les heures.",
    "Un billet coûte quatre francs.",
    "Les enfants ne paient rien.",
    "Le musée présente de vieux bateaux.",
]


def terms(*segments: str) -> np.ndarray:
    """A column a letter, a row a segment."""
    found = np.zeros((len(segments), 26), dtype=np.float32)
    for row, letters in enumerate(segments):
        found[row, [ord(letter) - ord("a") for letter in letters]] = 1
    return found


def test_what_ends_one_side_and_begins_the_other_straddles_the_corner_between() -> None:
    found = straddling(terms("abx", "c"), terms("a", "bcx"))
    assert found[1, 1] == pytest.approx(2 - 0.6)  # b and x
    assert found[0, 0] == found[2, 2] == 0


def test_one_word_of_many_is_chance_and_one_on_both_sides_of_a_place_tells_nothing() -> None:
    half = np.float32(np.sqrt(0.5))  # of a term that is not so rare
    assert straddling(terms("ab", "c") * half, terms("a", "bc") * half)[1, 1] == 0
    assert straddling(terms("abx", "bxc"), terms("a", "bcx"))[1, 1] == 0
    assert straddling(terms("abx", "c"), terms("abx", "bcx"))[1, 1] == 0


SEGMENTS = st.lists(st.text("abcdef", max_size=4), min_size=1, max_size=6)


@given(SEGMENTS, SEGMENTS)
def test_it_is_the_same_from_either_side_and_from_the_end(src: list[str], tgt: list[str]) -> None:
    here, there = terms(*src), terms(*tgt)
    found = straddling(here, there)
    assert found.shape == (len(src) + 1, len(tgt) + 1)
    np.testing.assert_allclose(straddling(there, here).T, found)
    np.testing.assert_allclose(straddling(here[::-1], there[::-1])[::-1, ::-1], found)


def test_a_bead_pays_for_what_straddles_where_it_begins_and_where_it_ends() -> None:
    alike = View("meaning", np.eye(4, dtype=np.float32), np.eye(4, dtype=np.float32))
    sides = View("terms", terms("ax", "bcy", "d", "e"), terms("a", "bxc", "dy", "e"))
    plain, told = (
        gain(Evidence(found, Options()), Expectation((0.9, 0.9)), WEIGHTS) for found in ([alike], [alike, sides])
    )
    corners = straddling(*(terms("ax", "bcy", "d", "e"), terms("a", "bxc", "dy", "e")))
    ends = np.array([2])
    change = told(ends, 1, 1)[0, 1] - plain(ends, 1, 1)[0, 1]
    assert change == pytest.approx(WEIGHTS["straddling"] * (corners[1, 1] + corners[2, 2]), rel=1e-5)
    assert change < 0
    whole = told(np.array([3]), 3, 3)[0, 0] - plain(np.array([3]), 3, 3)[0, 0]
    assert whole == 0


def test_tokens_are_counterparts_that_are_each_others_nearest_and_alike() -> None:
    def side(*segments: dict[int, list[float]]) -> Vocabulary:
        return Vocabulary.of(
            (np.array(list(found), dtype=np.intp), np.array(list(found.values()), dtype=np.float32).reshape(-1, 3))
            for found in segments
        )

    harbour, bridge, ferry = [1.0, 0, 0], [0, 1.0, 0], [0, 0.5, 1.0]
    src = side({1: harbour, 2: bridge}, {3: ferry}, {}, {2: bridge})
    tgt = side({11: [0, 0.9, 0.1]}, {12: [0.9, 0.1, 0.1], 13: [-1.0, 0, 0.2]})
    first, ferries, empty, again = counterparts(src, tgt)[0]
    there, behind = counterparts(src, tgt)[1]
    assert len(first) == 2 and not ferries and not empty
    assert there == again and there | behind == first
    assert counterparts(src, side()) == ([set()] * 4, [])


def test_terms_that_few_segments_have_on_both_sides_are_kept() -> None:
    src = [{"1911", "the"}, {"1924", "the"}, *({"the", f"s{at}"} for at in range(8))]
    tgt = [{"1911", "the"}, {"the", "1924"}, *({"the", f"t{at}"} for at in range(8))]
    here, there = rare(src, tgt)
    assert here.shape == there.shape == (10, 2)
    assert (here[0] * there[0]).sum() > 0.5 and (here[0] * there[1]).sum() == 0
    assert [side.shape for side in rare([], [])] == [(0, 0), (0, 0)]


def test_terms_share_columns_where_there_would_be_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbench.embed.lexical._MAX_RARE", 0)
    monkeypatch.setattr("workbench.embed.lexical._FOLDED", 7)
    found = rare([{f"w{at}"} for at in range(40)], [{f"w{at}"} for at in range(40)])
    assert [side.shape for side in found] == [(40, 7), (40, 7)]
    assert ((found[0] > 0) == (found[1] > 0)).all()


def test_sentences_that_share_their_content_out_otherwise_are_one_bead() -> None:
    """The bridge is told with the harbour in German, by itself in French."""
    sides = Side(GERMAN, "de"), Side(FRENCH, "fr")
    encoders = Models().encoders(None)
    beads = kept(aligned(*sides, views(*sides, encoders), wording(*sides, encoders)).beads)
    found = [(bead.src, bead.tgt) for bead in beads]
    assert ((2, 3), (2, 3)) in found
    assert [src for src, _ in found] == [(0,), (1,), (2, 3), (4,), (5,), (6,), (7,)]
