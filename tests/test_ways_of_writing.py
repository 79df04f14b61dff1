"""Numbers, dates, quantities and names as the press of each language writes them."""

from __future__ import annotations

import pytest

from workbench.facts import disagreements, numbers

Text = tuple[str, str]


def kinds(src: Text, tgt: Text) -> list[str]:
    """Of what is told of two texts, each with its language before it."""
    return [item.kind for item in disagreements([src[::-1]], [tgt[::-1]])]


@pytest.mark.parametrize(
    ("src", "tgt"),
    [
        # shares
        (("ko", "밀 수확이 20% 줄었다."), ("en", "The wheat harvest fell by a fifth.")),
        (("ja", "住民の3割が引っ越した。"), ("en", "Some 30% of the residents moved.")),
        (("pt", "Dois terços da frota"), ("ja", "船隊の3分の2")),
        # times of day
        (("es", "El horno se apaga a las cinco y media."), ("en", "The oven is turned off at 5.30 every day.")),
        (("fr", "La boulangerie ferme à 15 heures."), ("en", "The bakery closes at three.")),
        (("de", "Der Hof ist von 13 bis 16 Uhr zu."), ("en", "The yard is closed between 1 and 4 p.m.")),
        # spans of time
        (("pt", "A conserva leva uma hora e meia."), ("en", "The preserve takes ninety minutes.")),
        (("ja", "徒歩で45分かかる。"), ("en", "It takes three quarters of an hour on foot.")),
        (("fr", "tous les quinze jours"), ("en", "once a fortnight")),
        (("en", "The kiosk is open around the clock."), ("zh-Hans", "报亭24小时营业。")),
        (("de", "in 1:02:09 Stunden"), ("en", "in 1 hour, 2 minutes and 9 seconds")),
        (("ja", "2時間4分で走った。"), ("en", "She ran it in two hours and four minutes.")),
        (("de", "nach 24 Stunden"), ("en", "after 1 day")),
        (("zh-Hans", "2月上旬"), ("en", "a last-minute ticket in early February")),
        # dates
        (("ja", "2~5月期の売り上げ"), ("en", "sales between February and May")),
        (("es", "La moda de los ochenta"), ("en", "The fashion of the 1980s")),
        (("zh-Hans", "公元前三千纪"), ("en", "the third millennium BC")),
        (("de", "Unter 16 darf niemand hinein."), ("en", "Nobody under 16 may go in.")),  # no month
        # ranges of thousands
        (("es", "entre nueve mil y cuatro mil vasijas"), ("en", "between nine and four thousand jars")),
        # no numbers
        (("ko", "코로나19로 문을 닫았다."), ("en", "It closed because of the pandemic.")),
        (("ja", "10代の大工"), ("en", "a teenage carpenter")),
        (("ja", "パン屋は80キロ先にある。"), ("en", "The bakery is 80 km away.")),
    ],
)
def test_the_same_number_in_other_words(src: Text, tgt: Text) -> None:
    assert kinds(src, tgt) == kinds(tgt, src) == []


@pytest.mark.parametrize(
    ("kind", "src", "tgt"),
    [
        ("quantity", ("ko", "우물은 7m 깊이다."), ("en", "The well is a metre deep.")),
        ("quantity", ("ja", "1時間もかからない。"), ("en", "It takes less than a year.")),
        (
            "quantity",
            ("fr", "A 43 minutes, la potière Lise Marot expose."),
            ("en", "At 43, the potter Lise Marot exhibits."),
        ),
        ("quantity", ("pt", "300 libras egípcias"), ("en", "300 Egyptian dollars")),
        ("quantity", ("ko", "항아리는 사흘 만에 말랐다."), ("en", "The jar dried in three months.")),
        ("quantity", ("ko", "가마는 다섯 시간 탄다."), ("en", "The kiln burns for five weeks.")),
        ("quantity", ("pt", "há dois milhões de anos"), ("en", "two thousand years ago")),
        ("quantity", ("zh-Hans", "他七度改口。"), ("en", "He changed his mind twice.")),
        ("quantity", ("de", "bei 31,4 Grad im August"), ("en", "at 31.5 degrees in August")),
    ],
)
def test_another_number_is_told(kind: str, src: Text, tgt: Text) -> None:
    assert kind in kinds(src, tgt)
    assert kind in kinds(tgt, src)


def test_a_number_ends_where_another_of_its_scale_begins() -> None:
    values = [str(quantity.value) for quantity in numbers("entre diez mil y cinco mil, o dos mil tres", "es")]
    assert values == ["10000", "5000", "2003"]


@pytest.mark.parametrize(
    ("src", "tgt"),
    [
        # called otherwise
        (("es", "La alfarera vive en Amberes."), ("en", "The potter lives in Antwerp.")),
        (("de", "Der Krug kommt aus Kapstadt."), ("en", "The jug comes from Cape Town.")),
        (("fr", "une jarre birmane"), ("en", "a jar from Myanmar")),
        (("pt", "um oleiro da Costa do Marfim"), ("en", "a potter from Ivory Coast")),
        (("ko", "바이에른의 도공"), ("en", "a Bavarian potter")),
        (("ja", "窯はバルセローナにある。"), ("en", "The kiln is in Barcelona.")),
        # a country that the place tells
        (("ko", "독일 드레스덴의 도공"), ("en", "A potter in Dresden")),
        (("zh-Hans", "加拿大艾伯塔省的陶工"), ("en", "a potter in Alberta")),
        # days that are closed are no names
        (("pt", "A oficina não abre às segundas-feiras."), ("en", "The workshop does not open on Mondays.")),
    ],
)
def test_the_same_name_in_another_language(src: Text, tgt: Text) -> None:
    assert kinds(src, tgt) == kinds(tgt, src) == []


@pytest.mark.parametrize(
    ("src", "tgt"),
    [
        (("ko", "러시아 오사카의 도공"), ("en", "a potter in Osaka")),  # where Russia is not
        (("ko", "르완다의 도공"), ("en", "potters of Asia")),
        (("pt", "A Bulgária quer que Rafael decida."), ("en", "Bulgaria wants Sofia to decide.")),  # both are named
        (("fr", "la poterie de Sainte-Odile"), ("en", "the pottery of Kervenic")),
    ],
)
def test_another_name_is_told(src: Text, tgt: Text) -> None:
    assert "name" in kinds(src, tgt)
    assert "name" in kinds(tgt, src)
