"""The word lists for the encoder's training, from invented packages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from models.training.corpora import CorpusError, read_pairs
from models.training.lexicons import in_hangul, names, run, sino_korean

HANJA = "# comment\n경찰:警察:\n경제:經濟:\n경제학:經濟學:\n회의:會議:\n가:家:집 가\n"


def write(path: Path, content: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    folder = tmp_path / "packages"
    for locale, (tiger, animal, mountain) in {
        "ko": ("호랑이", "동물", "산"),
        "en": ("tiger", "animal", "Peak"),
    }.items():
        keywords = {"🐅": {"default": [tiger, animal], "tts": [tiger]}, "{0}": {"tts": ["{0}: {1}"]}}
        annotations = {"annotations": {"identity": {}, "annotations": keywords}}
        write(folder / f"cldr-annotations-full/annotations/{locale}/annotations.json", annotations)
        presets = {locale: {"presets": {"presets": {"natural/peak": {"name": f"{mountain}\n", "terms": "<add>"}}}}}
        write(folder / f"id-tagging-schema/dist/translations/{locale}.json", presets)
    (folder / "hanja.txt").write_text(HANJA, encoding="utf-8")
    return folder


def test_word_lists_pair_what_stands_at_the_same_place_and_read_prose_in_hangul(packages: Path, tmp_path: Path) -> None:
    corpora = tmp_path / "corpora"
    corpora.mkdir()
    (corpora / "zh-hans.tsv").write_text(
        "警察的经济学会议。\tA talk on economics for police.\ttatoeba\n", encoding="utf-8"
    )
    (corpora / "ja.tsv").write_text("会議です。\tIt is a meeting.\ttatoeba\n", encoding="utf-8")
    run(packages, corpora, tmp_path / "out", ("ko",))
    pairs = {(pair.foreign, pair.english, pair.source) for pair in read_pairs(tmp_path / "out", "ko")}
    assert {
        ("호랑이", "tiger", "cldr"),
        ("호랑이, 동물", "tiger, animal", "cldr"),
        ("산", "Peak", "osm-presets"),
        ("경찰 경제학 회의", "A talk on economics for police.", "hanja-tatoeba"),
    } <= pairs
    assert not any("{" in foreign or "<" in foreign for foreign, _, _ in pairs)


def test_missing_packages_are_named(tmp_path: Path) -> None:
    (tmp_path / "hanja.txt").write_text(HANJA, encoding="utf-8")
    with pytest.raises(CorpusError, match="cldr"):
        run(tmp_path, tmp_path, tmp_path / "out", ("fr",))


def test_the_longest_words_are_read_and_few_words_are_no_text() -> None:
    words = sino_korean(HANJA)
    assert in_hangul("警察 经济学 Linux 会议 2024", words) == "경찰 경제학 Linux 회의 2024"
    assert in_hangul("警察会议", words) == ""


def test_names_lose_the_marks_of_their_table(tmp_path: Path) -> None:
    table = tmp_path / "names.tsv"
    table.write_text("key\ten\tko\nGH\t+ghana=|+gold coast\t!가나\n", encoding="utf-8")
    assert [(pair.foreign, pair.english) for pair in names(table, "ko")] == [("가나", "ghana, gold coast")]
