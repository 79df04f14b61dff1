"""Names that languages have words of their own for, how names sound, and the recipe of the table of names."""

from __future__ import annotations

from math import inf
from pathlib import Path

import pytest

from models.training.facts import han, hangul
from models.training.facts.missing import examples, learned, log_odds, together
from models.training.facts.names import Entry, beginnings, choose, line, mine, pieces
from models.training.facts.table import Table, aliases, by_hand, capitals, doubt, from_cldr, lines
from workbench.facts.hangul import foreign
from workbench.facts.known import LANGUAGES, is_listed, known, seat_of
from workbench.facts.missing import unnamed
from workbench.facts.naming import doubtful, naming
from workbench.facts.sounds import distance, han_sound, hangul_sound, kana_sound, latin_sound


def stated(text: str, lang: str) -> set[str]:
    return {key for keys, _, _ in known(text, lang).stated for key in keys}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Germany and London"),
        ("fr", "L'Allemagne et Londres"),
        ("de", "Deutschland und London"),
        ("es", "Alemania y Londres"),
        ("pt", "A Alemanha e Londres"),
        ("zh", "德国和伦敦"),
        ("zh", "德國和倫敦"),
        ("ja", "ドイツとロンドン"),
        ("ko", "독일과 런던"),
    ],
)
def test_a_place_is_one_place_in_every_language(lang: str, text: str) -> None:
    assert "DE" in stated(text, lang) and "london" in known(text, lang).possible
    assert all(is_listed("DE", language) for language in LANGUAGES)


def test_a_name_within_another_is_not_that_name() -> None:
    assert not stated("日本酒", "ja") | stated("北極熊", "zh") and "JP" in stated("日本の酒", "ja")
    assert "IN" not in stated("印度尼西亚", "zh") and "asia" not in stated("マレーシア", "ja")
    assert not stated("페루치는 말리키를 만났다. 인도주의자들이 짐을 인도했다.", "ko")
    assert stated("페루에서는 쿠바산 시가를, 영국시간으로", "ko") == {"PE", "CU", "GB"}
    assert "DE" in known("Norddeutschland", "de").possible
    assert stated("turkey and china on a plate", "en") == set()


def test_an_island_that_german_leaves_in_english_is_not_iceland() -> None:
    texts = "Die Fähre nach Bowen Island.", "Die Fähre nach Island.", "Auf Island"
    assert [[n.written for n in naming(text, "de").stated if n.kind == "known"] for text in texts] == [
        [],
        ["Island"],
        ["Island"],
    ]


def test_a_people_is_told_by_its_country() -> None:
    peoples = {"Filipinos": "PH", "Saudi": "SA", "Palestinian": "PS", "Bosnian": "BA", "Nigerian": "NG"}
    assert all(country in stated(f"Many {people} students came.", "en") for people, country in peoples.items())
    assert stated("不列颠哥伦比亚", "zh").isdisjoint({"CO", "GB"}) and "MX" not in stated("新墨西哥", "zh")
    # Dominican is of either country: the list holds the words of both.
    assert "DO" in stated("A Dominican novel.", "en") & stated("一本多米尼加小说。", "zh")


def test_what_is_an_ordinary_word_too_is_no_sure_name() -> None:
    assert stated("现代大众的基地", "zh") == set() and "hyundai" in known("现代汽车", "zh").possible
    assert not stated("Wie die Milch aussieht!", "de") and not stated("Reunião e palestra", "pt")
    assert not stated("A fines de mes cerró la Colonia.", "es") and not stated("La brune a bu.", "fr")


def test_mentions_are_where_they_say() -> None:
    text = "Zwischen Österreich und New York."
    assert [text[start:end] for _, start, end in known(text, "de").stated] == ["Österreich", "New York"]


