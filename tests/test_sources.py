"""The sample documents keep the shape, and the gold the form, that their README promises."""

from __future__ import annotations

import csv

import pytest

from tests.support import ROOT

SOURCES = ROOT / "sources"
REPORT = (SOURCES / "report.fr.txt").read_text(encoding="utf-8")
TRANSCRIPT = (SOURCES / "transcript.zh-Hant.txt").read_text(encoding="utf-8")
TEXTS = {"report.fr.txt": REPORT, "transcript.zh-Hant.txt": TRANSCRIPT}


def rows(name: str) -> list[dict[str, str]]:
    with (SOURCES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("row", rows("gold.tsv"), ids=lambda row: row["link_id"])
def test_gold_spans_stand_in_the_documents(row: dict[str, str]) -> None:
    assert all(span in REPORT for span in row["fr_text"].split(" ||| "))
    assert all(span in TRANSCRIPT for span in row["zh_text"].split(" ||| "))


def test_one_sided_passages_stand_in_their_document_and_in_no_link() -> None:
    linked = "\n".join(row["fr_text"] + row["zh_text"] for row in rows("gold.tsv"))
    for row in rows("gold-onesided.tsv"):
        for span in row["text"].split(" ||| "):
            assert any(span in text for name, text in TEXTS.items() if row["doc"] in name)
            assert span not in linked


def test_the_reports_body_is_pasted_twice() -> None:
    assert REPORT.count("Desmond Achterberg, du site Halyard") == 2
