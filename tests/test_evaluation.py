"""What the accuracy commands rest on: gold that follows its text through every change, and baselines by hand."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.align.evaluation import BeadIndices, GoldDocument, read_gold, score
from workbench.align.perturb import DELETED, KINDS, NOISE, one_copy, perturbed, rearranged
from workbench.bench.baselines import gale_church, margin
from workbench.bench.derived import derive, derived_documents
from workbench.cli.eval import eval_app
from workbench.errors import InputError
from workbench.wiring.beads import gold_sides


def document(beads: list[tuple[int, int]], name: str = "doc") -> GoldDocument:
    """A document with one bead after another of so many segments; each line says which bead it belongs to."""
    src: list[str] = []
    tgt: list[str] = []
    gold: list[BeadIndices] = []
    for number, (rows, columns) in enumerate(beads):
        gold.append((tuple(range(len(src), len(src) + rows)), tuple(range(len(tgt), len(tgt) + columns))))
        src += [f"{number}.{i}" for i in range(rows)]
        tgt += [f"{number}.{j}" for j in range(columns)]
    split = [
        half for a, b in gold for half in ([(a, b)] if a and b else [((i,), ()) for i in a] + [((), (j,)) for j in b])
    ]
    return GoldDocument(name, tuple(src), tuple(tgt), tuple(split), tgt_mt=tuple(f"mt {line}" for line in tgt))


documents = st.lists(
    st.sampled_from([(1, 1), (1, 1), (1, 2), (2, 1), (3, 2), (1, 0), (0, 1)]), min_size=1, max_size=60
).map(document)
FOREIGN = GoldDocument("foreign", (), tuple(f"foreign {i}" for i in range(200)), ())


def is_partition(found: GoldDocument) -> bool:
    rows = sorted(i for src, _ in found.gold for i in src)
    columns = sorted(j for _, tgt in found.gold for j in tgt)
    return rows == list(range(len(found.src))) and columns == list(range(len(found.tgt)))


@pytest.mark.parametrize("kind", KINDS)
@given(documents)
def test_gold_follows_its_text(kind: str, whole: GoldDocument) -> None:
    changed = perturbed(whole, kind, FOREIGN)
    assert is_partition(changed)
    assert changed == perturbed(whole, kind, FOREIGN)
    linked = [(src, tgt) for src, tgt in changed.gold if src and tgt]
    # A line's text begins with the number of its bead.
    assert all(
        changed.src[i].split(".")[0] == changed.tgt[j].split(".")[0] for src, tgt in linked for i in src for j in tgt
    )
    assert changed.tgt_mt is not None
    assert all(
        mt in (f"mt {line}", line) and (mt != line or line.startswith("foreign"))
        for mt, line in zip(changed.tgt_mt, changed.tgt, strict=True)
    )


@given(documents, st.randoms(use_true_random=False))
def test_undoing_a_permutation_restores_the_document(whole: GoldDocument, rng: random.Random) -> None:
    order = rng.sample(range(len(whole.tgt)), len(whole.tgt))
    back = sorted(range(len(order)), key=order.__getitem__)
    assert rearranged(rearranged(whole, order), back) == whole


def test_perturbations_are_what_they_are_called() -> None:
    whole = document([(1, 1)] * 50)
    lines = list(whole.tgt)
    assert list(perturbed(whole, "swap").tgt) == lines[25:] + lines[:25]
    assert list(perturbed(whole, "move").tgt) == lines[:10] + lines[20:40] + lines[10:20] + lines[40:]
    assert list(perturbed(whole, "duplicate").tgt) == lines * 2
    shuffled = list(perturbed(whole, "shuffle").tgt)
    assert shuffled != lines
    assert (
        sum(b != a + 1 for a, b in zip(map(lines.index, shuffled), map(lines.index, shuffled[1:]), strict=False)) <= 3
    )
    kept = perturbed(whole, "delete").tgt
    assert len(kept) == 50 - 50 * DELETED and set(kept) < set(lines)
    noisy = perturbed(whole, "noise", FOREIGN).tgt
    assert [line for line in noisy if line in lines] == lines
    assert len(set(noisy)) == 50 + 50 * NOISE
    assert perturbed(replace(whole, name="other"), "shuffle").tgt != tuple(shuffled)


def test_noise_without_enough_foreign_segments_is_refused() -> None:
    with pytest.raises(ValueError, match="needs 250 foreign segments, 200 are there"):
        perturbed(document([(1, 1)] * 500), "noise", FOREIGN)


def test_a_link_to_either_copy_is_right_and_both_are_one() -> None:
    whole = document([(1, 1)] * 4)
    gold = one_copy(perturbed(whole, "duplicate").gold, 4)
    assert sorted(gold) == sorted(whole.gold)
    second: list[BeadIndices] = [((0,), (0, 4)), ((1,), (5,)), ((2,), (2,)), ((3,), (7,))]
    second += [((), (j,)) for j in (1, 3, 6)]
    assert score([(gold, one_copy(second, 4))]).strict.f1 == 1.0
    missed: list[BeadIndices] = [((0,), (0,)), ((1,), (6,)), ((2,), ()), ((3,), (3,))]
    missed += [((), (j,)) for j in (1, 2, 4, 5, 7)]
    scores = score([(gold, one_copy(missed, 4))])
    assert scores.link.precision == 2 / 3
    # ((1,), (2,)), ((2,), ()) and the one null for what neither copy of 1 is linked to are wrong.
    assert scores.strict.precision == 2 / 5


def test_gale_church_joins_by_length() -> None:
    src = ["a" * 40, "b" * 90, "c" * 30, "d" * 60]
    tgt = ["x" * 41, "y" * 44, "y" * 45, "z" * 31, "w" * 58]
    assert gale_church(src, tgt) == [((0,), (0,)), ((1,), (1, 2)), ((2,), (3,)), ((3,), (4,))]
    # A text in a script half as long is no different.
    assert gale_church(src, [line[::2] for line in tgt]) == gale_church(src, tgt)


@given(st.lists(st.text(max_size=30), max_size=8), st.lists(st.text(max_size=30), max_size=8))
def test_gale_church_is_a_monotone_partition(src: list[str], tgt: list[str]) -> None:
    beads = gale_church(src, tgt)
    assert [i for rows, _ in beads for i in rows] == list(range(len(src)))
    assert [j for _, columns in beads for j in columns] == list(range(len(tgt)))


def test_margin_links_what_is_closer_than_its_neighbours_in_any_order() -> None:
    rng = np.random.default_rng(0)
    src = rng.normal(size=(12, 30)).astype(np.float32)
    src /= np.linalg.norm(src, axis=1, keepdims=True)
    order = [3, 0, 11, 7]
    assert sorted(margin(src, src[order])) == sorted(((i,), (j,)) for j, i in enumerate(order))
    assert margin(src, src[:0]) == []


def test_margin_uses_each_segment_once() -> None:
    src = np.eye(3, dtype=np.float32)
    beads = margin(src, src[[0, 0, 1]])
    assert sorted(beads) == [((0,), (0,)), ((1,), (2,))]


def write(folder: Path, **files: str) -> Path:
    for name, content in files.items():
        (folder / name.replace("_", ".")).write_text(content, encoding="utf-8")
    return folder


def test_a_gold_document_is_read_with_all_that_lies_beside_it(tmp_path: Path) -> None:
    gold = "[0]:[1]\n[1]:[]\n[]:[0]\n"
    write(tmp_path, a_src="un\ndeux\n", a_tgt="一\n二\n", a_gold=gold, a_lang="fr zh-Hant\n")
    write(tmp_path, a_src_en="one\ntwo\n", a_tgt_mt="I\nII\n")
    (found,) = read_gold(tmp_path)
    assert found.langs == ("fr", "zh-Hant")
    assert (found.src_en, found.tgt_en, found.src_mt, found.tgt_mt) == (("one", "two"), None, None, ("I", "II"))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a_src_en", "one\n", "a.src.en has 1 lines but a.src has 2"),
        ("a_gold", "[0]:[2]\n", "links line 2 of a.tgt, which has 2 lines"),
        ("a_lang", "fr\n", "a.lang names no two languages"),
    ],
)
def test_what_does_not_fit_together_is_named(tmp_path: Path, name: str, content: str, message: str) -> None:
    write(tmp_path, **{"a_src": "un\ndeux\n", "a_tgt": "一\n二\n", "a_gold": "[0]:[1]\n", name: content})
    with pytest.raises(InputError, match=message):
        read_gold(tmp_path)


lines = st.integers(0, 60).map(lambda count: [str(line) for line in range(count)])


@given(lines, st.integers(0, 99))
def test_derived_gold_is_what_shares_a_line(text: list[str], seed: int) -> None:
    found = derive(f"doc {seed}", text, text, ("+", "+"))
    assert is_partition(found)
    bead_of = {("src", i): n for n, (src, _) in enumerate(found.gold) for i in src}
    bead_of |= {("tgt", j): n for n, (_, tgt) in enumerate(found.gold) for j in tgt}
    for i, src in enumerate(found.src):
        for j, tgt in enumerate(found.tgt):
            if set(src.split("+")) & set(tgt.split("+")):
                assert bead_of["src", i] == bead_of["tgt", j]
    for src_side, tgt_side in found.gold:
        if src_side and tgt_side:
            told = {line for i in src_side for line in found.src[i].split("+")}
            assert told & {line for j in tgt_side for line in found.tgt[j].split("+")}


def test_derived_documents_are_merged_cut_and_moved() -> None:
    text = [str(line) for line in range(250)]
    first, second = derived_documents("doc", text, text, (" ", " "))
    assert (first.src[0].split()[0], second.name) in {("0", "doc-0100"), ("1", "doc-0100")}
    kinds = {(len(src), len(tgt)) for src, tgt in first.gold}
    assert {(1, 1), (1, 0), (0, 1), (1, 2), (2, 1)} <= kinds
    starts = [tgt[0] for src, tgt in sorted(first.gold) if src and tgt]
    assert starts != sorted(starts)
    with pytest.raises(ValueError, match="not parallel"):
        derived_documents("doc", text, text[1:], (" ", " "))


FRENCH = [
    "Le port a gelé en janvier.",
    "Le bateau est resté neuf jours à quai.",
    "Ma grand-mère fait du pain le dimanche.",
    "La bibliothèque est fermée le lundi.",
    "Le maire a démissionné après la chute du pont.",
    "Trois étudiants ont gagné le concours de musique.",
]
GERMAN = [
    "Der Hafen fror im Januar zu.",
    "Das Schiff blieb neun Tage im Hafen.",
    "Meine Großmutter backt sonntags Brot.",
    "Die Bibliothek ist montags geschlossen.",
    "Der Bürgermeister trat nach dem Einsturz der Brücke zurück.",
    "Drei Studenten gewannen den Musikwettbewerb.",
]


def gold_folder(folder: Path, names: tuple[str, ...] = ("a", "b")) -> Path:
    folder.mkdir(parents=True)
    for name in names:
        write(folder, **{f"{name}_src": "\n".join(FRENCH), f"{name}_tgt": "\n".join(GERMAN), f"{name}_lang": "fr de"})
        write(folder, **{f"{name}_gold": "".join(f"[{i}]:[{i}]\n" for i in range(len(FRENCH)))})
    return folder


def command(capsys: pytest.CaptureFixture[str], *arguments: object) -> list[str]:
    eval_app([str(argument) for argument in arguments], standalone_mode=False)
    return capsys.readouterr().out.splitlines()


def row(printed: list[str], name: str) -> list[str]:
    found = next(line for line in printed if re.match(rf"\| {name} *\|", line))
    return [cell.strip() for cell in found.strip("|").split("|")][1:]


def test_a_gold_set_is_scored_beside_the_baselines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed = command(capsys, "align", gold_folder(tmp_path / "set"), "--each")
    assert row(printed, "strict") == ["1.000"] * 9
    assert row(printed, "a")[:4] == ["1.000"] * 4
    assert re.search(
        r"^set \(fr to de, without translations; workbench .*, options:\w+, gold:\w+, 2 documents", printed[0]
    )
    write(tmp_path / "set", b_gold="[0]:[0]\n")
    changed = command(capsys, "align", tmp_path / "set", "--src-lang", "pt", "--tgt-lang", "de")
    assert "(pt to de" in changed[0]
    assert re.findall(r"gold:\w+", changed[0]) != re.findall(r"gold:\w+", printed[0])


def test_a_gold_set_is_scored_under_every_perturbation(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed = command(capsys, "robust", gold_folder(tmp_path / "set"))
    whole = float(row(printed, "unperturbed")[3])
    for kind in KINDS:
        assert float(row(printed, kind)[4]) == pytest.approx(whole - float(row(printed, kind)[3]), abs=0.0011)
    # Gale and Church's search is monotone: halves that change places cannot both be found.
    assert float(row(printed, "swap")[-2]) < float(row(printed, "swap")[3])
    assert "noise: from the other documents of the set" in printed
    alone = command(capsys, "robust", gold_folder(tmp_path / "one", ("a",)))
    assert any(line.startswith("no noise: too few foreign sentences") for line in alone)
    foreign = write(tmp_path, **{"noise_txt": "Heute regnet es.\nSie liest ein Buch.\nEr kauft Milch.\n"})
    given_noise = command(capsys, "robust", tmp_path / "one", "--noise", foreign / "noise.txt")
    assert row(given_noise, "noise")


def parallel(folder: Path, name: str, texts: list[str]) -> Path:
    write(folder, **{name.replace(".", "_"): "".join(f"{texts[i % 6]} {i}\tline {i}\n" for i in range(120))})
    return folder / name


def test_parallel_lines_become_documents_with_gold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = parallel(tmp_path, "one.fr.tsv", FRENCH), parallel(tmp_path, "two.de.tsv", GERMAN)
    printed = command(capsys, "derived", *files, "--src-lang", "fr", "--tgt-lang", "de")
    assert printed[0].startswith("one.fr.tsv and two.de.tsv (fr to de")
    assert float(row(printed, "link")[2]) > 0.5
    write(tmp_path, bad_tsv="a line without a tab\n")
    with pytest.raises(InputError, match=r"bad.tsv, line 1: expected a text and its English a line"):
        command(capsys, "derived", files[0], tmp_path / "bad.tsv", "--src-lang", "fr", "--tgt-lang", "de")


def test_every_figure_comes_in_one_go(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold_folder(tmp_path / "gold" / "set")
    gold_folder(tmp_path / "comparable" / "tuning")
    (tmp_path / "eval").mkdir()
    parallel(tmp_path / "eval", "flores-dev.fr-en.tsv", FRENCH)
    parallel(tmp_path / "eval", "flores-dev.zh-en.tsv", GERMAN)
    printed = command(capsys, "all", tmp_path / "gold", "--comparable", tmp_path / "comparable")
    signatures = [line for line in printed if ", options:" in line]
    assert [line.split(" (")[0] for line in signatures] == [
        "set",
        "derived from flores-dev.fr-en.tsv and flores-dev.zh-en.tsv",
        *["comparable, tuning"] * 2,
    ]
    assert ["translated by" in line for line in signatures] == [False, False, False, True]
    with pytest.raises(InputError, match="holds no gold sets"):
        command(capsys, "all", tmp_path / "none", "--comparable", tmp_path / "none")


def test_documents_of_unknown_language_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, a_src="un\n", a_tgt="eins\n", a_gold="[0]:[0]\n")
    with pytest.raises(InputError, match="the languages of a are not known"):
        command(capsys, "align", tmp_path)


def test_english_of_a_side_is_used_unless_it_is_english_itself() -> None:
    found = GoldDocument("a", ("un",), ("one",), (), src_mt=("MT",), src_en=("one",), tgt_en=("one",))
    src, tgt = gold_sides(found, ("fr", "en"), True)
    assert (src.translations, tgt.translations) == ({"en": ("one",)}, {})
    assert not gold_sides(found, ("fr", "en"), False)[0].translations