@pytest.mark.parametrize(
    ("latin", "kana", "hangul", "han"),
    [
        ("Clinton", "クリントン", "클린턴", "克林顿"),
        ("Assad", "アサド", "아사드", "阿萨德"),
        ("Nadal", "ナダル", "나달", "纳达尔"),
    ],
)
def test_a_name_sounds_like_its_transcriptions_and_no_other(latin: str, kana: str, hangul: str, han: str) -> None:
    sounds = [kana_sound(kana), hangul_sound(hangul), han_sound(han)]
    assert all(distance(latin_sound(latin), sound) < 0.45 for sound in sounds)
    assert all(distance(latin_sound("Federer"), sound) > 0.45 for sound in sounds)


@pytest.mark.parametrize(
    ("latin", "written"),
    [
        ("Blake", "ブレイク"),
        ("Wade", "ウェイド"),
        ("Thatcher", "サッチャー"),
        ("Michael", "マイケル"),
        ("Birmingham", "バーミンガム"),
        ("Christopher", "クリストファー"),
        ("Sebastian", "セバスチャン"),
        ("Juan", "후안"),
        ("Sheffield", "셰필드"),
        ("Bangalore", "방갈로르"),
        ("Michael", "마이클"),
        ("Kirov", "基洛夫"),
        ("Canary", "加那利"),
        ("Kashmir", "克什米尔"),
    ],
)
def test_how_names_are_usually_transcribed_is_heard(latin: str, written: str) -> None:
    sound_of = kana_sound if "ァ" <= written[0] <= "ー" else hangul_sound if written[0] >= "가" else han_sound
    assert distance(latin_sound(latin), sound_of(written)) <= 0.3


@pytest.mark.parametrize(
    ("word", "name"), [("밴쿠버에서는", "밴쿠버"), ("브렌트포드의", "브렌트포드"), ("알렌의", "알렌")]
)
def test_a_name_in_hangul_ends_where_korean_begins(word: str, name: str) -> None:
    assert foreign(word, 3.0) == name


def test_korean_words_are_no_foreign_ones() -> None:
    text = "사람들은 아침마다 마을 뒷산을 걸어서 넘어가곤 했습니다"
    assert not any(foreign(word, 3.0) for word in text.split()) and foreign("그") == ""


def test_a_chinese_name_is_told_by_its_pinyin() -> None:
    english = naming("Yesterday Xiaoming and Xiaohong spoke.", "en")
    assert [missing.named.written for missing in unnamed(english, naming("昨天王晓明说了话。", "zh"))] == ["Xiaohong"]


def test_a_word_that_begins_a_sentence_before_a_name_is_no_name() -> None:
    found = {named.written for named in doubtful("Three Germans saw the Three Towers. Beldros fell.", "en").stated}
    assert found == {"Three", "Towers", "Beldros"}
    assert not doubtful("Because Beldros fell, all left.", "en").stated


def test_which_syllables_are_in_foreign_words_is_learned_from_the_english_beside() -> None:
    texts = [
        ("프로토콜이 낡았다", "The protocol is old."),
        ("프로토콜을 적는다", "Write the protocol."),
        ("바람이 분다", "It is windy."),
    ]
    foreign_words, korean = hangul.words(texts)
    assert foreign_words == {"프로토콜"} and {"바람이", "분다"} <= korean
    odds = hangul.log_odds(foreign_words, korean)
    assert min(odds["로"], odds["콜"]) > 0 > odds["다"]
    written = hangul.lines(odds)
    assert written == sorted(written, key=lambda line: -float(line.split("\t")[0]))
    assert {syllable: round(value, 1) for syllable, value in odds.items()} == {
        syllable: float(value) for value, syllables in (line.split("\t") for line in written) for syllable in syllables
    }


def test_which_characters_that_transcribe_are_in_words_is_counted() -> None:
    names = ["馬德里", "米兰", "索菲亚", "马尼拉"]
    texts = ["我们开门的地方", "他打开了门", "地方很大"] * 20
    found = han.in_words(names, texts, "馬马德里米兰索菲亚尼拉开門门地方")
    assert set(found) == set("开門门地方")
    row = ["madrid", "+madrid=", "", "", "", "", "+马德里|+馬德里|~德城", "", "", "", ""]
    assert han.transcribed([row], "马馬德里") == ["马德里", "馬德里"]


