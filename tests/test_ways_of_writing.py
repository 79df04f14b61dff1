"""Numbers, dates, quantities and names as the press of each language writes them."""

from __future__ import annotations

import pytest

from tests.support import kinds
from workbench.facts import numbers

Text = tuple[str, str]


@pytest.mark.parametrize(
    ("src", "tgt"),
    [
        # shares
        (("ko", "밀 수확이 20% 줄었다."), ("en", "The wheat harvest fell by a fifth.")),
        (("ja", "住民の3割が引っ越した。"), ("en", "Some 30% of the residents moved.")),
        (("pt", "Dois terços da frota"), ("ja", "船隊の3分の2")),
        (("ja", "壺の9割が割れた。"), ("en", "Nine out of ten jars broke.")),
        (("ko", "가마의 80%가 낡았다."), ("en", "Four fifths of the kilns are old.")),
        (("zh-Hans", "陶罐打七折。"), ("en", "Jars are 30 percent off.")),
        (("zh-Hans", "每天付万分之五。"), ("en", "The rate is 0.05 percent a day.")),
        (("fr", "L'atelier a vendu 250 000 bols."), ("en", "The workshop sold a quarter of a million bowls.")),
        (("fr", "La taxe est de 3,5 ‰."), ("en", "The tax is 3.5 per thousand.")),
        (("fr", "La taxe est de 3,5 ‰."), ("en", "The tax is 3.5 per 1,000.")),
        (("de", "Der Zoll beträgt 4,2 Promille."), ("en", "The duty is 0.42%.")),
        (("de", "Der Töpfer hatte 0,9 Promille."), ("en", "The potter had 0.9 grams of alcohol per litre of blood.")),
        # times of day
        (("es", "El horno se apaga a las cinco y media."), ("en", "The oven is turned off at 5.30 every day.")),
        (("fr", "La boulangerie ferme à 15 heures."), ("en", "The bakery closes at three.")),
        (("de", "Der Hof ist von 13 bis 16 Uhr zu."), ("en", "The yard is closed between 1 and 4 p.m.")),
        (("de", "Der Kiosk öffnet um halb sieben."), ("en", "The kiosk opens at 6:30.")),
        (("de", "Um drei vor sieben klingelte es."), ("en", "The bell rang at 6:57.")),
        (("es", "El horno se apaga a las nueve menos cuarto."), ("en", "The oven is turned off at 8:45.")),
        (("zh-Hans", "晚上七点三刻熄火。"), ("en", "The fire is put out at a quarter to eight.")),
        (("ko", "막차는 밤 11시 50분에 떠난다."), ("en", "The last bus leaves at ten to midnight.")),
        (("es", "Cierra a las 17.30."), ("en", "It closes at half past five.")),
        # spans of time
        (("pt", "A conserva leva uma hora e meia."), ("en", "The preserve takes ninety minutes.")),
        (("ja", "徒歩で45分かかる。"), ("en", "It takes three quarters of an hour on foot.")),
        (("fr", "tous les quinze jours"), ("en", "once a fortnight")),
        (("de", "In vierzehn Tagen wird gebrannt."), ("fr", "La cuisson a lieu dans quinze jours.")),
        (("es", "Vuelve dentro de quince días."), ("en", "He is back in 14 days.")),
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
        (("ja", "昭和39年に焼かれた。"), ("en", "It was fired in 1964.")),
        (("ko", "중학교 3학년 도공"), ("en", "a potter in ninth grade")),
        # amounts in units of a country, and split in two
        (("zh-Hans", "走了八里路。"), ("en", "They walked four kilometres.")),
        (("zh-Hans", "钟重2500公斤。"), ("en", "The bell weighs 2.5 tonnes.")),
        (("ja", "59秒87で泳いだ。"), ("en", "She swam it in 59.87 seconds.")),
        (("ja", "牛乳250ミリリットル"), ("en", "a quarter of a litre of milk")),
        (("ja", "窯の高さは一メートル八十センチだ。"), ("en", "The kiln is 1.8 metres high.")),
        (("ja", "窯の高さは1メートル5センチだ。"), ("en", "The kiln is 1.05 metres high.")),
        # languages whose words for numbers are not known
        (("it", "Il forno è costato 1,5 milioni di euro."), ("en", "The kiln cost 1.5 million euros.")),
        (("ja", "人口は320万人だ。"), ("ru", "Население составляет 3,2 миллиона человек.")),
        (("hi", "लागत 15 लाख रुपये थी।"), ("en", "The cost was 1.5 million rupees.")),
        (("it", "Vennero venti vasai."), ("en", "Twenty potters came.")),
        # what is so many times less
        (("fr", "Elle a deux fois moins d'élèves."), ("en", "She has half as many pupils.")),
        # telephone numbers from abroad
        (("fr", "Atelier : 01 42 68 53 00"), ("en", "Workshop: +33 1 42 68 53 00")),
        (("de", "Hof: 030/12 34 56"), ("en", "Yard: +49 (0)30 12 34 56")),
        # ranges of thousands
        (("es", "entre nueve mil y cuatro mil vasijas"), ("en", "between nine and four thousand jars")),
        # one amount in two units, in a half, in another unit, or in words
        (("ja", "1年半の工事が終わった。"), ("en", "After 18 months of work it is done.")),
        (("ja", "1時間50分の芝居だ。"), ("en", "The play is 110 minutes long.")),
        (("ko", "두 시간 반짜리 연극이다."), ("en", "The play is 150 minutes long.")),
        (("ja", "身長は5フィート11インチだ。"), ("en", "He is 180 cm tall.")),
        (("ja", "2.4キロ歩いた。"), ("en", "They walked a mile and a half.")),
        (("ko", "반 마일을 걸었다."), ("en", "They walked 800 metres.")),
        (("ja", "壺は約230キロだ。"), ("en", "The jar weighs 500 pounds.")),
        (("ko", "4만 제곱미터의 밭이다."), ("en", "It is a 10-acre field.")),
        (("ja", "約19リットル入る。"), ("en", "It holds five gallons.")),
        (("ko", "한 시간 굽는다."), ("en", "It is fired for 60 minutes.")),
        (("ja", "4分の3が割れた。"), ("en", "Seventy-five percent broke.")),
        (("ko", "20여만 개를 구웠다."), ("en", "They fired more than 200,000.")),
        (("ja", "300年続いた。"), ("en", "It lasted for three centuries.")),
        (("ja", "1500個の壺がある。"), ("en", "There are fifteen hundred jars.")),
        (("ja", "約3万個の壺だ。"), ("en", "Some 30K jars.")),
        # the clock of armies, years cut short, eras, feasts, quarters
        (("ja", "現地時間21時30分に火が消えた。"), ("en", "The fire went out at 2130 local time.")),
        (("ko", "1939년부터 45년까지 이어졌다."), ("en", "It lasted from 1939 to 1945.")),
        (("ko", "쇼와 39년에 구웠다."), ("en", "It was fired in 1964.")),
        (("ja", "平成元年に完成した。"), ("en", "It was finished in 1989.")),
        (("ja", "1月1日に窯を開ける。"), ("en", "The kiln is opened on New Year's Day.")),
        (("ko", "4~6월 적자가 났다."), ("en", "There was a loss in the second quarter.")),
        # words and names with numerals
        (("ja", "五十嵐さんが3つ買った。"), ("en", "Igarashi bought three.")),
        (("ja", "八百屋で壺を買った。"), ("en", "She bought the jar at the greengrocer's.")),
        (("ko", "세븐 시스터즈는 절벽이다."), ("en", "The Seven Sisters are cliffs.")),
        (("ja", "窯は創業100周年だ。"), ("en", "The kiln celebrates its centenary.")),
        (("ja", "二、三か月たてばわかる。"), ("en", "We will know in another few months.")),
        (("ja", "2回以上焼かない。"), ("en", "Do not fire it more than once.")),
        # no spans of time
        (("ko", "가마를 고치기 위한 시간을 더 냈다."), ("en", "They took a few extra minutes to mend the kiln.")),
        (("ko", "시급은 10달러다."), ("en", "The wage is $10 an hour.")),
        (("ja", "数秒あれば十分な時間だ。"), ("en", "A few hours is time enough.")),
        # no numbers
        (("ko", "코로나19로 문을 닫았다."), ("en", "It closed because of the pandemic.")),
        (("ja", "10代の大工"), ("en", "a teenage carpenter")),
        (("ja", "パン屋は80キロ先にある。"), ("en", "The bakery is 80 km away.")),
        # names
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
def test_the_same_in_other_words(src: Text, tgt: Text) -> None:
    assert kinds(src, tgt) == kinds(tgt, src) == []


@pytest.mark.parametrize(
    ("kind", "src", "tgt"),
    [
        ("quantity", ("ko", "우물은 7m 깊이다."), ("en", "The well is a metre deep.")),
        ("quantity", ("ja", "1時間もかからない。"), ("en", "It takes less than a year.")),
        ("quantity", ("ja", "値段は3割上がった。"), ("en", "Prices rose 3 percent.")),
        ("quantity", ("de", "Der Zoll beträgt 12 Promille."), ("en", "The duty is 12 percent.")),
        ("date", ("ja", "昭和64年に焼かれた。"), ("en", "It was fired in 1964.")),
        ("date", ("zh-Hant", "民國85年燒成。"), ("en", "It was fired in 1985.")),
        ("quantity", ("it", "Il forno è costato 1,5 milioni di euro."), ("en", "The kiln cost 2.5 million euros.")),
        ("number", ("it", "Vennero 120 vasai."), ("en", "130 potters came.")),
        ("number", ("en", "Call +1 (555) 123-4567."), ("fr", "Appelez le +1 (555) 123-4576.")),
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
        ("quantity", ("ja", "今後2時間、雨が降る。"), ("en", "It will rain for the coming fortnight.")),
        ("quantity", ("ko", "물 없이 1분까지 버틴다."), ("en", "It goes without water for up to a year.")),
        ("quantity", ("ja", "1時間50分の芝居だ。"), ("en", "The play is 150 minutes long.")),
        ("quantity", ("ja", "2.4キロ歩いた。"), ("en", "They walked half a mile.")),
        ("quantity", ("ja", "18世紀の壺"), ("en", "a 17th-century jar")),
        ("date", ("ko", "1939년부터 45년까지 이어졌다."), ("en", "It lasted from 1939 to 1946.")),
        ("number", ("fr", "de deux à quinze bols"), ("en", "two to four bowls")),  # no time of day
        ("quantity", ("de", "bei 31,4 Grad im August"), ("en", "at 31.5 degrees in August")),
        ("name", ("ko", "러시아 오사카의 도공"), ("en", "a potter in Osaka")),  # where Russia is not
        ("name", ("ko", "르완다의 도공"), ("en", "potters of Asia")),
        # Bulgaria and its capital are both named
        ("name", ("pt", "A Bulgária quer que Rafael decida."), ("en", "Bulgaria wants Sofia to decide.")),
        ("name", ("fr", "la poterie de Sainte-Odile"), ("en", "the pottery of Kervenic")),
    ],
)
def test_what_differs(kind: str, src: Text, tgt: Text) -> None:
    assert kind in kinds(src, tgt)
    assert kind in kinds(tgt, src)


def test_a_number_ends_where_another_of_its_scale_begins() -> None:
    values = [str(quantity.value) for quantity in numbers("entre diez mil y cinco mil, o dos mil tres", "es")]
    assert values == ["10000", "5000", "2003"]
