"""What a newer version changed, word by word."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.rewording import Place, rewording


def shown(segments: Sequence[str], places: Sequence[Place]) -> str:
    """The segments with what is marked in brackets."""
    texts = list(segments)
    for segment, start, end in sorted(places, reverse=True):
        text = texts[segment]
        texts[segment] = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return " / ".join(texts)


def compared(src: str, tgt: str, langs: tuple[str, str] = ("", "")) -> tuple[str, str]:
    """Of passages whose segments stand between slashes."""
    ours, theirs = src.split(" / "), tgt.split(" / ")
    found = rewording(ours, theirs, langs)
    assert found is not None
    return shown(ours, found.src), shown(theirs, found.tgt)


@pytest.mark.parametrize(
    ("src", "tgt"),
    [
        (
            "The keeper [may], within [30] days, close the gate.",
            "The keeper [shall], within [60 working] days, [lock or] close the gate [of the north].",
        ),
        ("He paid 1,400.50 for the mill[.]", "He paid 1,400.50 for the mill[!]"),
        ("Rain fell [1,400] times.", "Rain fell [1,500] times."),
        ("这座桥长[两]公里。", "这座桥长[三]公里[多]。"),
        ("[the] mill stands. / Nobody came.", "[The] mill stands. / Nobody [at all] came."),
        ("The mill stands[.] / [It] is old.", "The mill stands [and] is old."),
    ],
)
def test_what_only_one_of_them_has_is_marked(src: str, tgt: str) -> None:
    left, right = (text.replace("[", "").replace("]", "") for text in (src, tgt))
    assert compared(left, right) == (src, tgt)


@pytest.mark.parametrize(
    ("src", "tgt"),
    [
        ("It’s “fine” – so far.", 'It\'s "fine" - so far.'),
        ("One.\u00a0Two.", "One.  Two."),
        ("Ｎｏ． ５", "No. 5"),
        ("", " "),
    ],
)
def test_how_it_is_typed_is_no_change(src: str, tgt: str) -> None:
    assert rewording([src], [tgt]) is None


def test_how_it_is_cut_into_passages_is_no_change() -> None:
    assert rewording(["One.", "Two."], ["One. Two."]) is None


def test_traditional_and_simplified_chinese_are_the_same_words() -> None:
    old, new = "這[座]橋長兩公里。", "这[条]桥长两公里。"
    plain = [text.replace("[", "").replace("]", "") for text in (old, new)]
    assert compared(*plain, ("zh-Hant", "zh-Hans")) == (old, new)
    assert rewording(["橋"], ["桥"], ("zh-Hant", "zh-Hans")) is None
    assert rewording(["橋"], ["桥"], ("zh-Hant", "zh-Hant")) is not None


def test_where_little_is_the_same_nothing_is_marked() -> None:
    assert compared("The old mill burned down.", "Nobody was hurt at the river.") == (
        "The old mill burned down.",
        "Nobody was hurt at the river.",
    )


def test_one_word_repeated_ten_thousand_times_is_compared_too() -> None:
    src, tgt = "a b " * 10_000, "b a " * 10_000
    found = rewording([src], [tgt])
    assert found is not None and len(found.src) <= 1


words = st.lists(st.sampled_from(["the", "mill", "river", ",", ".", "5", "桥", "“", "it's"]), max_size=12).map(" ".join)


@given(st.lists(words, max_size=3), st.lists(words, max_size=3))
def test_without_what_is_marked_both_say_the_same(src: list[str], tgt: list[str]) -> None:
    found = rewording(src, tgt)
    if found is None:
        assert " ".join(src).split() == " ".join(tgt).split()
    elif found.src or found.tgt:
        assert rewording(without(src, found.src), without(tgt, found.tgt)) is None


def without(segments: Sequence[str], places: Sequence[Place]) -> list[str]:
    texts = list(segments)
    for segment, start, end in sorted(places, reverse=True):
        texts[segment] = texts[segment][:start] + " " + texts[segment][end:]
    return texts
