"""Automatic checks: what each finds and leaves alone, verified by hand in several languages."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from workbench.bench.checks import as_units
from workbench.bench.injected import ERRORS, Others, by_check
from workbench.bench.named import Named
from workbench.datatypes import Issue, Severity
from workbench.errors import InputError
from workbench.export.incoming import File
from workbench.facts import degenerate
from workbench.quality import (
    CHECKS,
    Estimate,
    Glossary,
    Material,
    Profile,
    check,
    consistency,
    estimates,
    known_only,
    language,
    of_units,
    profile_text,
    ranks,
    read_profile,
    unknown,
)
from workbench.wiring import abreast
from workbench.wiring.abreast import of_units_abreast
from workbench.wiring.importing import glossary as read_glossary
from workbench.wiring.importing import opened

LOOKS_FOR = {name: one.looks_for for name, one in CHECKS.items()}
ANY_TEXT = st.text(st.characters() | st.sampled_from("\ud800\x00()“”<b>%s{0}0123 万億.,的のn't不ない♪"), max_size=60)


def found(name: str, src: str, tgt: str, langs: str, glossary: Glossary = Glossary()) -> list[Issue]:
    """What one check says of one unit. `langs`: "fr>en"."""
    src_lang, tgt_lang = langs.split(">")
    units = as_units([(src, tgt)], (src_lang, tgt_lang))
    return list(check(Material(units, glossary=glossary), Profile(frozenset(CHECKS) - {name})).issues[0])


@pytest.mark.parametrize(
    ("name", "langs", "src", "tgt", "marked"),
    [
        ("numbers", "zh-Hans>en", "中国有14亿人口。", "China has 140 million people.", "140 million"),
        ("numbers", "zh-Hant>en", "市府撥款三百二十萬元。", "The city granted 32 million yuan.", "32 million yuan"),
        ("numbers", "fr>en", "Le taux est de 3,5 %.", "The rate is 35 %.", "3,5 %"),
        ("numbers", "de>en", "Er zahlte 1.500 Euro.", "He paid 1,500 dollars.", "1,500 dollars"),
        ("numbers", "en>ja", "It opened on 3 May 1998.", "1989年5月3日に開業した。", "1989年"),
        ("numbers", "ko>en", "회원은 2만 명이다.", "There are 2,000 members.", "2만"),
        ("numbers", "es>en", "Murieron 47 personas.", "Several people died.", "47"),
        ("names", "zh-Hans>en", "他在OpenAI工作。", "He works at a company.", "OpenAI"),
        ("negation", "fr>en", "Elle n'a pas signé le contrat.", "She signed the contract.", "n'a pas"),
        ("untranslated", "zh-Hans>en", "我们明天再谈。", "We will talk 明天再谈 about it.", "明天再谈"),
        ("untranslated", "en>zh-Hans", "The talks were hard.", "会谈很艰难 решение.", "решение"),
        ("untranslated", "fr>en", "Le maire a dit hier à tous que la réunion prévue demain matin est annulée.",
         "The mayor told everyone yesterday that the meeting prévue demain matin est annulée.",
         "prévue demain matin est annulée"),
        ("repetition", "zh-Hans>en", "谢谢大家的到来。",
         "Thank you thank you thank you thank you thank you for coming.",
         "Thank you thank you thank you thank you thank you"),
        ("artefacts", "fr>en", "Il sourit.", "He smiles. (Applause)", "(Applause)"),
        ("artefacts", "en>zh-Hans", "He smiles.", "他笑了。（掌声）", "（掌声）"),
        ("brackets", "de>en", "Der Rat (2019) tagte.", "The council (2019 met.", "("),
        ("quotes", "es>en", "Dijo: «Basta».", "He said: “Enough.", "“"),
        ("links", "pt>en", "Veja https://example.org/a1.", "See https://example.org/a2.", "https://example.org/a2"),
        ("tags", "ja>en", "<b>重要</b>なお知らせ", "<b>Important notice", "</b>"),
        ("tags", "fr>en", "Bonjour {name}, %d messages", "Hello {name}, messages", "%d"),
        ("case", "fr>en", "Nous avons gagné la partie.", "WE HAVE WON THE GAME.", "WE HAVE WON THE GAME."),
        ("case", "zh-Hans>en", "我们赢了。", "we won.", "w"),
    ],
)  # fmt: skip
def test_an_error_is_found_where_it_is(name: str, langs: str, src: str, tgt: str, marked: str) -> None:
    issues = found(name, src, tgt, langs)
    texts = {"src": src, "tgt": tgt}
    assert marked in [texts[issue.side][issue.start : issue.end] for issue in issues]
    assert all(issue.check == name and issue.reason.endswith(".") for issue in issues)


@pytest.mark.parametrize(
    ("langs", "src", "tgt"),
    [
        ("zh-Hans>en", "中国有14亿人口。", "China has 1.4 billion people."),
        ("fr>en", "En 1990, « 3,5 % » des 1 200 salariés n'étaient pas payés.",
         "In 1990, “3.5 %” of the 1,200 employees were not paid."),
        ("de>en", "Es waren 5.000 Menschen (etwa 10 km entfernt).", "There were 5,000 people (about 10 km away)."),
        ("ja>en", "彼は「東京」と言った。", "He said “Tokyo”."),
        ("en>ko", "See https://example.org for <i>details</i>.", "<i>자세한 내용</i>은 https://example.org 참조."),
        ("es>pt", "Nunca volvió a Sevilla.", "Nunca voltou a Sevilha."),
        ("zh-Hant>en", "（掌聲）謝謝大家。", "(Applause) Thank you all."),
        ("en>zh-Hans", "The iPhone 15 costs $999.", "iPhone 15售价999美元。"),
        ("en>ja", "The people drank coffee by the harbour.", "人々は港のそばでコーヒーを飲んだ。"),
        ("en>he", "The director said no.", 'המנכ"ל אמר לא.'),
        ("en>he", "The director said no.", 'המנכ"לית אמרה לא.'),
    ],
)  # fmt: skip
def test_a_sound_translation_is_left_alone(langs: str, src: str, tgt: str) -> None:
    assert [issue for name in CHECKS for issue in found(name, src, tgt, langs)] == []


def many(count: int = 80) -> list[tuple[str, str]]:
    """Pairs of about equal length, every one different."""
    return [
        (f"La phrase numéro {n} parle du village {chr(97 + n % 26) * 3}.", f"Sentence number {n} is of a village.")
        for n in range(count)
    ]


def test_what_is_missing_or_too_much_shows_against_the_other_units() -> None:
    long = "Le conseil a décidé hier soir de fermer la vieille école, malgré les protestations des parents."
    pairs = [*many(), (long, "The council."), ("Oui, bien sûr, demain.", "The council met. " * 5)]
    report = check(Material(as_units(pairs, ("fr", "en"))))
    assert [issue.check for issue in report.issues[80] if issue.check == "omission"] == ["omission"]
    assert [issue.check for issue in report.issues[81] if issue.check == "addition"] == ["addition"]
    assert report.fired["omission"] == report.fired["addition"] == 1


def test_a_gap_that_length_alone_leaves_in_doubt_is_told_by_meaning() -> None:
    pairs = [
        *many(),
        (
            "La phrase parle longuement du village, de ses habitants et de leurs longues journées d'hiver.",
            "The phrase is of the village at length, and it is over.",
        ),
    ]
    units = as_units(pairs, ("fr", "en"))
    similarity = np.full(81, 0.8, dtype=np.float32)
    similarity[80] = -0.1
    only = Profile(frozenset(CHECKS) - {"omission"})
    assert check(Material(units), only).fired == {"omission": 0}
    assert check(Material(units, similarity), only).fired == {"omission": 1}


@pytest.mark.filterwarnings("error")
def test_languages_that_no_encoder_knows_are_checked_by_length_alone() -> None:
    units = as_units([*many(), ("Il faut encore une longue phrase de plus, dit le maire.", "He said.")], ("fr", "en"))
    unknown_to_all = Material(units, np.full(len(units), np.nan, dtype=np.float32))
    assert check(unknown_to_all) == check(Material(units))


_TOPICS = ("école|school", "pont|bridge", "maire|mayor", "pluie|rain", "phrase|Sentence")


def by_topic(texts: Sequence[str]) -> NDArray[np.float32]:
    """A unit vector a text: how often each topic is named in it, in either language."""
    counts = [[1e-3, *(len(re.findall(topic, text)) for topic in _TOPICS)] for text in texts]
    vectors = np.array(counts, dtype=np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def test_the_clause_that_one_side_lacks_is_shown() -> None:
    whole = "Le maire a fermé la vieille école, et la pluie a emporté le pont en une nuit."
    only, more = "The mayor has closed the old school.", "The rain took the bridge away overnight."
    half = whole.partition(",")[0] + "."
    units = as_units([*many(), (whole, only), (half, f"{only} {more}"), (whole, f"{only} {more}")], ("fr", "en"))
    similarity = np.sum(by_topic([u.src_text for u in units]) * by_topic([u.tgt_text for u in units]), axis=1)
    report = check(Material(units, similarity, encode=by_topic), Profile(frozenset(CHECKS) - {"omission", "addition"}))
    lacking, added, sound = report.issues[80:]
    assert [(i.check, i.side, whole[i.start : i.end]) for i in lacking] == [
        ("omission", "src", "et la pluie a emporté le pont en une nuit.")
    ]
    assert [(i.check, i.side, units[81].tgt_text[i.start : i.end].strip()) for i in added] == [
        ("addition", "tgt", more)
    ]
    assert sound == ()


def _gone(*args: Any, start: type[subprocess.Popen[bytes]] = subprocess.Popen, **more: Any) -> subprocess.Popen[bytes]:
    """A process that has ended by the time it is asked something."""
    process = start(*args, **more)
    process.wait()
    return process


def test_several_processes_find_what_one_does_whatever_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = [*many(), ("Il a payé 47 euros à \ud800.", "He paid 74 euros.\n\x00"), ("中国有14亿人口。", "")]
    units = as_units(pairs, ("fr", "en"))
    names = [name for name, one in CHECKS.items() if one.of_unit]
    alone = of_units(units, names)
    assert any(alone)
    monkeypatch.setattr(abreast, "_AT_ONCE", 20)
    assert of_units_abreast(units, names, processes=2) == alone
    monkeypatch.setattr(abreast, "_COMMAND", [sys.executable, "-c", "print('no JSON')"])
    assert of_units_abreast(units, names, processes=2) == alone
    monkeypatch.setattr(subprocess, "Popen", _gone)
    assert of_units_abreast(units, names, processes=2) == alone


def test_units_are_held_against_each_other() -> None:
    pairs = [
        ("La séance est levée.", "The session is over."),
        ("La séance est levée.", "The session is over."),
        ("La séance est levée.", "The meeting is raised."),
        ("Le conseil se réunira demain.", "The session is over."),
    ]
    issues = check(Material(as_units(pairs, ("fr", "en"))), Profile(frozenset(CHECKS) - {"consistency"})).issues
    assert [len(own) for own in issues] == [0, 0, 1, 1]
    assert "'The session is over.'" in issues[2][0].reason
    assert "'La séance est levée.'" in issues[3][0].reason


@given(st.text(st.sampled_from("aBßİé3_ .,'\u0301一が"), max_size=160))
def test_texts_that_are_the_same_have_their_last_words_in_common(text: str) -> None:
    assert consistency._last_words(text) == tuple(consistency._folded(text).split()[-consistency._FEW :])


_WORDS = st.lists(st.sampled_from(["eins", "zwei", "drei", "vier", "Haus", "12", "3", "a", "ﬁx", "ŀ", "(fünf)", "."]))


@given(_WORDS.map(" ".join), _WORDS.map(" ".join))
def test_what_is_copied_is_passed_over_nowhere(source: str, target: str) -> None:
    said = degenerate.untranslated(source, target, "en")
    words = language._words(target)
    kept = [word in language._words(source) for word in words]
    assert "script" in said or not said or language._may_be_copied(words, kept)


def test_one_answer_to_everything_is_critical() -> None:
    sources = ["今天我们讨论了新的法律草案。", "下个月市长要访问三个城市。", "孩子们在公园里放风筝玩得很开心。"]
    report = check(Material(as_units([(text, "Home") for text in sources], ("zh-Hans", "en"))))
    assert report.fired["constant"] == 3
    assert {i.severity for own in report.issues for i in own if i.check == "constant"} == {Severity.CRITICAL}


GLOSSARY = """fr,en,zh-Hans,note
conseil municipal,city council|town council,市议会,politics
mairie,town hall,市政厅
"broken,row
seul
maire,mayor
"""


def glossary_of(data: bytes) -> Glossary:
    return read_glossary(File("terms.csv", data))


def test_terms_are_found_in_other_endings_and_scripts_and_a_broken_row_stops_none() -> None:
    glossary = glossary_of(GLOSSARY.encode())
    assert [problem.split(" of ")[0] for problem in glossary.problems] == ["line 4", "line 5"]
    assert glossary_of(GLOSSARY.replace("\n", "\r").encode()) == glossary  # as old Macs end lines
    ask = "Les conseils municipaux et le conseil municipal."
    assert found("glossary", ask, "The town councils met.", "fr>en", glossary) == []
    issue = found("glossary", ask, "The assembly met.", "fr>en", glossary)[0]
    assert "'city council' or 'town council'" in issue.reason
    assert found("glossary", "The mayor spoke.", "市議會開會。", "en>zh-Hant", glossary) == []
    assert found("glossary", "The city council met.", "市議會開會。", "en>zh-Hant", glossary) == []
    assert len(found("glossary", "The city council met.", "議員開會。", "en>zh-Hant", glossary)) == 1
    assert found("glossary", "Le maire parle.", "The mayors speak.", "fr>en", glossary) == []


def test_an_address_may_name_the_other_language() -> None:
    for src, tgt in (
        ("https://example.org/en/a", "https://example.org/fr/a"),
        ("https://en.a.org", "https://fr.a.org"),
    ):
        assert found("links", f"See {src}.", f"Voir {tgt}.", "en>fr") == []
    assert len(found("links", "See https://a.org/en/x.", "Voir https://a.org/fr/y.", "en>fr")) == 2
    assert len(found("links", "See https://a.org/en/x.", "Voir https://a.org/de/x.", "en>fr")) == 2


def test_chinese_has_marks_of_its_own_for_titles() -> None:
    assert found("quotes", "『風の音』は長い。", "《风声》很长。", "ja>zh-Hans") == []


@pytest.mark.parametrize(
    ("langs", "src", "right", "wrong"),
    [
        ("en>zh-Hans", "The council has met.", "市议会昨天开会讨论预算。", "市議會昨天開會討論預算。"),
        ("zh-Hans>zh-Hant", "市议会昨天开会讨论预算。", "市議會昨天開會討論預算。", "市议会昨天开会讨论预算。"),
    ],
)
def test_traditional_and_simplified_characters_are_told_apart(langs: str, src: str, right: str, wrong: str) -> None:
    assert found("untranslated", src, right, langs) == []
    [issue] = found("untranslated", src, wrong, langs)
    assert "characters, and" in issue.reason and issue.severity is Severity.MAJOR


@pytest.mark.parametrize(
    ("terms", "langs", "src", "wrong", "right"),
    [
        # a term within a longer one
        (
            "hôtel de ville,town hall|ville,city",
            "fr>en",
            "L'hôtel de ville ouvre.",
            "It opens.",
            "The town hall opens.",
        ),
        ("東京都,Tokyo|京都,Kyoto", "ja>en", "東京都へ行く。", "She goes to Nara.", "She goes to Tokyo."),
        (
            "ville,city|hôtel de ville,town hall",
            "fr>en",
            "Ville sans hôtel de ville.",
            "No town hall.",
            "City, town hall.",
        ),
        # English plurals
        ("partie,party", "fr>en", "Les parties signent.", "They sign.", "The third parties sign."),
        ("city,ville", "en>fr", "The cities grow.", "Elles croissent.", "Les villes croissent."),
        ("county,comté", "en>fr", "The counties of the country.", "Le pays.", "Les comtés du pays."),
        # one term in two rows
        ("Bank,bank|Bank,bench", "de>en", "Die Bank steht da.", "It is there.", "The bench is there."),
        # typographic apostrophes, accents that stand apart, full width
        ("aujourd'hui,today", "fr>en", "Venez aujourd’hui.", "Come now.", "Come today."),
        ("today,aujourd'hui", "en>fr", "Come today.", "Venez.", "Venez aujourd’hui."),
        ("cle\u0301,key", "fr>en", "La clé est là.", "It is there.", "The key is there."),
        ("GDP,国内总产值", "en>zh-Hans", "The GDP grew.", "增长了。", "国内总产值增长了。"),
        ("ＷＨＯ,OMS", "ja>fr", "WHOの発表", "L'annonce", "L'annonce de l'OMS"),
        # capitals
        ("NATO,OTAN", "en>fr", "NATO met.", "Elle s'est réunie.", "L'Otan s'est réunie."),
    ],
)
def test_a_term_is_told_where_it_is_said_otherwise_alone(
    terms: str, langs: str, src: str, wrong: str, right: str
) -> None:
    header = ",".join(tag.split("-")[0] for tag in langs.split(">"))
    glossary = glossary_of("\n".join([header, *terms.split("|")]).encode())
    assert len(found("glossary", src, wrong, langs, glossary)) == 1
    assert found("glossary", src, right, langs, glossary) == []


def test_a_term_in_capitals_is_no_word_in_small_letters() -> None:
    glossary = glossary_of("en,fr\nUS,États-Unis\nUNESCO,UNESCO\n".encode())
    assert found("glossary", "He told us.", "Il nous l'a dit.", "en>fr", glossary) == []
    assert len(found("glossary", "Unesco and the US agreed.", "Elles sont d'accord.", "en>fr", glossary)) == 2


def test_a_country_is_no_plural_of_a_county() -> None:
    glossary = glossary_of("en,fr\ncounty,comté\n".encode())
    assert found("glossary", "The country is large.", "Le pays est grand.", "en>fr", glossary) == []


def test_a_glossary_may_name_its_languages_in_words() -> None:
    glossary = glossary_of("Français;English;Chinois;Note\nmairie;town hall;市政厅;formel\n".encode())
    assert [term.of("fr") + term.of("en") + term.of("zh") for term in glossary.terms] == [
        ("mairie", "town hall", "市政厅")
    ]


@pytest.mark.parametrize("header", ["source,target,note", "Term\tTranslation"])
def test_a_glossary_may_name_its_sides_instead(header: str) -> None:
    comma = "\t" if "\t" in header else ","
    glossary = glossary_of(f"{header}\nmairie{comma}town hall\n".encode())
    for langs in ("fr>en", "fr-CA>en-GB"):
        assert found("glossary", "La mairie est fermée.", "The town hall is closed.", langs, glossary) == []
        assert len(found("glossary", "La mairie est fermée.", "The office is closed.", langs, glossary)) == 1


def test_a_glossary_that_cannot_be_used_says_why(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"must name two languages .* source,target; it is 'what;how'"):
        glossary_of(b"what;how\na;b\n")
    with pytest.raises(InputError, match="cannot be read"):
        opened([tmp_path / "none.csv"])
    for encoding in ("cp1252", "utf-8-sig", "utf-16"):
        assert glossary_of("fr;en\nété;summer\n".encode(encoding)).terms[0].of("fr") == ("été",)


def test_a_profile_is_saved_shared_and_switches_checks_off(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(profile_text(Profile(frozenset(["numbers", "case"])), LOOKS_FOR), encoding="utf-8")
    profile = read_profile(path, LOOKS_FOR)
    assert profile.off == {"numbers", "case"}
    report = check(Material(as_units([("Il y en a 47.", "there are many.")], ("fr", "en"))), profile)
    assert report.fired.keys() == CHECKS.keys() - {"numbers", "case"}
    assert report.issues == ((),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[checks]\nnumbrs = false", "there is no check numbrs; there are numbers"),
        ("numbers = false", r"needs a table \[checks\]"),
        ("[checks", "is not TOML"),
    ],
)
def test_a_profile_that_cannot_be_used_says_why(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "p.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_profile(path, LOOKS_FOR)
    with pytest.raises(InputError, match="cannot be read"):
        read_profile(tmp_path / "none.toml", LOOKS_FOR)
    with pytest.raises(InputError, match="no check x"):
        known_only(["x"], LOOKS_FOR)


def test_an_address_is_marked_as_it_is_written_whatever_small_letters_make_of_it() -> None:
    target = "See https://example.org/İİİ!"
    (issue,) = found("links", "Siehe da.", target, "de>en")
    assert target[issue.start : issue.end] == "https://example.org/İİİ"


TERMS = glossary_of(GLOSSARY.encode())


@settings(max_examples=150)
@example([("", "\ud800")], "en>zh-Hant")
@given(st.lists(st.tuples(ANY_TEXT, ANY_TEXT), max_size=4), st.sampled_from(["fr>en", "en>zh-Hant", "ja>ko", "ar>de"]))
def test_hostile_text_gives_spans_inside_it_and_the_same_each_time(pairs: list[tuple[str, str]], langs: str) -> None:
    src_lang, _, tgt_lang = langs.partition(">")
    units = as_units(pairs, (src_lang, tgt_lang))
    material = Material(units, glossary=TERMS)
    report = check(material)
    assert report == check(material)
    for unit, issues in zip(units, report.issues, strict=True):
        for issue in issues:
            text = unit.src_text if issue.side == "src" else unit.tgt_text
            assert 0 <= issue.start <= issue.end <= len(text)


_WORDS = st.sampled_from(["the ", "ein", "Vater ", "!", "的", "是", "ab", "我们", "...", "ＡＢＣ ", "x_1 ", " "])


@settings(max_examples=200)
@given(st.lists(_WORDS, max_size=9), st.integers(1, 6), st.lists(_WORDS, max_size=40))
def test_what_looks_for_loops_and_copies_first_looks_cheaply_and_misses_none(
    unit: list[str], times: int, rest: list[str]
) -> None:
    target = "".join([*unit * times, *rest])
    assert bool(found("repetition", "", target, "fr>en")) == bool(degenerate.loop("", target))
    copied = degenerate.untranslated(target, target, "ja")
    assert not copied or found("untranslated", target, target, "fr>ja")


def test_every_error_of_the_bench_can_be_made_and_has_a_check() -> None:
    pairs = [
        (f"Le {n} mai 1998, {who} n'a pas payé {n}0 euros à Paris, dit-elle.",
         f"On May {n}, 1998, she said that {who} did not pay {n}0 euros, and left for Paris.")
        for n, who in zip(range(11, 31), ["Anna Weber", "Clara Berg"] * 10, strict=True)
    ]  # fmt: skip
    units = as_units(pairs, ("fr", "en"))
    assert by_check().keys() == CHECKS.keys()
    for error in ERRORS:
        ready = error.prepare(units)
        others = Others(ready, Named([(unit.src_text, unit.tgt_text) for unit in ready], ("fr", "en")))
        made = [error.make(unit, others, random.Random(n)) for n, unit in enumerate(ready)]
        changed = [
            (one, unit) for one, unit in zip(made, ready, strict=True) if one is not None and one[0] != unit.tgt_text
        ]
        assert changed, error.kind
        assert all(0 <= start <= end <= len(text) for (text, start, end), _ in changed)


def test_what_is_wrong_raises_the_risk_and_says_so() -> None:
    units = as_units([*many(), ("Il a payé 47 euros.", "He paid 74 euros."), ("Seul.", "")], ("fr", "en"))
    report = check(Material(units))
    similarity = np.full(len(units), 0.8, dtype=np.float32)
    similarity[5] = 0.1
    signals = replace(unknown(len(units)), similarity=similarity)
    judged = [one for one in estimates(report, signals) if one is not None]
    assert len(judged) == len(units)
    assert all(isinstance(one, Estimate) and 0 <= one.risk <= 1 and not one.is_calibrated for one in judged)
    assert judged[5].risk > judged[6].risk
    assert "the meanings of source and target lie far apart" in judged[5].reasons
    assert any("numbers" in reason for reason in judged[80].reasons)
    assert all("not calibrated" in one.reasons[-1] for one in judged)


def test_what_one_document_alone_says_makes_no_length_unusual() -> None:
    units = as_units([*many(20), *((f"Ce passage {n} n'est qu'ici.", "") for n in range(40))], ("fr", "en"))
    units[20:] = [replace(unit, tgt_segments=()) for unit in units[20:]]
    alone, beside = ([*estimates(check(Material(some)), unknown(len(some)))] for some in (units[:20], units))
    assert beside == [*alone, *[None] * 40]


def test_the_rank_counts_the_sources_that_fit_a_target_better() -> None:
    src = np.eye(4, dtype=np.float32)
    tgt = np.array([[1, 0, 0, 0], [0, 1, 0, 0], [0, 1, 0.5, 0], [0, 0, 0, 1]], dtype=np.float32)
    assert ranks(src, tgt).tolist() == [0, 0, pytest.approx(1 / 3), 0]