def test_what_stands_for_a_word_is_mined_from_what_stands_beside_it() -> None:
    pairs = [(f"il vit à Londres le {n}", f"he lives in London on {n}") for n in range(40)]
    pairs += [(f"il vit à Berne le {n}", f"he lives in Bern on {n}") for n in range(2000)]
    found = {entry.word: entry for entry in mine(pairs, [True] * len(pairs), "fr")}
    assert found["London"].forms[0][0] == "londres=" and found["London"].explained == 1.0
    assert line(Entry("London", 40, 1.0, (("londres=", 1.0, 1.0),))) == "London\t40\t1.000\tlondres= 1.000 1.000"


def test_chance_stands_for_nothing() -> None:
    texts = [beginnings(f"un mot {n}") for n in range(20)]
    assert choose(texts, dict.fromkeys(beginnings("un mot"), 1000), 1000) == []
    assert {"伦", "伦敦"} <= pieces("在伦敦 London")


def test_how_surely_missing_names_tell_is_learned_from_changes() -> None:
    names = ("Nadal", "Federer", "Kenya", "Obama")
    pairs = [(f"Il a vu {name} hier.", f"He saw {name} yesterday.") for name in names]
    pairs += [("Il a vu la ville.", "He saw the city of Federer.")]  # a name that the other text leaves out
    found = examples("fr-en", pairs, ("fr", "en"))
    weights = learned([found])
    left_out, changed = together(found.unchanged[4], weights), [together(each, weights) for each in found.changed]
    assert [together(each, weights) for each in found.unchanged[:4]] == [None] * 4
    assert len(changed) >= 4 and left_out is not None
    surer = [row is not None and row @ weights > left_out @ weights for row in changed]
    assert sum(surer) > len(surer) / 2
    assert [log_odds(each, weights) for each in found.unchanged[:4]] == [-inf] * 4
    assert sum(log_odds(each, weights) > -inf for each in found.left_out) >= 4


def test_a_capital_is_of_its_country(tmp_path: Path) -> None:
    path = tmp_path / "countries.json"
    path.write_text('{"CH": {"iso": "CH", "capital": "Bérne"}, "AQ": {"iso": "AQ", "capital": ""}}', encoding="utf-8")
    assert capitals(path) == {"berne": "CH"}
    assert (seat_of("berlin"), seat_of("DE"), seat_of("hamburg")) == ("DE", "DE", "")


def test_a_city_is_called_what_any_language_in_latin_letters_calls_it(tmp_path: Path) -> None:
    path = tmp_path / "cities.json"
    others = '["Ghent", "Gand", "Gante", "Ghenta", "GNE", "Gent City", "겐트"]'
    path.write_text(f'{{"1": {{"name": "Ghent", "population": 9, "alternatenames": {others}}}}}', encoding="utf-8")
    table = Table()
    table.name("ghent", ["ghent"]).add("ja", "ヘント", "+")
    aliases(table, path)
    assert lines(table, {})[1].split("\t")[-2:] == ["gand=|gante=|ghenta=", ""]
    assert "chennai" in known("in Madras", "de").possible & known("à Madras", "fr").possible


def test_the_table_doubts_what_a_team_or_a_person_may_be_called_too() -> None:
    table = Table()
    by_hand(table)
    from_cldr(table)
    doubt(table)
    english = {tuple(line.split("\t")[:2]) for line in lines(table, {})}
    assert ("boston", "+boston=|+bostonian=|+bostonians=|bruins=|celtics=|red sox=") in english
    assert ("FR", "fran|+france=") in english and not known("Franco and Francesca", "en").stated


def test_a_name_that_ends_like_a_word_is_no_compound() -> None:
    kept = {named.written for named in naming("Sie fuhren von Neuburg nach Steinberg, aus Handschuhen.", "de").stated}
    assert kept == {"Neuburg", "Steinberg"}
