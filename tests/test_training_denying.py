"""The recipe for what tells that the other side of a pair denies."""

from __future__ import annotations

import random

import numpy as np

from models.training.corpora import Pair
from models.training.facts.denying import Seen, drawn, examples, joined, lines, told, weighed, weights
from workbench.facts.denying import ALWAYS
from workbench.facts.negation import WEIGHTS

NOUNS = "Hafen Turm Garten Keller Bahnhof Markt Wald Strand".split()  # noqa: SIM905
PAIRS = [
    pair
    for noun in NOUNS * 8
    for pair in (
        Pair(f"Der {noun} ist nicht offen.", f"The {noun} is not open.", "tatoeba"),
        Pair(f"Nicht nur der {noun} ist offen.", f"The {noun} is open as well.", "tatoeba"),
        Pair(f"Im {noun} ist Rauchen untersagt.", f"You must not smoke in the {noun}.", "tatoeba"),
        Pair(f"Der {noun} hat keine Tür.", f"The {noun} lacks a door.", "tatoeba"),
        *[Pair(f"Der {noun} liegt am Fluss.", f"The {noun} is by the river.", "tatoeba")] * 9,
    )
]


def test_what_other_languages_deny_or_leave_out_is_learned() -> None:
    german, english = examples(PAIRS, "de", random.Random(0))
    instead = weights(german["instead"], 50)
    assert instead["untersagt"] > 0 > instead[ALWAYS]
    beside = weights(german["beside"], 50)
    assert beside["also"] < 0 < beside["denial"]
    table = lines({"de": german, "en": joined([english, english])})
    rows = [row.split("\t") for row in table.splitlines()]
    assert {tuple(row[:2]) for row in rows[1:]} == {
        (model, lang) for model in ("beside", "instead") for lang in ("de", "en")
    }
    assert float(next(row[3] for row in rows if row[1:3] == ["en", "lacks"])) > 0
    assert {len(row) for row in rows} == {4}


def test_prose_kept_back_is_not_learned_from() -> None:
    pairs = [Pair(f"Satz {at}", f"This sentence, number {at}, has nine words in it.", "tatoeba") for at in range(4000)]
    some = list(drawn(pairs, random.Random(0)))
    assert 0 < len(some) < len(pairs) / 2


def test_weights_tell_changed_pairs_from_others() -> None:
    rng = np.random.default_rng(0)
    unchanged, changed = ([list(row) for row in rng.normal(mean, 1, (200, len(WEIGHTS)))] for mean in (-1, 1))
    of = Seen("toy", [*unchanged, None], changed)
    learned = weighed([of])
    assert all(learned[:-1] > 0)
    assert told(of, learned).startswith("1.0: ")
