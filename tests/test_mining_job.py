"""Mining files: what is read, what is left out, what a run that was ended leaves to the next."""

from __future__ import annotations

import gzip
import lzma
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.support import ROOT
from tests.test_cli import run
from workbench.bench.mine import best_threshold, plant, recall, size, together
from workbench.datatypes import Progress, silent
from workbench.errors import InputError, StoreError
from workbench.jobs import locks
from workbench.lang import in_script_of
from workbench.mining import vectors
from workbench.mining.mine import Wishes, mine
from workbench.mining.sentences import gather
from workbench.mining.vectors import embedded
from workbench.wiring.models import Models

FRENCH = [
    "Le chat dort sur le toit de la maison.",
    "Nous avons acheté trois kilos de pommes au marché.",
    "La gare sera fermée dimanche à cause des travaux.",
    "Elle joue du violon depuis l'âge de six ans.",
    "Le médecin lui a conseillé de boire plus d'eau.",
]
ENGLISH = [
    "The cat is sleeping on the roof of the house.",
    "We bought three kilos of apples at the market.",
    "The station will be closed on Sunday because of works.",
    "She has played the violin since she was six years old.",
    "The doctor advised him to drink more water.",
]
OTHER_FRENCH = ["Il neige rarement au bord de la mer.", "Mon frère répare de vieilles horloges."]
OTHER_ENGLISH = [
    "Parliament adjourned without a vote.",
    "Rust spoiled the hinges of the gate.",
    "Please pass the salt.",
]


class Counting:
    """An encoder whose vectors are the texts' lengths, and which fails at the text it is told to."""

    model_id = "counting@1"

    def __init__(self, fails_at: str = "") -> None:
        self.seen: list[str] = []
        self._fails_at = fails_at

    def encode(self, texts: Sequence[str], progress: Progress = silent) -> NDArray[np.float32]:
        if self._fails_at in texts:
            raise KeyboardInterrupt
        self.seen += texts
        return np.array([[len(text), 1] for text in texts], dtype=np.float32)


def lines(path: Path, texts: Sequence[str]) -> Path:
    path.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
    return path


def test_pairs_come_out_with_their_lines_whatever_lies_between(tmp_path: Path) -> None:
    src = lines(tmp_path / "a.txt", [FRENCH[4], *OTHER_FRENCH, *FRENCH[:4], FRENCH[0]])
    (tmp_path / "b.txt.xz").write_bytes(lzma.compress("\n".join([*ENGLISH, *OTHER_ENGLISH]).encode()))
    output = tmp_path / "pairs.tsv"
    said = run("mine", src, tmp_path / "b.txt.xz", "--output", output).stdout
    rows = [line.split("\t") for line in output.read_text(encoding="utf-8").splitlines()]
    found = {(row[rows[0].index("src_text")], row[rows[0].index("tgt_text")]) for row in rows[1:6]}
    assert found == set(zip(FRENCH, ENGLISH, strict=True))
    places = {(row[rows[0].index("src_numbers")], row[rows[0].index("tgt_numbers")]) for row in rows[1:6]}
    assert places == {("4", "1"), ("5", "2"), ("6", "3"), ("7", "4"), ("1", "5")}
    scores = [float(row[rows[0].index("score")]) for row in rows[1:]]
    assert scores == sorted(scores, reverse=True)
    assert "7 sentences in French out of 8 lines" in said
    assert "1 left out: a copy of an earlier one" in said


