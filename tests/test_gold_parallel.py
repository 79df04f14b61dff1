"""Our parallel sentences keep the form that their README promises."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.support import ROOT

FOLDER = ROOT / "tests" / "gold" / "parallel"
LANGUAGES = ("de", "es", "fr", "ja", "ko", "pt", "zh")


def pairs(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("prefix", "size"), [("", 200), ("figures-", 80)])
def test_a_language_has_as_many_pairs_to_read_as_to_report_on_and_none_twice(lang: str, prefix: str, size: int) -> None:
    both = [pairs(FOLDER / f"{prefix}{half}" / f"{lang}-en.tsv") for half in ("tuning", "reporting")]
    assert [len(half) for half in both] == [size, size]
    assert all(len(pair) == 2 and all(text == text.strip() != "" for text in pair) for half in both for pair in half)
    assert Counter(english for half in both for _, english in half).most_common(1)[0][1] == 1
