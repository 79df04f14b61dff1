"""The recipe for the weights of beads: right sums, and what tells right beads from wrong is learned."""

from __future__ import annotations

from pathlib import Path
from random import Random

import numpy as np
import pytest

from models.training.alignment.fusion import Sample, Source, between, expectations, main, trained, windows
from workbench.align import View, measured
from workbench.align.evaluation import BeadIndices, GoldDocument, format_bead
from workbench.align.posterior import Ways

SIZES = [(1, 1), (1, 2), (2, 1)]
GOLD: list[BeadIndices] = [((0,), (0,)), ((1,), (1, 2)), ((2, 3), (3,)), ((4,), (4,)), ((5,), ()), ((6,), (5,))]
GERMAN = [
    "Der Hafen war zugefroren.",
    "Im Januar kamen die Schiffe zurück, und die Händler öffneten ihre Läden.",
    "Niemand sprach.",
    "Der Wind blieb still.",
    "Am Abend brannte das Haus des Bürgermeisters.",
    "Ein Hund bellte.",
    "Wer hatte das Feuer gelegt?",
]
FRENCH = [
    "Le port était gelé.",
    "En janvier les navires revinrent.",
    "Les marchands ouvrirent leurs boutiques.",
    "Personne ne parlait et le vent restait calme.",
    "Le soir, la maison du maire brûla.",
    "Qui avait mis le feu ?",
]


def _paths(scores: np.ndarray, null: float, i: int, j: int) -> dict[frozenset[tuple[int, int, int]], float]:
    """Every way from the start to a corner: its beads, and its total."""
    if not i and not j:
        return {frozenset(): 0.0}
    found = {}
    for row, column in ((i - 1, j), (i, j - 1)):
        if row >= 0 and column >= 0:
            found.update({beads: total - null for beads, total in _paths(scores, null, row, column).items()})
    for index, (rows, columns) in enumerate(SIZES):
        if rows <= i and columns <= j:
            for beads, total in _paths(scores, null, i - rows, j - columns).items():
                found[beads | {(i, index, j)}] = total + scores[i, index, j]
    return found


def test_sums_over_all_ways_agree_with_counting_them_and_with_what_beads_are_believed_by() -> None:
    scores = np.random.default_rng(0).normal(size=(4, len(SIZES), 4)).astype(np.float32)
    weights = {beads: np.exp(total) for beads, total in _paths(scores, 0.3, 3, 3).items()}
    log_sum, likely = expectations(scores, SIZES, 0.3)
    assert log_sum == pytest.approx(np.log(sum(weights.values())), abs=1e-5)
    for index, (rows, columns) in enumerate(SIZES):
        for end, last in np.ndindex(4 - rows, 4 - columns):
            bead = end + rows, index, last + columns
            share = sum(w for beads, w in weights.items() if bead in beads) / sum(weights.values())
            assert likely[bead] == pytest.approx(share, abs=1e-5)
            assert Ways([scores], SIZES, 0.3).bead(0, end, rows, last, columns) == pytest.approx(share, abs=1e-5)


def test_a_moved_section_is_learned_from_apart() -> None:
    moved: list[BeadIndices] = [((i,), ((i + 20) % 40,)) for i in range(40)]
    assert list(windows(moved)) == [(range(20), range(20, 40)), (range(20, 40), range(20))]


def test_nothing_is_learned_across_the_parts_of_a_document_that_are_held_out_apart() -> None:
    found = list(windows([((i,), (i,)) for i in range(40)], lambda row: row // 15))
    assert found == [(range(15), range(15)), (range(15, 30), range(15, 30)), (range(30, 40), range(30, 40))]


def test_foreign_segments_stand_between_beads_and_the_rest_stays_in_order() -> None:
    order = between(GOLD, 6, foreign=9, wanted=5, random=Random(1))
    assert [j for j in order if j < 6] == list(range(6))
    assert len(order) == len(set(order)) == 11 and set(order) <= set(range(15))
    assert order.index(2) == order.index(1) + 1


def test_a_set_is_named_with_its_languages_and_what_it_counts() -> None:
    assert Source.parsed("gold/a:de:zh-tw:2.5", None) == Source(Path("gold/a"), ("de", "zh-Hant"), 2.5)
    assert Source.parsed("c:/gold:de:fr", None) == Source(Path("c:/gold"), ("de", "fr"), 1.0)


def sample() -> Sample:
    """Words in common say which segments correspond; the aligner is to find that out."""
    texts = ["ab", "cdef", "g", "h", "ij", "xyz", "kl"], ["ab", "cd", "ef", "gh", "ij", "kl"]
    sides = []
    for text in texts:
        bags = np.array([[letter in words for letter in "abcdefghijklmnopqrstuvwxyz"] for words in text], np.float32)
        sides.append(bags + np.float32(0.1))
    views = (View("meaning", sides[0], sides[1]),)
    return Sample("letters", views, GoldDocument("letters", tuple(texts[0]), tuple(texts[1]), tuple(GOLD)))


def test_what_is_learned_finds_the_gold_and_is_always_the_same() -> None:
    options = trained([sample(), sample()])
    links = [(link.src, link.tgt) for link in measured(sample().views, 7, 6, options)]
    assert links == [(src, tgt) for src, tgt in GOLD if tgt]
    assert trained([sample(), sample()]) == options


def test_the_recipe_reads_gold_folders_and_prints_weights_and_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.src").write_text("\n".join(GERMAN))
        (tmp_path / f"{name}.tgt").write_text("\n".join(FRENCH))
        (tmp_path / f"{name}.gold").write_text("\n".join(format_bead(*bead, 0.0) for bead in GOLD))
    main([f"{tmp_path}:de:fr"])
    printed = capsys.readouterr().out
    assert printed.startswith("WEIGHTS = {'bead':")
    assert "dev, tuned on" in printed
    assert printed.count(f"{tmp_path.name} ") == printed.count(f"{tmp_path.name}, part deleted") == 2
    assert printed.count(f"{tmp_path.name}, noise between") == 2
