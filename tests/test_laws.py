"""A law against its amended version: articles are found by what they say, not by their number."""

from __future__ import annotations

import numpy as np
import pytest

from workbench.wiring.beads import align_sides
from workbench.wiring.evidence import Encoders, Side, views
from workbench.wiring.models import Models


@pytest.mark.parametrize("label", ["Art. {}", "Artikel {}.", "§ {}"])
def test_the_number_of_an_article_with_a_title_is_no_evidence(label: str) -> None:
    src, tgt = (Side([f"{label.format(n)} Häfen", f"{label.format(n + 1)} Moore"], "de") for n in (30, 31))
    none = Encoders(None, None, lambda lang: False, "")
    found = {view.kind: np.asarray(view.src) @ np.asarray(view.tgt).T for view in views(src, tgt, none)}
    assert not found["anchors"].any()
    assert found["words"][0, 0] > found["words"][1, 0] == 0
    assert found["words"][1, 1] > found["words"][0, 1] == 0


def test_articles_without_a_title_keep_their_numbers() -> None:
    old = [text for number in range(40, 52) for text in (f"Article {number}", "The authority answers in writing.")]
    new = [*old[:8], *old[10:]]  # one article is gone
    found = align_sides(Side(old, "en"), Side(new, "en"), Models()).beads
    links = {old[bead.src[0]]: new[bead.tgt[0]] for bead in found if bead.src and bead.tgt}
    assert all(links.get(title) == title for title in new[::2])
