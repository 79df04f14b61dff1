"""Our comparable pairs keep the form that their README promises."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import ROOT
from workbench.align.evaluation import parse_beads, read_lines
from workbench.lang import canonical, primary

FOLDER = ROOT / "tests" / "gold" / "comparable"
OTHER_EVENTS = FOLDER / "other-events"
PAIRS = sorted(path.with_suffix("") for path in FOLDER.glob("*/*.gold"))


@pytest.fixture(params=PAIRS, ids=lambda pair: f"{pair.parent.name}/{pair.name}")
def pair(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def segments(pair: Path, suffix: str) -> list[str]:
    return read_lines(pair.with_suffix(suffix))


def test_there_are_pairs_for_tuning() -> None:
    assert any(pair.parent.name == "tuning" for pair in PAIRS)


def test_every_file_belongs_to_a_pair() -> None:
    files = [path for folder in ("tuning", "reporting") for path in (FOLDER / folder).iterdir()]
    assert [path.name for path in files if path.parent / path.name.split(".")[0] not in PAIRS] == []


def test_texts_on_another_event_belong_to_a_pair_and_come_with_their_english() -> None:
    names = {path.stem for path in OTHER_EVENTS.iterdir()}
    assert names and names <= {pair.name for pair in PAIRS if pair.parent.name == "tuning"}
    for name in names:
        lang, text, english = (read_lines(OTHER_EVENTS / f"{name}{suffix}") for suffix in (".lang", ".txt", ".en"))
        assert lang == [canonical(lang[0])] and primary(lang[0]) != "en"
        assert len(text) == len(english) >= 30 and all(map(str.strip, [*text, *english]))


def test_the_readme_says_of_each_pair_what_kind_it_is(pair: Path) -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    name = f"{pair.parent.name}/{pair.name}"
    (row,) = [line for line in readme.splitlines() if line.startswith(f"| `{name}` |")]
    kind, linked = (cell.strip() for cell in row.split("|")[2:4])
    assert kind in ("oblique", "real", "one theme")
    beads = parse_beads(pair.with_suffix(".gold").read_text(encoding="utf-8"), pair.name)
    assert int(linked) == sum(all(bead) for bead in beads)


def test_languages_are_known(pair: Path) -> None:
    (line,) = segments(pair, ".lang")
    tags = line.split()
    assert tags == [canonical(tag) for tag in tags]
    assert len({primary(tag) for tag in tags}) == 2


def test_each_side_has_30_to_160_segments_and_none_is_empty(pair: Path) -> None:
    for suffix in (".src", ".tgt"):
        lines = segments(pair, suffix)
        assert 30 <= len(lines) <= 160
        assert all(line == line.strip() != "" for line in lines)


def test_every_side_that_is_not_english_has_an_english_line_for_each_segment(pair: Path) -> None:
    (line,) = segments(pair, ".lang")
    for tag, suffix in zip(line.split(), (".src", ".tgt"), strict=True):
        english = pair.with_suffix(f"{suffix}.en")
        if primary(tag) == "en":
            assert not english.exists()
            continue
        lines = read_lines(english)
        assert len(lines) == len(segments(pair, suffix))
        assert all(line == line.strip() != "" for line in lines)


def test_the_gold_partitions_both_sides(pair: Path) -> None:
    beads = parse_beads(pair.with_suffix(".gold").read_text(encoding="utf-8"), pair.name)
    for side, suffix in enumerate((".src", ".tgt")):
        indices = sorted(index for bead in beads for index in bead[side])
        assert indices == list(range(len(segments(pair, suffix))))


def test_linked_beads_stand_first_in_source_order_and_null_beads_hold_one_segment(pair: Path) -> None:
    beads = parse_beads(pair.with_suffix(".gold").read_text(encoding="utf-8"), pair.name)
    linked = [bead for bead in beads if all(bead)]
    assert beads[: len(linked)] == sorted(linked)
    assert all(len(src) + len(tgt) == 1 for src, tgt in beads[len(linked) :])
    assert 14 <= len(linked) <= 35


def test_two_fifths_of_each_side_are_one_sided(pair: Path) -> None:
    beads = parse_beads(pair.with_suffix(".gold").read_text(encoding="utf-8"), pair.name)
    for side, suffix in enumerate((".src", ".tgt")):
        alone = sum(len(bead[side]) for bead in beads if not bead[1 - side])
        assert alone >= 0.4 * len(segments(pair, suffix))