def test_a_folder_of_documents_is_mined_passage_by_passage(tmp_path: Path) -> None:
    for lang in ("fr", "en"):
        (tmp_path / lang).mkdir()
        shutil.copy(ROOT / "sources" / f"interview.{lang}.md", tmp_path / lang)
    (tmp_path / "fr" / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    haul = mine(
        (tmp_path / "fr", tmp_path / "en"), tmp_path / "pairs.jsonl", "jsonl", Models().encoder(), tmp_path / "work"
    )
    assert haul.sides[0].left_out["documents that cannot be read"] == 1
    assert haul.export.written > 15


def test_of_a_folder_neither_what_is_hidden_nor_our_own_files_are_read(tmp_path: Path) -> None:
    for name in ("a.txt", ".git/b.txt", "pairs.tsv.mining/src.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        lines(tmp_path / name, [f"{FRENCH[0]} {name}"])
    found = gather(tmp_path, "fr", tmp_path / "pairs.tsv.mining" / "tgt.txt")
    assert found.files == ("a.txt",)


def test_a_text_in_the_wrong_language_and_a_copy_are_no_translation(tmp_path: Path) -> None:
    src = lines(tmp_path / "a.txt", [*FRENCH, ENGLISH[0], "The kitten is sleeping on the roof of the house."])
    tgt = lines(tmp_path / "b.txt", [*ENGLISH, *OTHER_ENGLISH])
    wishes = Wishes(("fr", "en"), least=0.5)
    haul = mine((src, tgt), tmp_path / "pairs.jsonl", "jsonl", Models().encoder(), tmp_path / "work", wishes)
    assert haul.refused["the same text on both sides"] == 1
    assert haul.refused["not in French"] >= 1
    assert '"tgt_numbers": [1]' in (tmp_path / "pairs.jsonl").read_text(encoding="utf-8")


def test_what_is_no_sentence_is_left_out_and_counted(tmp_path: Path) -> None:
    endless = b"x" * 10_000_000
    texts = [b"\xef\xbb\xbfUne phrase.", b"", b"42 % !", b"caf\xe9", endless, b"Une\tphrase.", "使用说明".encode()]
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"\n".join([*texts, b"La fin\xe2\x80\xa8est la."])))
    found = gather(tmp_path / "a.txt.gz", "fr", tmp_path / "texts")
    assert [found[i].text for i in range(len(found))] == ["Une phrase.", "La fin est la."]
    assert [found[i].number for i in range(len(found))] == [1, 8]
    assert found.left_out == {
        "empty": 1,
        "without a letter": 1,
        "not UTF-8": 1,
        "longer than 1,000 characters": 1,
        "a copy of an earlier one": 1,
        "not in the script of French": 1,
    }


def test_unusable_input_is_said_in_a_sentence(tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.txt.gz"
    damaged.write_bytes(gzip.compress(b"Une phrase.\n" * 50)[:-12])
    with pytest.raises(InputError, match=r"damaged.txt.gz cannot be read beyond line"):
        gather(damaged, "fr", tmp_path / "texts")
    with pytest.raises(InputError, match="there is no"):
        gather(tmp_path / "missing", "fr", tmp_path / "texts")
    with pytest.raises(InputError, match=r"there is no .*missing"):
        mine((damaged, tmp_path / "missing"), tmp_path / "p.tsv", "tsv", Counting(), tmp_path / "p.tsv.mining")
    assert not (tmp_path / "p.tsv.mining").exists()
    with pytest.raises(InputError, match=r"no sentence that can be used \(2 without a letter\)"):
        gather(lines(tmp_path / "numbers.txt", ["1", "2"]), "fr", tmp_path / "texts")
    with pytest.raises(InputError, match=r"numbers.txt cannot be told"):
        gather(lines(tmp_path / "numbers.txt", ["1", "2"]), None, tmp_path / "texts")
    english = lines(tmp_path / "b.txt", ENGLISH)
    with pytest.raises(InputError, match="both sides are in English"):
        mine((english, english), tmp_path / "p.tsv", "tsv", Counting(), tmp_path / "work")
    with pytest.raises(InputError, match="vecalign is made of whole documents"):
        mine((english, english), tmp_path / "p.zip", "vecalign", Counting(), tmp_path / "work")


def test_an_ended_run_goes_on_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "_SHARD", 2)
    side = gather(lines(tmp_path / "a.txt", FRENCH), "fr", tmp_path / "texts")
    with pytest.raises(KeyboardInterrupt):
        embedded(side, Counting(fails_at=FRENCH[4]), tmp_path / "a.f16")
    second = Counting()
    kept = embedded(side, second, tmp_path / "a.f16")
    assert kept.found == 4
    assert second.seen == ["a", FRENCH[4]]
    assert kept.vectors.tolist() == [[len(text), 1] for text in FRENCH]


# The program, whose user presses Ctrl-C while the third shard is put on disk.
STOPPED = """
import os, signal
from workbench.mining import vectors
from workbench.cli.main import main
vectors._SHARD, put, seen = 2, vectors._put, []
def stopped(*given):
    seen.append(given)
    if len(seen) == 3:
        os.kill(os.getpid(), signal.SIGINT)
    return put(*given)
vectors._put = stopped
main()
"""


