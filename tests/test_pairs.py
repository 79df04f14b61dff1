"""Files of `text TAB English` lines: one reader, whatever is measured on them."""

from __future__ import annotations

import lzma
from pathlib import Path

import pytest
from typer.testing import CliRunner

from workbench.bench.accuracy import derived_set
from workbench.bench.checks import Found, show
from workbench.bench.disagreements import pairs_of
from workbench.bench.mine import sentences
from workbench.bench.pairs import read_pairs
from workbench.cli.main import app
from workbench.errors import InputError


def written(folder: Path, content: bytes, name: str = "pairs.tsv") -> Path:
    path = folder / name
    path.write_bytes(lzma.compress(content) if path.suffix == ".xz" else content)
    return path


@pytest.mark.parametrize("name", ["pairs.tsv", "pairs.tsv.xz"])
def test_blank_lines_marks_and_further_columns_are_no_text(tmp_path: Path, name: str) -> None:
    content = "\ufeffun chat\ta cat\r\n\r\ndeux\u2028chats\ttwo cats\tnotes\t\n".encode()
    assert read_pairs(written(tmp_path, content, name)) == [("un chat", "a cat"), ("deux\u2028chats", "two cats")]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "has no pairs"),
        (b"one column\n", "line 1: expected a text and its English"),
        (b"a\tb\n\nc\t \n", "line 3: expected"),
        (b"\tb\n", "line 1: expected"),
        (b"a\tb\n\xff\xfe\tc\n", "no UTF-8"),
        (b"a\tb\nc\0\td\n", "line 2: there is a NUL byte"),
        (b"a\tb\rc\td\r", "line 1: there is a carriage return"),
    ],
)
def test_what_is_no_pair_is_named_with_its_line(tmp_path: Path, content: bytes, message: str) -> None:
    path = written(tmp_path, content)
    for reader in (read_pairs, lambda path: pairs_of([path]), lambda path: derived_set(path, path, ("fr", "en"))):
        with pytest.raises(InputError, match=message):
            reader(path)
    if content:
        with pytest.raises(InputError, match=message):
            list(sentences([path], 0))


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"there is no file .*nowhere\.tsv"):
        read_pairs(tmp_path / "nowhere.tsv")
    with pytest.raises(InputError, match="cannot be read"):
        read_pairs(tmp_path)
    cut_off = tmp_path / "pairs.tsv.xz"
    cut_off.write_bytes(lzma.compress(b"a\tb\n" * 9)[:-20])
    with pytest.raises(InputError, match="cannot be read"):
        read_pairs(cut_off)


def test_a_file_with_its_columns_the_other_way_round_is_told(tmp_path: Path) -> None:
    rows = [
        ("Le chat dort sur le toit de la maison.", "The cat is sleeping on the roof of the house."),
        ("Nous avons acheté des pommes au marché.", "We bought apples at the market."),
        ("Berlin", "Berlin"),
    ]
    right = written(tmp_path, "".join(f"{a}\t{b}\n" for a, b in rows).encode(), "right.tsv")
    turned = written(tmp_path, "".join(f"{b}\t{a}\n" for a, b in rows).encode(), "turned.tsv")
    assert read_pairs(right, "fr") == rows and len(read_pairs(turned)) == len(rows)
    with pytest.raises(InputError, match=r"turned\.tsv has English before French; expected a text and its English"):
        read_pairs(turned, "fr")
    for command in (["eval", "translation"], ["bench", "checks"]):
        with pytest.raises(InputError, match="has English before French"):
            CliRunner().invoke(app, [*command, "--pairs", str(turned), "--src-lang", "fr"], catch_exceptions=False)


def test_measuring_nothing_is_told() -> None:
    with pytest.raises(InputError, match="say what to measure"):
        CliRunner().invoke(app, ["bench", "mine"], catch_exceptions=False)
    assert show({"numbers": Found()}, 1).splitlines()[-1].count(" - ") == 3