def test_at_ctrl_c_mining_ends_and_the_next_start_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "_SHARD", 2)
    src, tgt, output = lines(tmp_path / "a.txt", FRENCH), lines(tmp_path / "b.txt", ENGLISH), tmp_path / "pairs.tsv"
    asked = ["mine", str(src), str(tgt), "--output", str(output)]
    stopped = subprocess.run([sys.executable, "-c", STOPPED, *asked], cwd=ROOT, capture_output=True, text=True)
    assert stopped.returncode == 130
    assert "the same command goes on from there" in stopped.stderr and "Traceback" not in stopped.stderr
    assert not output.exists()
    haul = mine((src, tgt), output, "tsv", Models().encoder(), tmp_path / "pairs.tsv.mining")
    assert haul.found == 4 and haul.export.written == 5


def test_a_shard_that_is_not_what_was_written_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "_SHARD", 2)
    side, place = gather(lines(tmp_path / "a.txt", FRENCH), "fr", tmp_path / "texts"), tmp_path / "a.f16"
    whole = embedded(side, Counting(), place).vectors.tolist()
    damaged = bytearray(place.read_bytes())
    damaged[9] ^= 1
    place.write_bytes(damaged[:-3])
    repairing = Counting()
    assert embedded(side, repairing, place).vectors.tolist() == whole
    assert repairing.seen == ["a", FRENCH[2], FRENCH[3], FRENCH[4]]
    place.with_suffix(".json").write_text("{", encoding="utf-8")
    assert embedded(side, Counting(), place).found == 0
    changed = gather(lines(tmp_path / "a.txt", [*FRENCH[:2], *OTHER_FRENCH, FRENCH[4]]), "fr", tmp_path / "texts")
    again = embedded(changed, Counting(), place)
    assert again.found == 3
    assert again.vectors.tolist() == [[len(changed.text(i)), 1] for i in range(5)]


def test_a_full_disk_is_said_before_anything_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    side, encoder = gather(lines(tmp_path / "a.txt", FRENCH), "fr", tmp_path / "texts"), Counting()
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(10, 9, 1))  # type: ignore[attr-defined]
    with pytest.raises(StoreError, match="MB left and the vectors take"):
        embedded(side, encoder, tmp_path / "a.f16")
    assert encoder.seen == ["a"]
    assert not (tmp_path / "a.f16").exists()


def test_two_runs_in_one_folder_do_not_meet(tmp_path: Path) -> None:
    files = lines(tmp_path / "a.txt", FRENCH), lines(tmp_path / "b.txt", ENGLISH)
    with locks.try_work(tmp_path / "work"), pytest.raises(InputError, match="another run works in"):
        mine(files, tmp_path / "p.tsv", "tsv", Counting(), tmp_path / "work")


@pytest.mark.parametrize(
    ("lang", "text", "fits"),
    [
        ("ja", "東京へ行きます。", True),
        ("ja", "서울에 갑니다.", False),
        ("ko", "서울에 갑니다.", True),
        ("fr", "Привет, как дела?", False),
        ("ru", "Привет, как дела?", True),
        ("zh-Hant", "Hello there, how are you?", False),
        ("en", "The 東京 tower", True),
    ],
)
def test_sentences_in_another_script_are_told(lang: str, text: str, fits: bool) -> None:
    assert in_script_of(lang, text) == fits


def test_the_bench_tells_known_pairs_from_noise(tmp_path: Path) -> None:
    known = lines(tmp_path / "known.tsv", [f"{a}\t{b}" for a, b in zip(FRENCH, ENGLISH, strict=True)])
    others = [f"Phrase numéro {i} sur un sujet.\tSentence {i} of the minutes.\tsource {i % 2}" for i in range(40)]
    first, second = plant(known, lines(tmp_path / "corpus.tsv", others), 8, Models().encoder())
    assert (first.known, second.known) == (3, 2)
    assert first.accuracy(best_threshold(first)) == (1, 1, 1)
    assert together([first, second]).accuracy(9) == (0, 0, 0)


def test_the_bench_holds_the_search_against_a_complete_one() -> None:
    few, all_cells = recall(300, [], Counting(), [1, 1 << 16])
    assert (all_cells.pairs, all_cells.extra, all_cells.nearest, all_cells.near) == (1, 0, 1, 1)
    assert 0 < few.near < 1


def test_the_bench_measures_files_and_made_up_vectors(tmp_path: Path) -> None:
    corpus = lines(tmp_path / "corpus.tsv", [f"Phrase numéro {i}.\tSentence number {i}." for i in range(120)])
    done = size(100, [corpus])
    assert done.memory > 20
    assert {"reading", "embedding"} <= done.seconds.keys()
    with pytest.raises(InputError, match="120 distinct sentences"):
        size(200, [corpus])
