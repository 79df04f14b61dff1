"""Facts in which two passages differ, and the planted changes that the check is measured with."""

from __future__ import annotations

import random
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import kinds, shared_dir
from workbench.bench.disagreements import pairs_of, run, show
from workbench.bench.named import Named
from workbench.bench.planted import KINDS, Place, planted
from workbench.errors import InputError
from workbench.facts import disagreements, negation

LANGUAGES = ["fr", "zh-Hant", "zh-Hans", "en", "es", "pt-BR", "ja", "ko", "de", "ar", "und"]


@pytest.mark.parametrize(
    ("src", "tgt"),
    [
        # one amount, written in many ways
        (("zh-Hans", "公司营收14亿美元。"), ("fr", "La société a réalisé 1,4 milliard de dollars.")),
        (("zh-Hant", "約3.2萬人"), ("en", "some 32,000 people")),
        (("de", "Es waren 1.234,5 Tonnen."), ("en", "It was 1,234.5 tonnes.")),
        (("fr", "une vingtaine de pays"), ("en", "some twenty countries")),
        (("fr", "une douzaine d'œufs"), ("en", "12 eggs")),
        (("fr", "0,99 % de tous"), ("en", "0.99% of all")),  # no time of day
        (("zh-Hans", "两个半小时"), ("en", "two and a half hours")),
        (("ja", "５０％"), ("en", "half of them")),
        (("ko", "스물다섯 명"), ("en", "twenty-five people")),
        (("en", "twenty or thirty minutes"), ("zh-Hans", "二三十分钟")),
        (("ar", "عدد السكان ٢٥"), ("en", "25 inhabitants")),
        (("en", "at four in the morning"), ("fr", "à quatre heures du matin")),
        (("en", "105 miles per hour"), ("ko", "시속 169km")),  # the same speed
        # dates
        (("en", "in March 1990, on a Monday"), ("zh-Hans", "1990年3月的星期一")),
        (("fr", "au XIXe siècle"), ("zh-Hans", "19世纪")),
        (("en", "the 1990s"), ("de", "die neunziger Jahre")),
        (("en", "at 9:30 pm"), ("fr", "à 21 h 30")),
        (("pt", "O jogo termina no décimo oitavo buraco."), ("en", "It ends on the eighteenth hole.")),
        (("es", "Tardó más de doce minutos."), ("en", "It took more than twelve minutes.")),
        # one span of time, in other units
        (("zh-Hans", "三十分钟后"), ("en", "half an hour later")),
        (("ja", "20年以内に"), ("en", "within two decades")),
        (("ko", "일주일에 세 번"), ("en", "three times a week")),
        (("de", "ein 9000-jähriger Vertrag"), ("en", "a 9,000 year lease")),
        (("fr", "mort à 54 ans"), ("en", "died at the age of 54")),
        (("en", "at 5am"), ("pt", "às 5 horas da manhã")),
        (("en", "at 11:00"), ("ja", "11時に")),
        (("zh-Hans", "去年结婚一周年"), ("en", "their first anniversary last year")),
        (("en", "in the 90(F)-degree heat"), ("de", "bei 32 °C")),
        (("en", "Il-76, at 02:30 (0230 UTC)"), ("de", "Il-76, um 02:30 Uhr (0230 UTC)")),
        (("de", "ab dem Monatsersten"), ("en", "from the 1st day of the month")),
        (("ja", "1時間半で着く。"), ("en", "One gets there in ninety minutes.")),
        (("zh-Hans", "1750年9月起，租期9000年。"), ("en", "A lease of 9,000 years from September 1750.")),
        (("ko", "수백 미터를 걸었다."), ("en", "They walked several hundred metres.")),
        (("ko", "3열 달력을 돌려준다."), ("en", "It gives a calendar of an entire year in three columns.")),
        # one size, told vaguely
        (("zh-Hans", "相隔数万亿公里"), ("en", "trillions of kilometres apart")),
        (("ko", "수천만 명이 보았다."), ("en", "Millions saw it.")),
        (("en", "The flat is $2.5m."), ("zh-Hans", "公寓售价250万美元。")),
        (("en", "Use rose from 46% in 2018 to 58% in 2019."), ("zh-Hans", "使用率从2018年的46%上升到2019年的58%。")),
        (("ko", "유리가 수십 조각이 났다."), ("en", "It was worth millions and broke to pieces.")),
        (("ko", "3천만큼 비싸다."), ("en", "It is as dear as 3,000.")),
        (("ko", "파이썬 3.5만큼 빠르다."), ("en", "It is as fast as Python 3.5.")),
        (("ja", "TLS1.3が要る。"), ("en", "TLS 1.3 is needed.")),
        (("ja", "16進文字列にする。"), ("en", "Make it a hexadecimal string.")),
        # no counts
        (("zh-Hans", "一些人一起去了，万一十分好"), ("en", "Some people went together, in case it is very good.")),
        (("zh-Hans", "两岸的三星公司"), ("en", "Samsung of the strait")),
        # the same, said otherwise
        (("fr", "Le match est à 15\u00a0h."), ("zh-Hans", "比赛下午三点开始。")),
        (("fr", "De 2,5 à 5 cm de neige."), ("zh-Hans", "1 至 2 英寸的雪。")),
        (("es", "en los años 30 del siglo XX"), ("ja", "1930年代に")),
        (("de", "um 1870"), ("zh-Hans", "在19世纪")),
        (("pt", "Na sexta-feira choveu."), ("ko", "금요일에 비가 왔다.")),
        (("pt", "São 100 acres."), ("ko", "40헥타르이다.")),
        (("en", "A 70% share, in the '95 list."), ("zh-Hans", "1995年的名单上占七成。")),
        (("en", "Half a million cars."), ("zh-Hans", "50万辆汽车。")),
        (("es", "15.000 dólares"), ("ja", "1 万 5 千ドル")),
        (("ja", "第2四半期"), ("en", "the 2nd quarter")),
        (("ja", "62.4点と63.5点"), ("en", "62.4 and 63.5 points")),
        (("ko", "열 세 살이었다."), ("en", "She was thirteen.")),
        (("ja", "1 つはサードパーティのものです。"), ("en", "One of them is a third-party tool.")),
        (("en", "the lives of billionaires"), ("zh-Hans", "亿万富翁的生活")),
        (("es", "de dos a tres millones de votos"), ("ja", "200～300万票")),
        (("fr", "les trois dernières décennies, de 1995- 96"), ("ja", "この30年間、1995～1996年から")),
        (("ko", "두 개 이상의 팀이 왔다."), ("en", "More than one team came.")),
        (("ja", "同じイレブンが出た。"), ("es", "Salieron los mismos 11 jugadores.")),
        (("ja", "10周年を祝った。"), ("en", "They celebrated its first 10 years.")),
        (("ja", "1秒ごとに鳴る。"), ("en", "It rings every second.")),
        (("de", "viermal mehr (3136 mm²)"), ("es", "el cuádruple (3136 mm2)")),
        (("ko", "열 번호를 16진수로"), ("en", "the column number, in hexadecimal")),
        # names
        (("en", "the leaders of North Korea"), ("es", "los dirigentes norcoreanos")),
        (("pt", "um time da Nova Zelândia"), ("es", "un equipo neozelandés")),
        (("en", "coffee grown in PNG"), ("zh-Hans", "巴布亚新几内亚种的咖啡")),
        (("es", "Trabaja en la BBC de Escocia."), ("fr", "Elle travaille à la BBC Scotland.")),
        (("es", "La Asamblea de Escocia votó."), ("ja", "スコットランドの議会が投票した。")),
        (("es", "Vimos murciélagos en Escocia."), ("ja", "スコットランドでコウモリを見た。")),  # nor a bat
        (("es", "la directora ejecutiva de Siemens"), ("ja", "SiemensのCEO")),
        (("es", "El Liverpool ganó."), ("ja", "リバプールが勝った。")),
        (("es", "Hablaron francamente de que debían irse."), ("en", "They spoke openly of having to leave.")),
        (("ja", "アメリカの政府"), ("en", "the government in Washington")),  # a capital for its country
        (("en", "It costs US$30 today."), ("fr", "Il coûte 30 dollars aujourd'hui.")),
        (("fr", "Il vit à Londres, en Allemagne."), ("en", "He lives in London, in Germany.")),
        (("zh-Hans", "纳达尔（Nadal）在伦敦"), ("en", "Nadal is in London.")),
        (("en", "Wang Tao spoke."), ("zh-Hans", "汪滔发言。")),  # cannot be judged
        (("fr", "Il a rencontré l'ayatollah Khamenei."), ("es", "Se reunió con el ayatolá Jamenei.")),
        (("en", "The British left Beijing."), ("fr", "Les Britanniques ont quitté Pékin.")),
        (("de", "in Südosteuropa und Nordkalifornien"), ("en", "in southern Europe and California")),
        (("en", "We met Carter and Federer."), ("ja", "カーターとフェデラーに会いました。")),
        (("ja", "コーヒーを飲みました。"), ("en", "We drank coffee in Whitehall.")),  # no name in katakana
        (("ja", "昨日、ゴール氏は橋を渡った。"), ("en", "Yesterday Mr Gall crossed the bridge.")),
        (("ja", "ティナ・ングが歌った。"), ("en", "Tina Ng sang.")),
        (("zh-Hans", "我们在桥边见到了斯特林。"), ("en", "We met Stirling at the bridge.")),
        (("ko", "저지른 일"), ("en", "what was done")),  # Jersey is none
        (("ja", "マレーシアに行きました。"), ("en", "We went to Malaysia.")),  # nor is Asia in it
        (("en", "Assad met Clinton in Damascus."), ("zh-Hans", "阿萨德在大马士革会见克林顿。")),
        (("en", "Assad met Clinton in Damascus."), ("zh-Hant", "阿薩德在大馬士革會見克林頓。")),
        (("en", "Assad met Clinton in Damascus."), ("ko", "아사드는 다마스쿠스에서 클린턴을 만났다.")),
        (("fr", "des médecins néo-zélandais et allemands"), ("ja", "ニュージーランドとドイツの医師")),
        (("en", "The US team won."), ("zh-Hans", "球队赢了。")),  # left out at will
        (("fr", "Nord-Coréens et Sud-Coréens ont trinqué."), ("en", "North and South Koreans drank a toast.")),
        (("de", "Die beiden Koreas spielten remis."), ("en", "North Korea drew with South Korea.")),
        (("fr", "Les Zambiens ont gagné."), ("en", "Zambia won.")),
        (("es", "Viena protestó."), ("en", "Austria protested.")),
        # nor are Washington, Islam, East Germany and Hamburg in these
        (("zh-Hans", "他在清华大学学物理。"), ("en", "He studied physics at Tsinghua.")),
        (("zh-Hans", "下课以后学生都返回教室。"), ("en", "After the break the students all go back to the classroom.")),
        (("zh-Hans", "火车经过山东德州。"), ("en", "The train passes through Dezhou in Shandong.")),
        (("zh-Hant", "她買了兩個漢堡。"), ("en", "She bought two burgers.")),
        (("fr", "les années 60"), ("en", "the 1960s")),
        (("en", "He saw Nadal yesterday."), ("fr", "Il l'a vu hier.")),  # a name left out
        (("de", "Er wohnt in Madras."), ("en", "He lives in Chennai.")),  # of old, or in another language
        (("zh-Hans", "北极熊很白。"), ("en", "That bear is white.")),  # nor is the Arctic in it
        (("en", "They slept well in Ottawa."), ("ja", "よく眠れた。")),  # across scripts no city tells by itself
        (("en", "The Croatian team won."), ("es", "El equipo ganó.")),  # nor does a language tell by itself
        (
            ("es", "Allí habló el Arzobispo con el Gobernador."),
            ("en", "The prelate spoke with the head of the province there."),
        ),
        (("pt", "Ali falou o Bispo com o Embaixador."), ("en", "The prelate spoke with the envoy there.")),
        (("ko", "올림픽 경기가 시작됐다."), ("en", "The games began.")),  # nor what is no country or city
        (("es", "Lo firmó Guillermo, y Juan lo leyó."), ("en", "William signed it, and John read it.")),
        (("de", "Die Fähre kreuzt den Ärmelkanal."), ("en", "The ferry crosses the English Channel.")),
        (("pt", "Ontem saiu com o Chanceler do Tesouro."), ("en", "He left with the head of the Exchequer yesterday.")),
        (("pt", "O bispo anônimo é da Igreja Católica."), ("en", "The bishop, not named, is Roman Catholic.")),
        (("de", "Sie lebt von Schmetterlingen."), ("en", "She makes her living by butterflies.")),
        # denial in other words
        (("en", "This is not possible."), ("fr", "C'est impossible.")),
        (("en", "Not only the trains are late."), ("de", "Auch die Züge sind zu spät.")),
        (("ja", "行かなければなりません。"), ("en", "We must go.")),
        (("ja", "一部しか残りませんでした。"), ("en", "Only a part was left.")),
        (("ko", "얼마 지나지 않아 왔다."), ("en", "Soon they came.")),
        (("en", "There was no delay."), ("de", "Es gab keine Verzögerung.")),
        (("en", "It runs without a flash."), ("zh-Hans", "没有闪光灯也能用。")),
        (("fr", "Personne n'est venu."), ("en", "Nobody came.")),
        (("es", "La lluvia no cesa nunca aquí."), ("en", "The rain never stops here.")),
        (("es", "Vendieron motores no probados."), ("en", "They sold untested engines.")),
        (("es", "No recuerdo su apellido."), ("en", "I forget her surname.")),
        (("es", "Uno de cada tres no tiene empleo."), ("pt", "Um em cada três está desempregado.")),
        (("ja", "鞄が重くて運べません。"), ("en", "The bag is too heavy to carry.")),
        (("ja", "その水には毒がない。"), ("en", "The water is free from poison.")),
        (("ja", "薬を飲まなければ、熱が出ます。"), ("en", "If you don't take the pills, you get a fever.")),
        (("ja", "音楽は歌だけではありません。"), ("en", "Music is more than songs.")),
        (("ko", "창문을 열지 마세요."), ("en", "Don't open the window.")),
        (("ko", "직접 고쳐서는 안 된다."), ("en", "It should not be changed by hand.")),
        (("ko", "다른 사람에게 묻지 않는다."), ("en", "Don't ask anyone else about it.")),
        (("ja", "直接変更してはいけません。"), ("en", "No one should change it by hand.")),
        (("ja", "先生に話しかけてはいけない。"), ("en", "You must not speak to the teacher.")),
        (("es", "Nadie sabe qué pasará con el horno."), ("en", "There is no telling what will happen to the kiln.")),
        (("ja", "出発を延ばさざるを得ませんでした。"), ("en", "We had to put off our departure.")),
        (("ja", "その窯を知らない人はいない。"), ("en", "Everyone knows that kiln.")),
        (("ja", "雨が降らないとも限らない。"), ("en", "It may yet rain.")),
        (("ja", "窯を焚かない日はなかった。"), ("en", "The kiln was fired every day.")),
        (("ko", "그 가마를 모르는 사람이 없다."), ("en", "Everyone knows that kiln.")),
        (("ko", "웃지 않을 수 없었다."), ("en", "We could not help laughing.")),
        (("ko", "떠나지 않을 수 없었다."), ("en", "We had no choice but to leave.")),
        (("ja", "木材ないし鉄を使います。"), ("en", "They use wood or iron.")),
        (("es", "Exigen un radio no menor a 20 metros."), ("pt", "Exigem um raio de 20 metros, no mínimo.")),
        (("es", "El permiso no era necesario."), ("pt", "A licença era desnecessária.")),
        (("es", "No abrirán hasta el lunes."), ("ko", "월요일이 돼야 연다.")),
        (("ko", "두 의자는 색이 다릅니다."), ("en", "The chairs aren't the same colour.")),
        (("ko", "그는 타지마할에 갔다."), ("en", "He went to the Taj Mahal.")),  # nothing is forbidden in it
        (("zh-Hans", "商店到中午才开门。"), ("en", "The shop doesn't open until noon.")),
        (("ko", "날씨가 좋지 않습니다."), ("en", "The weather is awful.")),
        (("zh-Hans", "晚上别开窗。"), ("en", "Don't open the window at night.")),
        (("zh-Hans", "她喝茶而不是咖啡。"), ("en", "She prefers tea to coffee.")),
        (("zh-Hans", "音乐并不仅仅属于年轻人。"), ("en", "Music isn't just for the young.")),
        (("es", "Nunca deja de cantar."), ("en", "She sings all day.")),  # a no to a no
        (("es", "Llueve más que nunca."), ("en", "It rains as much as ever before.")),
        (("es", "Compró muebles no pintados."), ("en", "She bought plain furniture.")),  # not what is done
        (("es", "Le cuesta no reír."), ("en", "He finds it hard to be serious.")),
        (("fr", "Le fait de ne pas dormir."), ("en", "The fact of lying awake.")),
        (("fr", "Aucun train n'est parti."), ("en", "No train left.")),  # one denial, two words
        (("pt", "Ela não para de rir."), ("en", "She keeps laughing.")),
        (("es", "En lugar de té, toma café."), ("ja", "お茶ではなくコーヒーを飲む。")),
        (("ja", "明日は雨かも知れない。"), ("en", "It may rain tomorrow.")),
        (("ja", "鍵がなければ開けられません。"), ("en", "It opens with a key alone.")),
        (("ko", "씻지 않은 접시"), ("en", "the dirty plates")),
        (("ko", "끝없이 긴 길"), ("en", "a very long road")),
        (("en", "It wont start today."), ("de", "Es startet heute nicht.")),
        (("en", "We are out of bread."), ("de", "Wir haben kein Brot.")),
        (("en", "It keeps rain from coming in."), ("fr", "La pluie n'entre pas.")),
        (("en", "Tea, not coffee, is what she drinks."), ("es", "Es té lo que bebe.")),
        (("pt", "em 12 de junho"), ("ko", "지난달 12일")),
        (("zh-Hant", "1950 至 53 年的戰爭"), ("fr", "la guerre de 1950-1953")),
        (("zh-Hans", "他说得十分"), ("en", "He said it very well.")),
        (("zh-Hant", "3 至 10 英吋"), ("es", "entre 7,5 y 25 cm")),
        (("fr", "Il ne lit pas et il n'écrit pas."), ("en", "He does not read or write.")),
        # a denial is answered by a word of a sense, a near-negative or a prefix
        (("pt", "Não há quase ninguém na praia."), ("en", "Hardly anyone is on the beach.")),
        (("ko", "비가 온 지 오래지 않은 마당"), ("en", "the yard where it rained of late")),
        (("ja", "彼女は塩を入れずに煮た。"), ("en", "She boiled it without salt.")),
        (("zh-Hans", "他不知道原因。"), ("en", "He is unaware of the reason.")),
        (("de", "Die Antwort ist keineswegs klar."), ("en", "The answer is anything but clear.")),
        (("es", "No aceptó la oferta."), ("en", "She declined the offer.")),
        (("en", "It could not have gone better."), ("fr", "Tout s'est passé à merveille.")),
        # digits of a name, and what only looks like a unit or an age
        (("ko", "IPv6 주소가 필요하다."), ("en", "An IPv6 address is needed.")),
        (("ja", "11時になった。"), ("en", "It was already eleven.")),
        (("ja", "10進の数で書く。"), ("en", "They write it in decimal numbers.")),
        # more than one word to one denial
        (("es", "No paga viajes ni comidas en relación con ningún encargo."), ("en", "It does not pay for any trips.")),
        (
            ("es", "Entró sin pedir permiso alguno a ninguno de ellos."),
            ("en", "She went in without asking any of them."),
        ),
        # a no to a noun or part of a sentence, or one that takes itself back
        (("es", "Acudieron socios no médicos."), ("en", "Members from outside medicine came.")),
        (("es", "Se acentúa en la primera sílaba y no en la última."), ("en", "It is stressed on the first syllable.")),
        (("es", "El puente no se abrió sino hasta mayo."), ("en", "The bridge did not open until May.")),
        (("es", "Esperan hasta que el agua no hierva."), ("en", "They wait until the water boils.")),
        (("es", "Es el queso más caro que jamás compré."), ("en", "It is the dearest cheese I ever bought.")),
        (("es", "El jefe no era sino su hermana."), ("en", "The boss was in fact her sister.")),
        (("es", "Levantaron el pueblo de la nada."), ("en", "They built the village from scratch.")),
        (("es", "Puede o no llover."), ("en", "Perhaps it will not rain.")),
        (("es", "Salieron ilesos del coche."), ("en", "They were not hurt in the car.")),
        (("es", "Es el horno más grande que se ha construido jamás."), ("en", "It is the largest kiln ever built.")),
        (("pt", "É o maior forno jamais construído."), ("en", "It is the largest kiln ever built.")),
        (("es", "No podían sino esperar al barquero."), ("en", "They could only wait for the ferryman.")),
        (("es", "Nada más llegar, encendió el horno."), ("en", "As soon as she arrived, she lit the kiln.")),
        (("es", "Piden bebidas no alcohólicas."), ("en", "They order soft drinks.")),
        # set phrases that say no of nothing, and that the other language may say with a no or without
        (("es", "No es de extrañar que protesten."), ("en", "It is not surprising that they protest.")),
        (("es", "No es de extrañar que protesten."), ("en", "Of course they protest.")),
        (("de", "Es besteht kein Zweifel, dass er kommt."), ("en", "There is no doubt that he will come.")),
        (("es", "La respuesta no se hizo esperar."), ("en", "The answer came quickly.")),
        (("fr", "La réponse ne s'est pas fait attendre."), ("en", "The answer was not long in coming.")),
        (("pt", "Não faltam cabras na ilha."), ("en", "There is no shortage of goats on the island.")),
        (("es", "No se pierda el faro."), ("en", "Do not miss the lighthouse.")),
        (("es", "No se pierda el faro."), ("en", "Make sure you see the lighthouse.")),
        (("de", "Vergessen Sie Ihren Schirm nicht."), ("en", "Remember your umbrella.")),
        (("es", "La torre no supera los dos metros."), ("en", "The tower is at most two metres tall.")),
        (("es", "No llueve allí desde hace meses."), ("en", "It has been months since it last rained there.")),
        (("es", "Se jugaban todo o nada."), ("en", "It was all or nothing for them.")),
        # set phrases that may deny, whichever of the two says it with a no
        (("es", "El pozo no es parte de la finca."), ("en", "The well is not part of the estate.")),
        (("es", "No olvidaré el faro."), ("en", "I will never forget the lighthouse.")),
        (("es", "Quedaba un barril y nada más."), ("en", "There was one barrel left and nothing else.")),
        (("en", "They can't wait for the harvest."), ("de", "Sie warten ungeduldig auf die Ernte.")),
        (("en", "They had no choice but to row."), ("es", "Se vieron obligados a remar.")),
        (("de", "Das Gerücht ist nicht wahr."), ("en", "The rumour is not true.")),
        (("de", "Irgendetwas stimmt nicht."), ("en", "Something is wrong.")),
        (("de", "Die Ziege war nirgends zu finden."), ("en", "The goat could not be found.")),
        (("fr", "Je ne peux ouvrir la grille."), ("en", "I cannot open the gate.")),
        (("fr", "Elle ne savait que faire."), ("en", "She did not know what to do.")),
        (("fr", "Il a ramé mieux qu'aucun autre."), ("en", "None could row as well as he did.")),
        (("pt", "Ele rema, pois não há vento."), ("en", "He rows, because there is no wind.")),
        (("es", "Pagan igual si llueve o no."), ("en", "They pay the same in any weather.")),
        (("es", "Era más alto que a nadie le convenía."), ("en", "It was taller than suited anybody.")),
        (("es", "Entró sin saludar a nadie ni pedir nada."), ("en", "He came in and greeted none of us.")),
        (("es", "Es poco probable que nieve."), ("en", "It is not likely to snow.")),
        (("es", "Todo menos barato."), ("en", "It is not cheap at all.")),
        (("en", "The ferry is risk-free."), ("es", "El barco no tiene riesgo alguno.")),
        # whatever the form of the verb that denies
        (("es", "La ley prohíbe fumar en el faro."), ("en", "The law does not allow smoking in the lighthouse.")),
        (("pt", "Os barqueiros se opõem ao plano."), ("en", "The ferrymen do not support the plan.")),
        (("de", "Der Barkeeper leugnet alles."), ("en", "The barkeeper says it is not true.")),
        (("fr", "Le meunier nie avoir reçu l'argent."), ("en", "The miller says he did not get the money.")),
        (("ja", "雨にも関わらず、祭りは開かれた。"), ("en", "The festival was held despite the rain.")),
        (("ja", "紙ないし布、ないしは木を使う。"), ("en", "They use paper, cloth or wood.")),
        (("ja", "言うまでもなく、魚は新鮮だ。"), ("en", "Of course the fish is fresh.")),
        (("ja", "歩くよりほか仕方がない。"), ("en", "All we can do is walk.")),
        (("ja", "その帽子は似合うではないか！"), ("en", "That hat suits you!")),
        (("ja", "返事が遅れて申し訳ない。"), ("en", "I regret the late reply.")),
        (("ja", "遅れて申し訳ございません。"), ("en", "I apologise for the delay.")),
        (("ja", "味は本場に引けを取らない。"), ("en", "It tastes as good as at home.")),
        (("ja", "早く寝なくちゃいけない。"), ("en", "I have to go to bed early.")),
        (("ja", "廊下で走っちゃダメ。"), ("en", "Don't run in the corridor.")),
        (("zh-Hans", "别碰那幅画。"), ("en", "Do not touch that painting.")),
        (("zh-Hans", "不要忘记带伞。"), ("en", "You must not forget your umbrella.")),
        (("zh-Hans", "他一时不知所措。"), ("en", "For a moment he was overwhelmed.")),
        (("ko", "회원이 아니라면 표를 사세요."), ("en", "If you aren't a member, buy a ticket.")),
        (("ja", "人の悪口を言うな。"), ("en", "Do not speak ill of others.")),
        (("ja", "名前を忘れないように書いた。"), ("en", "She wrote it down so that she would not forget the name.")),
        (("ko", "회원이 아니면 표를 사야 한다."), ("en", "If you are not a member, you must buy a ticket.")),
        (("en", "The doctors recommend against this diet."), ("fr", "Les médecins ne conseillent pas ce régime.")),
        # what the much longer text alone denies is left out of the other
        (("en", "He sang in the hall, and all were happy, but nobody paid a coin for it."), ("de", "Er sang im Saal.")),
        (("es", "Busca fruta que no esté fresca."), ("en", "She looks for stale fruit.")),
        (("en", "None of the doors opened."), ("pt", "Nenhuma das portas se abriu.")),
        (("ja", "鍵を持つのは彼だけではない。"), ("en", "He is not the only one with a key.")),
        (("es", "El precio siguió igual y dijo que no bajaría."), ("en", "It was unchanged and would not fall.")),
        (("en", "It was no different from ours."), ("es", "No se diferenciaba del nuestro.")),
        (("ko", "15주년 행사"), ("en", "the 15th anniversary")),
        (("ja", "2〜3時間かかります。"), ("en", "It takes 2-3h.")),
        # what looks transcribed in Chinese is not, for it is of words
        (("zh-Hans", "阵列用于基于指令的编程。"), ("en", "Arrays are for programming by Directives and APIs.")),
        (("zh-Hans", "岛上有几个地方提供午饭。"), ("fr", "On mange à plusieurs endroits, dont Wellbury.")),
        # loanwords are words, and what begins like a name by sound is that name with what Korean adds to it
        (("ko", "그 프로그램은 인터넷에서 무료다."), ("en", "In Nevada the program is free on the internet.")),
        (("ko", "그는 벨드로스에서 자랐다."), ("en", "He grew up in Beldros.")),
        # the last word of a name is no month
        (("fr", "Le train de Chiang Mai est parti."), ("en", "The train to Chiang Mai has left.")),
        (("de", "Der Zug nach Chiang Mai ist weg."), ("en", "The train to Chiang Mai has left.")),
        # a capital is its government, and a short name beside the dot a person's
        (("es", "Pyongyang lo niega, según Corea del Norte."), ("ja", "北朝鮮によれば、北朝鮮はそれを否定している。")),
        (("ja", "マルタ・スプリンは泳いだ。"), ("en", "Marta Splin swam.")),
        # 周岁 counts years, no weeks
        (("zh-Hans", "年满十六周岁即可报名参加比赛。"), ("en", "Anyone aged sixteen may enter the contest.")),
        # what grows by two times is three times as much
        (("zh-Hans", "订单增长了两倍。"), ("en", "Orders tripled.")),
        (("zh-Hans", "订单增长了1.5倍。"), ("en", "Orders grew by 150%.")),
        (("zh-Hans", "订单增加到三倍。"), ("en", "Orders tripled.")),
        (("zh-Hans", "用电量翻了两番。"), ("en", "Power use quadrupled.")),
        # the hour of half nine or a quarter to three has not come
        (("de", "Um halb neun öffnet das Bad."), ("en", "The pool opens at half past eight.")),
        (("de", "Um halb neun öffnet das Bad."), ("en", "The pool opens at 8:30.")),
        (("fr", "Le bac part à trois heures moins le quart."), ("en", "The ferry leaves at 2:45.")),
        # dates without a year, or with half of one
        (("de", "Der Markt ist vom 5.5. bis 12.6. in Ulm."), ("en", "The market is in Ulm from 5 May to 12 June.")),
        (("de", "Am 24.12. und 31.12. ist zu."), ("en", "Closed on 24 and 31 December.")),
        (("de", "15.3., 14 Uhr: Probe im Saal."), ("en", "15 March, 2 p.m.: rehearsal in the hall.")),
        (("de", "Siehe Abschnitt 2.1. Er ist kurz."), ("en", "See section 2.1. It is short.")),
        (("fr", "Le pont date du 12/11/74."), ("en", "The bridge dates from 12 November 1974.")),
        (("ko", "모임은 24.3.15에 열린다."), ("en", "The meeting is on 15 March 2024.")),
        # amounts in two units, with the unit in their middle, in short
        (("de", "Die Fähre braucht 1 Stunde 45 Minuten."), ("en", "The ferry takes 105 minutes.")),
        (("de", "Die Fähre braucht 1 Std. 45 Min. bis Ulm."), ("en", "The ferry takes 1 hour and 45 minutes to Ulm.")),
        (("fr", "Le bac met 1 h 30."), ("en", "The ferry takes ninety minutes.")),
        (("fr", "Elle a ramé deux heures et demie."), ("en", "She rowed for 150 minutes.")),
        (("de", "Der Platz in Blöcken von 1 kB."), ("fr", "L'espace en blocs de 1 kilo-octet.")),
        (("es", "El bebé pesa 3 kilos y 200 gramos."), ("en", "The baby weighs 3.2 kg.")),
        (("fr", "La perche mesure 1 m 75."), ("en", "The pole is 1.75 m long.")),
        (("fr", "Le billet coûte 3 € 50."), ("en", "The ticket costs €3.50.")),
        (("de", "Man braucht 2½ Liter Leim."), ("en", "You need 2.5 litres of glue.")),
        (("en", "The signal takes 500 ms."), ("es", "La señal tarda medio segundo.")),
        (("fr", "Elle revient dans huit jours."), ("en", "She is back in a week.")),
        # degrees below zero
        (("de", "Morgens waren es 3-5 Grad."), ("en", "In the morning it was 3 to 5 degrees.")),
        (("de", "Es waren -5 Grad."), ("en", "There were five degrees of frost.")),
        (("fr", "Il fait moins de 12 degrés."), ("en", "It is less than 12 degrees.")),
        # the much longer text has a sentence that the other leaves out, and contradicts nothing
        (("en", "He sang. Everybody in the old hall was happy until the 14 of May."), ("de", "Er sang für alle dort.")),
    ],
)
def test_the_same_in_other_words(src: tuple[str, str], tgt: tuple[str, str]) -> None:
    assert kinds(src, tgt) == kinds(tgt, src) == []


@pytest.mark.parametrize(
    ("kind", "src", "tgt"),
    [
        ("number", ("zh-Hans", "49场比赛"), ("en", "48 games")),
        ("number", ("fr", "trois enfants"), ("en", "four children")),
        ("number", ("en", "2 billion people"), ("de", "2 Millionen Menschen")),
        ("number", ("ja", "第三次ファルージャの戦闘"), ("en", "the second battle of Fallujah")),
        ("date", ("fr", "en mars 1990"), ("en", "in May 1990")),
        ("date", ("zh-Hans", "1990年"), ("en", "in 1991")),
        ("date", ("ko", "월요일에"), ("en", "on Tuesday")),
        ("date", ("de", "Ende Mai ist das Fest."), ("en", "The feast is at the end of June.")),
        ("date", ("de", "Im April begann das Fest."), ("en", "In June the feast began.")),
        ("date", ("fr", "Chiang Mai, 3 Mai"), ("en", "Chiang Mai, 3 June")),
        ("quantity", ("en", "5 miles away"), ("zh-Hans", "5公里外")),
        ("quantity", ("fr", "30 euros"), ("en", "$30")),
        ("quantity", ("es", "más de doce semanas"), ("en", "more than twelve minutes")),
        ("quantity", ("zh-Hans", "他一分钟前结婚。"), ("en", "He married one year ago.")),
        ("quantity", ("ko", "20분 안에 커질 수 있다."), ("en", "It could be larger within two decades.")),
        ("quantity", ("de", "seine zweistündige Rede"), ("en", "his 2 month speech")),
        ("quantity", ("ja", "24日ニュース"), ("en", "24 hour news")),
        ("quantity", ("fr", "vers 5 ans du matin"), ("en", "at about 5am")),
        ("quantity", ("pt", "morreu aos 54 horas"), ("en", "died at the age of 54")),
        # 17 stands twice, with pounds once
        ("quantity", ("fr", "Le 17 mai, elle pesait 17 euros."), ("en", "On May 17 she weighed 17 pounds.")),
        ("quantity", ("de", "Es dauerte acht Stunden, laut gestern."), ("en", "It took ten hours, aloud yesterday.")),
        ("number", ("ja", "その6つ"), ("en", "one of them")),
        # "both" may mean two, but is beside the point
        (
            "number",
            ("de", "Zwei Linsen machten es näher und größer."),
            ("en", "Nine lenses made it both near and large."),
        ),
        ("quantity", ("zh-Hans", "大约十分钟之前"), ("en", "about ten hours before")),
        ("quantity", ("zh-Hans", "长 1,600 多公里"), ("en", "1,600 metres long")),
        ("quantity", ("de", "zwischen 11.000 und 22.500 Dollar"), ("en", "from €11,000 to $22,500")),
        ("number", ("fr", "les paragraphes 7 et 2"), ("en", "subsections 1 and 2")),
        ("name", ("fr", "Il a vu Federer hier."), ("en", "He saw Nadal yesterday.")),
        ("name", ("es", "El cantante norirlandés bebía té."), ("en", "The Scottish singer drank tea.")),
        ("negation", ("es", "Ninguna cabra bebe tanto como esta."), ("en", "Some goats drink as much as this one.")),
        ("name", ("zh-Hans", "他在法国"), ("en", "He lives in Germany")),
        ("name", ("fr", "des médecins d'Allemagne"), ("en", "some doctors from Kenya")),
        ("name", ("pt-BR", "Ele vive em Londres."), ("ko", "그는 베를린에 산다.")),
        ("name", ("en", "He met Clinton in Sweden."), ("zh-Hans", "他在肯尼亚会见克林顿。")),
        ("name", ("en", "Ukraine is large."), ("zh-Hans", "印度很大")),  # its language is called the same
        (
            "name",
            ("en", "She never met Nadal."),
            ("fr", "Perelman l'a bien connue."),
        ),  # a name that begins the sentence
        ("name", ("ko", "그는 Enceladus를 보았다."), ("en", "He saw Ganymede.")),
        ("name", ("ko", "그는 그 호수(Drumchapel)에 갔다."), ("en", "He went to that lake.")),
        # "as far as" is not until
        (
            "negation",
            ("ko", "역까지 버스로 갔는데 거기서부터 산장으로 가는 길은 길지 않았다."),
            ("en", "We took the bus to the station, and the way from there to the hut was long."),
        ),
        ("name", ("ja", "昨日Whitehallで"), ("en", "in the streets of Kensington yesterday")),
        ("name", ("ja", "昨日、ゴール氏は橋を渡った。"), ("en", "Yesterday Mr Antarctica crossed the bridge.")),
        ("name", ("ja", "リサ・ボールは先に帰った。"), ("en", "Kensington left early.")),  # nor a ball
        ("name", ("zh-Hans", "我们在桥边见到了斯特林。"), ("en", "We met Florida at the bridge.")),
        ("name", ("ko", "그는 벨드로스에서 자랐다."), ("en", "He grew up in Nevada.")),
        # one of two that the other repeats, and what begins a sentence and is no word of its language
        ("name", ("ja", "プラハの鐘はプラハの誇りだ。"), ("en", "The bell of Prague is the pride of Texas.")),
        ("name", ("ja", "カーボベルデは美しい。"), ("en", "Kerala is beautiful.")),
        ("negation", ("en", "The pilot was not identified."), ("fr", "Le pilote a été identifié.")),
        ("negation", ("zh-Hans", "他不是飞行员。"), ("en", "He is the pilot.")),
        # neither a denial elsewhere nor a word that may deny hides another: they stand too far from it
        (
            "negation",
            ("en", "It was not seen in the old town, and for many years the story was not told there."),
            ("fr", "Il n'a pas été vu dans la vieille ville, et pendant des années l'histoire y a été racontée."),
        ),
        (
            "negation",
            ("de", "Ohne Wasser blieb man in der alten Stadt, und das war nach allem, was man hört, nicht leicht."),
            ("en", "Without water the people stayed in the old town, and that was, from all we hear, easy for them."),
        ),
        # what stands beside a denial no more often than elsewhere answers none
        ("negation", ("en", "The default is not used."), ("fr", "La valeur par défaut est utilisée.")),
        ("negation", ("es", "La puerta no está cerrada."), ("en", "The few doors outside are shut.")),
        ("negation", ("de", "Und es ist nicht möglich."), ("en", "It is possible.")),
        ("negation", ("ko", "걱정이 되지는 않았다."), ("en", "It was a worry.")),
        # units of one, or of no number at all
        ("quantity", ("ja", "面積は512 m2です。"), ("en", "The area is 512 square kilometres.")),
        ("quantity", ("zh-Hans", "离这里不到一公里。"), ("en", "It is less than a mile from here.")),
        ("quantity", ("ja", "数千マイルを旅する。"), ("en", "They travel thousands of kilometres.")),
        ("quantity", ("zh-Hans", "面包要十英镑。"), ("en", "The bread is ten dollars.")),
        ("quantity", ("ja", "2010年に売り出され、1日で消えた。"), ("en", "Sold from 2010, it was gone within a year.")),
        ("quantity", ("zh-Hans", "她一小时都在家。"), ("en", "She was at home all day.")),
        ("quantity", ("zh-Hans", "一周一度的节日"), ("en", "the annual festival")),
        ("quantity", ("ja", "時間はある。1年もかからない。"), ("en", "There is time. It takes less than an hour.")),
        ("quantity", ("zh-Hans", "百分之二的树"), ("en", "three percent of the trees")),
        ("number", ("ja", "何百億もの星がある。"), ("en", "There are millions of stars.")),
        ("number", ("zh-Hans", "有3万到5亿人。"), ("en", "There are 300 million to 500 million people.")),
        ("negation", ("ko", "손으로 고쳐서는 안 된다."), ("en", "It should be changed by hand.")),
        ("negation", ("es", "Sin embargo, el piloto no llegó."), ("en", "However, the pilot arrived.")),
        ("quantity", ("ko", "6주가 걸린다."), ("en", "It takes 6 months.")),
        ("negation", ("es", "No hay pan ni queso en ninguna tienda."), ("en", "There is bread in every shop.")),
        ("negation", ("es", "El puente no está en obras."), ("en", "The bridge is being built.")),
        ("negation", ("es", "Es un faro que no tiene luz."), ("en", "It is a lighthouse that has a light.")),
        ("negation", ("es", "Dijo que no se había caído."), ("en", "He said that it had fallen.")),
        ("negation", ("ja", "他の店は開きません。"), ("en", "The other shops will open.")),
        ("negation", ("ja", "データを保存しません。"), ("en", "It saves the data.")),
        ("negation", ("zh-Hans", "没有盐，他不会煮。"), ("en", "Without salt he cooks.")),  # one is answered
        ("negation", ("de", "Unmöglich war es, und sie kam nicht."), ("en", "It was impossible, and she came.")),
        ("negation", ("pt", "Ele não recusou o convite."), ("en", "He refused the invitation.")),  # told as often
        # a no that is kept as surely as one that denies, where what the other text says is seldom a denial
        ("negation", ("es", "El barco no es muy rápido."), ("en", "The boat is very fast.")),
        ("negation", ("fr", "On ne peut pas tout voir de la tour."), ("en", "You see everything from the tower.")),
        ("name", ("ja", "ドイツで会いました。"), ("en", "We met in Sweden.")),
        ("name", ("en", "They love Kenya."), ("zh-Hans", "他们爱自己的国家。")),
        ("name", ("en", "They love Kenya."), ("de", "Sie lieben das Land.")),  # left out, or put in
        ("negation", ("ja", "先生に話しかけてはいけない。"), ("en", "You may speak to the teacher.")),
        ("quantity", ("zh-Hans", "船队在海上航行了十四周。"), ("en", "The fleet was at sea for fourteen months.")),
        ("number", ("zh-Hans", "订单增长了两倍。"), ("en", "Orders doubled.")),
        ("number", ("zh-Hans", "用电量翻了两番。"), ("en", "Power use doubled.")),
        ("number", ("de", "Um halb neun öffnet das Bad."), ("en", "The pool opens at half past nine.")),
        ("number", ("de", "Um halb neun öffnet das Bad."), ("en", "The pool opens at nine o'clock.")),
        ("number", ("fr", "Il part à trois heures moins le quart."), ("en", "He leaves at a quarter past three.")),
        ("date", ("de", "Am 3.4. beginnt die Ernte."), ("en", "The harvest begins on 3 May.")),
        ("date", ("de", "Er kam am 12.11.74."), ("en", "He came on 12 November 1976.")),
        ("quantity", ("es", "El bebé pesa 3 kilos y 200 gramos."), ("en", "The baby weighs 3.4 kg.")),
        ("quantity", ("fr", "La vidéo fait 8 Go."), ("en", "The video is 8 MB.")),
        ("quantity", ("de", "Es waren -5 Grad."), ("en", "It was 5 degrees.")),
        ("quantity", ("zh-Hans", "夜里降到零下15度。"), ("en", "At night it was 15 degrees.")),
        ("quantity", ("fr", "Il faisait 12 degrés."), ("en", "It was minus 12 degrees.")),
        # What sounds somewhat like another name stands for カルメン・オルテガ already.
        (
            "name",
            ("ja", "カルメン・オルテガとパブロ・ルイスが窯を建てた。"),
            ("en", "Carmen Ortega and Felipe Massina built the kiln."),
        ),
    ],
)
def test_what_differs(kind: str, src: tuple[str, str], tgt: tuple[str, str]) -> None:
    assert kind in kinds(src, tgt)
    assert kind in kinds(tgt, src)


@pytest.mark.parametrize(
    ("src", "tgt", "found"),
    [
        ("Art. 31 Bewilligung für Pumpwerke", "Article 30 Autorisation pour les stations de pompage", []),
        ("(2) Die Gebühr beträgt 750 Franken.", "(3) L’émolument s’élève à 750 francs.", []),
        ("(2) Die Gebühr beträgt 750 Franken.", "(3) L’émolument s’élève à 850 francs.", ["750", "850"]),
        ("§ 4. Die Gebühr folgt aus Artikel 5.", "Art. 6 – L’émolument découle de l’article 7.", ["5", "7"]),
        ("Artikel 5 gilt sinngemäss.", "L’article 6 s’applique.", ["5", "6"]),
        ("Artikel 5 gilt sinngemäss.", "Article 6 s’applique.", ["5", "6"]),
        ("Art. 12 Gesuche", "Il y a 14 demandes", ["12", "14"]),
    ],
)
def test_articles_that_are_numbered_otherwise_disagree_about_nothing(src: str, tgt: str, found: list[str]) -> None:
    told = disagreements([(src, "de")], [(tgt, "fr")])
    assert [mention.value for each in told for mention in (*each.src, *each.tgt)] == found
    for each in told:
        assert all(src[mention.start : mention.end] == mention.value for mention in each.src)


@pytest.mark.parametrize(
    ("lang", "text", "english"),
    [
        ("fr", "Elle enseigne en Autriche.", "She teaches in Australia."),
        ("de", "Die Grenze zum Niger bleibt offen.", "The border with Nigeria stays open."),
        ("es", "El tren llegó a Eslovaquia.", "The train reached Slovenia."),
        ("pt", "O navio partiu da Letônia.", "The ship left Lithuania."),
        ("de", "Südkorea gewann das Spiel.", "North Korea won the match."),
        ("fr", "Il est né au Soudan du Sud.", "He was born in Sudan."),
    ],
)
def test_countries_that_are_called_much_alike_are_told_apart(lang: str, text: str, english: str) -> None:
    assert kinds((lang, text), ("en", english)) == ["name"]


def test_mentions_know_their_segment_and_place() -> None:
    src = [("Bonjour.", "fr"), ("Il y a 49 matchs.", "fr")]
    tgt = [("Hello.", "en"), ("There are", "en"), ("48 games.", "en")]
    (found,) = disagreements(src, tgt)
    (here,), (there,) = found.src, found.tgt
    assert src[here.segment][0][here.start : here.end] == here.value == "49"
    assert tgt[there.segment][0][there.start : there.end] == there.value == "48"
    assert "49" in found.reason and "48" in found.reason


@pytest.mark.parametrize(
    ("src", "tgt", "values"),
    [
        ("The İznik road cost millions.", "道路花了几千元。", ("millions", "几千")),
        ("İİİ: Millions of people fled.", "几千人逃走。", ("Millions", "几千")),
        ("Some 25 miles of road", "数千公里的路", ("25 miles", "数千公里")),
    ],
)
def test_an_amount_is_shown_whole(src: str, tgt: str, values: tuple[str, str]) -> None:
    found = [item for item in disagreements([(src, "en")], [(tgt, "zh-Hans")]) if item.src and item.tgt]
    assert [(item.src[0].value, item.tgt[0].value) for item in found] == [values]


@pytest.mark.parametrize(
    ("src", "tgt", "values"),
    [
        (("It opened on 3 March.", "en"), ("Il a ouvert le 4 mars.", "fr"), (["3"], ["4"])),
        (("三月四日开幕。", "zh"), ("It opened on March 3.", "en"), (["四"], ["3"])),
        (("3 doors and 3 gates", "en"), ("3 puertas y 4 portones", "es"), (["3", "3"], ["4"])),
        (("40 doors in 2012", "en"), ("2012: 2012 puertas", "es"), (["40"], [])),
    ],
)
def test_what_may_stand_in_the_place_of_a_number_is_shown_with_it(
    src: tuple[str, str], tgt: tuple[str, str], values: tuple[list[str], list[str]]
) -> None:
    found = [
        [mention.value for mention in side] for item in disagreements([src], [tgt]) for side in (item.src, item.tgt)
    ]
    assert found == list(values)


def test_an_amount_in_other_units_is_one_disagreement_at_most() -> None:
    found = disagreements([("The village is a mile away.", "en")], [("村子在1.6公里外。", "zh-Hans")])
    assert [item.reason for item in found if "units" in item.reason] == []


def test_segments_of_a_passage_count_together() -> None:
    assert (
        disagreements([("Il y a 49 matchs en 1990.", "fr")], [("In 1990.", "en"), ("There are 49 games.", "en")]) == ()
    )


def test_a_passage_without_counterpart_disagrees_with_nothing() -> None:
    assert disagreements([("49 games", "en")], []) == ()


def test_a_passage_is_held_against_an_empty_one() -> None:
    assert disagreements([("She did not go.", "en")], [("", "fr")], ["negation"]) == ()


@pytest.mark.parametrize(("text", "lang"), [("3 十人中九人", "it"), ("ſix in ten, 5 mıles, uſ$ 3", "en")])
def test_numbers_of_another_language_or_in_odd_letters_are_passed_over(text: str, lang: str) -> None:
    assert disagreements([(text, lang)], [(text, lang)]) == ()


_SOUP = st.lists(
    st.sampled_from(
        [
            *"0123456789.,:- %$€万億亿千百十兆만억조二三月日年",
            " not ",
            "ne ",
            "pas ",
            " London ",
            "Nadal",
            "不是",
            "May ",
            " km",
            "İ",
            "十人中九人",
            "ſix in ten",
            " three quarters ",
        ]
    ),
    max_size=60,
).map("".join)


@given(
    st.one_of(_SOUP, st.text(max_size=200)),
    st.one_of(_SOUP, st.text(max_size=200)),
    st.sampled_from(LANGUAGES),
    st.sampled_from(LANGUAGES),
)
def test_never_raises_and_is_the_same_from_either_side(src: str, tgt: str, src_lang: str, tgt_lang: str) -> None:
    found = disagreements([(src, src_lang)], [(tgt, tgt_lang)])
    for item in found:
        assert item.kind in KINDS and (item.src or item.tgt)
        for mention in item.src:
            assert src[mention.start : mention.end] == mention.value != ""
        for mention in item.tgt:
            assert tgt[mention.start : mention.end] == mention.value != ""
    turned = disagreements([(tgt, tgt_lang)], [(src, src_lang)])
    assert sorted(item.kind for item in found) == sorted(item.kind for item in turned)


@given(st.one_of(_SOUP, st.text(max_size=200)), st.sampled_from(LANGUAGES))
def test_a_text_agrees_with_itself(text: str, lang: str) -> None:
    assert [item for item in disagreements([(text, lang)], [(text, lang)]) if item.kind != "quantity"] == []


@pytest.mark.parametrize(
    "piece",
    ["1,", "不是", "twenty-", "万", "London ", "A-", "ne ", "5 km ", "no ", "es-no ", "Mon ", "二三十", "1秒", "八块"],
)
@pytest.mark.parametrize("lang", ["fr", "es", "zh-Hans", "ko"])
def test_hostile_text_comes_back(piece: str, lang: str) -> None:
    disagreements([(piece * (6_000 // len(piece)), lang)], [("Nothing to see in Paris.", "en")])


@pytest.mark.parametrize(
    ("kind", "lang", "text"),
    [
        ("number", "en", "There were three of them."),
        ("number", "zh-Hans", "共有五名学生"),
        ("date", "fr", "Il est né en mars."),
        ("quantity", "de", "Es sind 5 Kilometer."),
        ("name", "en", "We met Nadal there."),
        ("negation", "en", "The pilot was identified there."),
        ("negation", "ja", "発表しました。"),
    ],
)
def test_a_planted_change_is_what_it_says(kind: str, lang: str, text: str) -> None:
    change = planted(text, lang, kind, random.Random(1), [Place(7, 12, ["Federer"])])
    assert change is not None and change.text != text
    put_in = change.text[change.start : change.end]
    assert change.text == text[: change.start] + put_in + text[change.start + len(change.was) :]


def test_nothing_is_planted_where_there_is_nothing() -> None:
    assert [planted("the sea", "en", kind, random.Random(1)) for kind in KINDS] == [None] * len(KINDS)
    assert planted("Those in Wales may march home.", "en", "date", random.Random(1)) is None


@pytest.mark.parametrize(
    ("lang", "text"),
    [("ja", "3分の1"), ("ja", "35 mmのフィルム"), ("ja", "4 MBの容量"), ("zh-Hans", "千万不要"), ("zh-Hans", "一周年")],
)
def test_no_unit_is_planted_for_what_is_none(lang: str, text: str) -> None:
    assert planted(text, lang, "quantity", random.Random(1)) is None


@pytest.mark.parametrize(
    ("langs", "pairs", "names"),
    [
        (
            ("fr", "en"),
            [
                ("Il a vu Nadal en mai, près du Palais.", "He saw Nadal in May, near the Palace."),
                ("Puis Federer et Year, un palais.", "Then Federer and Year, for a year of Peace."),
                ("Elle vit à Berlin.", "She met Federer in Berlin's parks, by the Bay of Bengal."),
            ],
            (["Berlin", "Federer", "Nadal"], ["Berlin", "Federer", "Nadal"]),
        ),
        (
            ("de", "ja"),
            [("Das Haus steht in Berlin.", "ラファエル・ナダルとフェデラー氏はトヨタに乗ってカナダへ行った。")],
            ([], ["カナダ", "フェデラー", "ラファエル・ナダル"]),
        ),
        (
            ("ko", "zh-Hans"),
            [("캐나다 대통령은 Nadal 선수를 만났다. 집이란 무엇인가?", "克林顿对希拉里·克林顿说，Nadal在美国。")],
            (["Nadal", "캐나다"], ["Nadal", "希拉里·克林顿", "美国"]),
        ),
        (
            ("de", "en"),
            [("Der Vater wohnt in Berlin.", "The father lives in Berlin."), ("Berlin.", "Berlin.")],
            (["Berlin"], ["Berlin"]),
        ),
    ],
)
def test_names_to_plant_are_told_by_the_texts(
    langs: tuple[str, str], pairs: list[tuple[str, str]], names: tuple[list[str], list[str]]
) -> None:
    found = Named(pairs, langs)
    assert (found.names(0), found.names(1)) == names


def test_a_name_is_planted_for_one_of_its_kind() -> None:
    pairs = [(text, text) for text in ("We saw Nadal in Berlin.", "We saw Federer in Madrid.")]
    places = {place.start: place.others for place in Named(pairs, ("en", "en")).places(pairs[0][0], 1)}
    assert places == {7: ["Federer"], 16: ["Madrid"]}


def test_the_bench_counts_alarms_and_finds(tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text("49 matchs\t49 games\n12 pays\t13 countries\n", encoding="utf-8")
    result = run(pairs_of([path]), ("fr", "en"))
    assert (result.pairs, result.alarms["number"], result.alarms["all"]) == (2, 1, 1)
    assert result.planted["number"] == 2 and result.found["number"] >= 1
    assert "50.00%" in show(result)


def test_two_files_meet_in_their_english(tmp_path: Path) -> None:
    first, second, broken = tmp_path / "fr.tsv", tmp_path / "zh.tsv", tmp_path / "broken.tsv"
    first.write_text("un\tone\ndeux\ttwo\n", encoding="utf-8")
    second.write_text("二\ttwo\n", encoding="utf-8")
    broken.write_text("one column\n", encoding="utf-8")
    assert pairs_of([first, second]) == [("deux", "二")]
    with pytest.raises(InputError, match="line 1"):
        pairs_of([broken])


def test_a_gold_set_has_a_half_to_read_and_a_half_to_report(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.src").write_text(f"un {name}\ndeux {name}\n", encoding="utf-8")
        (tmp_path / f"{name}.tgt").write_text(f"one {name}\ntwo {name}\n", encoding="utf-8")
        (tmp_path / f"{name}.gold").write_text("[]:[0]\n[1]:[1]\n", encoding="utf-8")
    assert pairs_of([tmp_path]) == [("deux a", "two a"), ("deux c", "two c")]
    assert pairs_of([tmp_path], kept=True) == [("deux b", "two b")]


@pytest.mark.parametrize("lang", ["de", "es", "fr", "ja", "ko", "pt", "zh"])
def test_translations_seldom_disagree(lang: str) -> None:
    """On real pairs, some of which do state different facts, the check is silent nearly always."""
    pairs = pairs_of([shared_dir() / "eval" / f"flores-dev.{lang}-en.tsv"])
    alarms = sum(bool(disagreements([(text, lang)], [(english, "en")])) for text, english in pairs)
    assert alarms / len(pairs) < 0.03


@pytest.mark.parametrize("lang", ["de", "en", "es", "fr", "ja", "ko", "pt", "zh"])
@given(text=_SOUP)
def test_denials_are_places_of_the_text_and_do_not_overlap(lang: str, text: str) -> None:
    spans = sorted([*negation.denials(text, lang).plain, *(mark[:2] for mark in negation.denials(text, lang).phrases)])
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


@pytest.mark.parametrize(
    ("lang", "texts"),
    [
        ("en", "He can not go|He cannot go|He CAN’T go|He shouldnt go|He never goes|No bus goes|Nobody goes"),
        ("en", "It is anything but new|None of it is new|I see none was left|Neither goes|It is nowhere|Nothing goes"),
        ("fr", "Il ne part pas|Il n’ose partir|Pas un bus|Plus du tout|Aucune idée|Et jamais|Cela n'a rien à voir"),
    ],
)
def test_every_way_to_deny_is_seen(lang: str, texts: str) -> None:
    assert all(negation.denials(text, lang).plain for text in texts.split("|"))


def test_only_the_kinds_asked_for_are_looked_for() -> None:
    src = ("fr", "En 1995, Madrid n'a pas payé 300 euros.")
    tgt = ("en", "In 1996, Oslo paid 400 euros.")
    every = disagreements([src[::-1]], [tgt[::-1]])
    assert {item.kind for item in every} == {"date", "quantity", "name", "negation"}
    for kind in ("date", "quantity", "name", "negation", "number"):
        some = disagreements([src[::-1]], [tgt[::-1]], [kind])
        assert some == tuple(item for item in every if item.kind == kind)


def _unguarded(pattern: re.Pattern[str]) -> re.Pattern[str]:
    return re.compile(pattern.pattern.removeprefix(negation._BEGINS))


@pytest.mark.parametrize("lang", ["en", "fr", "de", "es", "pt"])
@given(st.data())
def test_denials_are_passed_over_nowhere_for_how_they_begin(lang: str, data: st.DataObject) -> None:
    rows = [patterns for kind in ("phrase", "denial") for _, patterns in negation._rows()[kind, lang]]
    words = st.sampled_from(sorted({word for patterns in rows for word in re.findall(r"\w{2,}", patterns)}))
    signs = st.sampled_from([" ", " ", " ", ", ", ". ", "n't ", "n’t ", " n'", " ¡", "; ", "-", ""])
    pieces = data.draw(st.lists(st.tuples(signs, words), max_size=12))
    text = negation.small("".join(sign + word for sign, word in pieces))
    for pattern in (negation._denials(lang), negation._plainly(lang)):
        found, wanted = (
            [(match.span(), match.lastgroup) for match in each.finditer(text)]
            for each in (pattern, _unguarded(pattern))
        )
        assert found == wanted


@pytest.mark.parametrize(
    ("src", "tgt"),
    [
        (("es", "La tapa no es fácil de abrir."), ("de", "Der Deckel ist schwer zu öffnen.")),
        (("de", "Der Weg ist mir nicht bekannt."), ("fr", "Ce chemin est nouveau pour moi.")),
        (("fr", "Le moulin n'est pas loin."), ("pt", "O moinho fica perto.")),
        (("pt", "Nem sempre chove na serra."), ("es", "No siempre llueve en la sierra.")),
        (("ja", "その窓は開いていません。"), ("es", "La ventana está cerrada.")),
        (("en", "The clerk did not remember the key."), ("ko", "점원은 열쇠를 잊었다.")),
    ],
)
def test_the_opposite_of_what_is_denied_or_another_no_says_the_same(src: tuple[str, str], tgt: tuple[str, str]) -> None:
    assert "negation" not in kinds(src, tgt)
    assert "negation" not in kinds(tgt, src)


@pytest.mark.parametrize(
    ("src", "tgt"),
    [
        # what somebody has trouble with he cannot do, and who is out does not come
        (("zh-Hans", "店员没法打开保险柜。"), ("fr", "Le vendeur a du mal à ouvrir le coffre.")),
        (("de", "Der Torwart fällt aus, sein Bruder spielt."), ("ko", "골키퍼는 나오지 않고 동생이 뛴다.")),
        # of a word that is there and lacks its prefix in the other language
        (("es", "Los vecinos están insatisfechos con la obra."), ("ko", "이웃들은 공사에 만족하지 않았다.")),
        (("ko", "그 제안은 비합리적이다."), ("es", "Esa propuesta no es razonable.")),
        (("ja", "文書は非公開である。"), ("pt", "O documento não foi divulgado.")),
        (("de", "Der Teich ist frei von Algen."), ("es", "El estanque no tiene algas.")),
        # what did not succeed was given up
        (("de", "Die Landung gelang nicht."), ("es", "El aterrizaje fue abortado.")),
        (("fr", "Le chanteur était absent du festival."), ("ja", "その歌手は音楽祭に出演していなかった。")),
        (("zh-Hans", "他父亲失业了。"), ("es", "Su padre no tiene trabajo.")),
        # one no in two places, and praise
        (("fr", "De sel, il n'y en a plus du tout."), ("zh-Hans", "盐已经没有了。")),
        (("fr", "Après la neige, il n'y a rien de mieux."), ("zh-Hant", "下雪之後，這感覺最棒。")),
        (("es", "Tras la nieve no hay nada mejor."), ("de", "Nach dem Schnee ist das am schönsten.")),
        (("fr", "Il fut photographié à son insu."), ("zh-Hans", "他在不知情的情况下被拍了照。")),
        # what does not change stays, and what is not so is otherwise
        (("es", "Los colores no varían con la luz."), ("de", "Die Farben bleiben bei Licht gleich.")),
        (("fr", "On le croyait mort, mais ce n'est pas le cas."), ("de", "Man hielt ihn für tot; es ist anders.")),
        # said of nothing
        (("ja", "門が開くと、彼らはすかさず入った。"), ("ko", "문이 열리자 그들은 곧바로 들어갔다.")),
        (("ja", "後ほど連絡があるかもしれません。"), ("zh-Hans", "稍后可能会有消息。")),
        (("pt", "Ganhou por um nada."), ("ja", "彼は僅差で勝った。")),
        (("pt", "A chuva não demorou a chegar."), ("de", "Der Regen kam schnell.")),
    ],
)
def test_of_two_languages_that_are_not_english_one_may_deny_in_another_way(
    src: tuple[str, str], tgt: tuple[str, str]
) -> None:
    assert "negation" not in kinds(src, tgt)
    assert "negation" not in kinds(tgt, src)


def test_what_nearly_denies_is_shown_where_nothing_denies_for_sure() -> None:
    src, tgt = [("El barco no es muy rápido.", "es")], [("Das Boot ist sehr schnell.", "de")]
    (found,) = disagreements(src, tgt, ["negation"])
    assert [mention.value for mention in found.src] == ["no es muy"]


@pytest.mark.parametrize(
    ("src", "tgt"),
    [
        # two languages that are not English
        (("fr", "Le parlement gallois vote demain."), ("zh-Hant", "威爾斯議會（Welsh Assembly）明天投票。")),
        (("fr", "L'Afrique australe manque d'eau."), ("pt", "A África meridional tem falta de água.")),
        (("es", "Cruzaron los montes Transantárticos."), ("zh-Hans", "他们翻过了横贯南极的山脉。")),
        # surnames by other readings than Mandarin's, and a name as Taiwan writes it
        (("fr", "Selon le garde, Kim est rentré au pays."), ("zh-Hans", "守卫说金正浩回到了朝鲜。")),
        (("es", "La señora Hsieh vive en la capital."), ("zh-Hant", "謝女士住在台灣的首都。")),
        (("pt", "Nguyen abriu um café na capital."), ("ja", "阮氏はフランスの首都で喫茶店を開いた。")),
        (("fr", "Trump a décollé hier."), ("zh-Hant", "川普昨天飛離日本。")),
        # a gloss beside a name of one language, of which another has the name alone
        (("ko", "그 밴드는 마우이 경기장(Maui Stadium)에서 연주했다."), ("zh-Hans", "乐队在毛伊岛体育场演出。")),
        # what is joined in one language and two words in another, by its initials, or an office by another name
        (("es", "Ganó el norirlandés Selkirk."), ("en", "Selkirk of Northern Ireland won.")),
        (("es", "El cantante norirlandés bebía té."), ("en", "The Northern Irish singer drank tea.")),
        (("es", "Huyeron del Estado Islámico."), ("en", "They fled from ISIS.")),
        (("es", "El ministro de Hacienda, Ivo Rudek, calló."), ("en", "Finance Minister Ivo Rudek said nothing.")),
        # a word of Portuguese that is seldom in texts, but not in Spanish
        (("de", "Die Grabstätte liegt am Hügel."), ("pt", "A Tumba fica na colina.")),
    ],
)
def test_a_name_in_another_form_is_the_same(src: tuple[str, str], tgt: tuple[str, str]) -> None:
    assert "name" not in kinds(src, tgt)
    assert "name" not in kinds(tgt, src)


@pytest.mark.parametrize(
    ("src", "tgt"),
    [
        (("pt", "O museu abre em 1° de janeiro."), ("zh-Hans", "博物馆在 1 月 1 日开放。")),
        (("de", "Der Turm wurde in den dreißiger Jahren gebaut."), ("zh-Hans", "这座塔建于 20 世纪 30 年代。")),
        (("fr", "Le moulin ferma au début des années 2000."), ("zh-Hant", "磨坊在本世紀初關閉。")),
        (("ja", "100年前の窯だ。"), ("ko", "1세기 전의 가마이다.")),
    ],
)
def test_years_and_days_told_in_another_way_are_the_same(src: tuple[str, str], tgt: tuple[str, str]) -> None:
    assert not kinds(src, tgt)
    assert not kinds(tgt, src)


def test_an_opposite_answers_only_a_no_that_denies_its_word() -> None:
    assert "negation" in kinds(("es", "La tapa no es roja."), ("de", "Der Deckel ist rot und schwer."))
    assert "negation" in kinds(("fr", "Le pont n'est pas loin."), ("de", "Die Brücke ist weit von hier."))


_NOT_OVER = "The notice must not be given later than 4 May.|The notice shall be given on 4 May at the latest."
_NOT_UNDER = "The fee may not be less than 80 euros.|The fee shall be at least 80 euros.|The fee is 80 euros or more."


@pytest.mark.parametrize(
    ("lang", "text", "english"),
    [
        ("fr", "La redevance ne peut être inférieure à 80 euros.", _NOT_UNDER),
        ("de", "Die Gebühr darf nicht unter 80 Euro liegen.", _NOT_UNDER),
        ("es", "La tasa no será inferior a 80 euros.", _NOT_UNDER),
        ("pt", "A taxa não pode ser inferior a 80 euros.", _NOT_UNDER),
        ("zh-Hans", "费用不得低于80欧元。", _NOT_UNDER),
        ("zh-Hans", "费用不能少于80欧元。", _NOT_UNDER),
        ("ja", "料金は80ユーロを下回ってはならない。", _NOT_UNDER),
        ("ko", "요금은 80유로 미만이어서는 아니 된다.", _NOT_UNDER),
        ("ja", "料金は80ユーロ以上とする。", _NOT_UNDER),
        ("fr", "L'avis est donné au plus tard le 4 mai.", _NOT_OVER),
        ("de", "Die Mitteilung darf nicht nach dem 4. Mai erfolgen.", _NOT_OVER),
        ("zh-Hans", "通知最迟于5月4日发出。", _NOT_OVER),
        ("ko", "통지는 5월 4일보다 늦게 할 수 없다.", _NOT_OVER),
    ],
)
def test_what_may_not_be_exceeded_is_a_most_and_not_less_is_at_least(lang: str, text: str, english: str) -> None:
    for each in english.split("|"):
        assert "negation" not in kinds((lang, text), ("en", each)), each


@pytest.mark.parametrize(
    ("lang", "text", "english"),
    [
        # the same bound, denied on one side alone
        ("fr", "Le bail ne peut excéder deux ans.", "The lease may exceed two years."),
        ("de", "Der Preis darf unter 80 Euro liegen.", "The price may not be less than 80 euros."),
        ("zh-Hans", "租期不得超过两年。", "The lease may exceed two years."),
        ("ja", "貸付は二年を超えることができない。", "The loan may exceed two years."),
        ("ko", "임대는 2년을 초과할 수 없다.", "The lease may exceed two years."),
        # a bound that the other side has the other way round
        ("de", "Die Gebühr beträgt mindestens 80 Euro.", "The fee shall not be more than 80 euros."),
        ("zh-Hans", "刑期为五年以下。", "The term is not less than five years."),
        ("ko", "요금은 80유로 이상이어야 한다.", "The fee shall not exceed 80 euros."),
        # a bound excuses only the no before it
        ("de", "Das Kind zahlt keine Gebühr, er mindestens drei.", "The child pays a fee, he at least three."),
        # prohibitions, of a word whose opposite stands beside it
        ("zh-Hans", "任何人不得泄露秘密。", "Anyone may disclose the secret."),
        ("ko", "누구든지 비밀을 누설하여서는 아니 된다.", "Anyone may disclose the secret."),
        ("zh-Hans", "不得转让该许可证。", "The licence may be transferred."),
    ],
)
def test_a_bound_hides_no_denial_that_the_other_side_lacks(lang: str, text: str, english: str) -> None:
    assert "negation" in kinds((lang, text), ("en", english))


@pytest.mark.parametrize(
    ("lang", "text", "english", "differ"),
    [
        ("de", "Die Gebühr beträgt höchstens 80 Euro.", "The fee is at least 80 euros.", True),
        ("zh-Hans", "刑期为五年以下。", "The term is five years or more.", True),
        ("ko", "요금은 80유로 이상으로 한다.", "The fee is at most 80 euros.", True),
        ("es", "La tasa será de 80 euros como máximo.", "The fee is at most 80 euros.", False),
        ("ja", "高さが5メートル以下なら無料である。", "It is free unless the height exceeds 5 metres.", False),
        ("fr", "La taxe est de 80 euros au moins.", "The fee is no less than 80 euros.", False),
    ],
)
def test_at_least_and_at_most_are_different_bounds(lang: str, text: str, english: str, differ: bool) -> None:
    found = disagreements([(text, lang)], [(english, "en")], ["negation"])
    assert [item.reason.split(":")[0] for item in found] == ["The bounds differ"] * differ


@pytest.mark.parametrize("text", ["他不得不卖掉马车。", "他舍不得那匹马。"])
def test_bu_de_that_forbids_nothing_denies_nothing(text: str) -> None:
    assert not negation.denials(text, "zh").plain


@pytest.mark.parametrize(
    ("lang", "text", "english"),
    [
        # out of what another is not in
        ("de", "Das Buch ist zurzeit nicht lieferbar.", "The book is now out of print."),
        ("fr", "Le fil ne se trouve plus à sa portée.", "The wire is now out of her reach."),
        ("fr", "Rangez le sel hors de portée des chèvres.", "The salt must not be left within reach of the goats."),
        ("de", "Wer das Band nicht mehr braucht, rollt es auf.", "Roll up the tape when you have finished using it."),
        ("de", "Die Glocke läutet dann nicht mehr.", "The bell will stop ringing then."),
        # a French no of one word, steps and what only looks like a no
        ("fr", "Nous ne pûmes fermer le portail.", "We could not close the gate."),
        ("fr", "Je n'ai pu sortir parce qu'il neigeait.", "I could not go out because it was snowing."),
        ("fr", "Si je ne m'abuse, le moulin est à vendre.", "If I am not mistaken, the mill is for sale."),
        ("fr", "On ne s'étonne plus qui dort ici.", "They do not ask any more who sleeps here."),
        ("fr", "Le guide explique pas à pas la récolte.", "The guide explains the harvest step by step."),
        ("fr", "Le village croît à pas de géant.", "The village is growing by leaps and bounds."),
        (
            "fr",
            "Rentrez le foin avant que le vent ne puisse le prendre.",
            "Bring in the hay before the wind can take it.",
        ),
        ("fr", "Il a loué le champ, et non pas la grange.", "He rented the field instead of the barn."),
        ("fr", "Le sentier n'est pas moins raide.", "The path is no less steep."),
        ("fr", "Tant que le lait n'a pas refroidi, remuez.", "Stir until the milk has cooled."),
        ("fr", "Ce n'est pas grave, le lac est tiède.", "It's all right, the lake is warm."),
        # one no for what another language denies twice
        (
            "de",
            "Das Gerät speichert keine Bilder und sendet auch nichts.",
            "The device does not store pictures or send any.",
        ),
        ("fr", "Elle n'a jamais reçu aucune lettre.", "She has never received any letter."),
        # set phrases
        ("es", "Hace mucho tiempo que no nieva en el valle.", "It has been a long time since it snowed here."),
        ("es", "Cierra la puerta, o si no entrarán las cabras.", "Shut the door, otherwise the goats come in."),
        ("es", "No veo la hora de probar el queso.", "I look forward to trying the cheese."),
        ("es", "Es la sopa más salada que he probado jamás.", "It is the saltiest soup I ever tried."),
        ("es", "Los soldados no muertos salen del lago.", "The undead soldiers rise from the lake."),
        ("es", "El humo salió de la nada.", "The smoke came out of nowhere."),
        ("de", "Wenn das Feld leer steht, spricht nichts dagegen.", "If the field is empty, that is fine."),
        ("de", "Du brauchst nichts weiter als einen Eimer.", "All you need is a bucket."),
        ("de", "Sie entschied sich gegen den Kauf des Ofens.", "She decided not to buy the oven."),
        ("de", "Die Ziege konnte genauso wenig schwimmen.", "The goat could not swim either."),
        ("pt", "Em momento algum abriremos o portão.", "We will at no time open the gate."),
        ("pt", "Dificilmente a ponte aguenta o peso.", "The bridge does not bear the weight."),
        ("pt", "O campo “Ativo” fica definido como Não.", "The field is set to No."),
        # Spanish: one no with its like behind an aside, a long clause or a number
        ("es", "No hubo, según el molinero, ningún ladrón.", "According to the miller there was no thief."),
        ("es", "No se halló entre los 1.200 sacos ninguna moneda.", "No coin was found among the 1,200 sacks."),
        ("es", "No vendas leche ni tampoco pidas queso.", "You should not sell milk or ask for cheese."),
        # that say no of nothing
        ("es", "No fue hasta 1954 cuando se abrió el molino.", "Only in 1954 did the mill open."),
        ("es", "El equipo no pasó del empate.", "The team could only draw."),
        ("es", "La carta no pasó inadvertida.", "The letter was noticed."),
        ("es", "Las cabras no bajan del monte alto más que en enero.", "The goats come down only in January."),
        ("es", "Nadie discute que el lago es hondo.", "It is accepted that the lake is deep."),
        ("es", "El panadero no da abasto.", "The baker is overwhelmed."),
        ("es", "Ninguna aldea había vendido tantos quesos.", "It was the most cheese a village ever sold."),
        ("es", "No vino ni la mitad de los invitados.", "Less than half of the guests came."),
        # in part
        ("es", "El molino no ha sufrido apenas cambios.", "The mill has hardly changed."),
        ("es", "En el huerto no crece casi nada.", "Little grows in the orchard."),
        ("es", "Fueron poco amables con el cartero.", "They were not kind to the postman."),
        # words that answer a no, of either language
        ("es", "El molinero declinó hablar.", "The miller did not speak."),
        ("es", "Se perdió la fiesta por un resfriado.", "He did not come to the feast because of a cold."),
        ("es", "El cartero iba desarmado.", "The postman had no weapon."),
        ("es", "La sal es insoluble en aceite.", "Salt does not dissolve in oil."),
        ("es", "Los vecinos discrepan sobre el pozo.", "The neighbours do not agree about the well."),
        ("es", "El alcalde se desentendió de la queja.", "The mayor paid no attention to the complaint."),
        ("es", "El horno cerró para siempre.", "The kiln closed and never reopened."),
        ("es", "La viuda incumplió el plazo.", "The widow did not meet the deadline."),
        ("es", "Un error dejó en tierra el globo.", "Because of a mistake the balloon did not take off."),
        ("es", "Hubo que esperar hasta mayo para que abriera.", "It was not open until May."),
        ("es", "El valle no tiene salida al mar.", "The valley is landlocked."),
        ("es", "El carro no respetó la señal.", "The cart ran a red light."),
        ("es", "El consejo no aprobó la compra.", "The council withheld its approval of the purchase."),
        ("es", "El juez no admitió la carta.", "The judge threw out the letter."),
        ("es", "La viuda nunca llegó a acabar el tapiz.", "The widow died before finishing the tapestry."),
        ("es", "No había nevado tanto en el valle desde 1954.", "The last time the valley saw such snow was in 1954."),
        ("es", "El horno no cumplía las normas.", "The kiln fell foul of the rules."),
        ("es", "El molinero no oía nada.", "The miller was completely deaf."),
        ("es", "A nadie sorprendió, en una aldea tan alta, la nieve.", "In such a high village the snow was expected."),
        ("es", "La fiesta no estuvo exenta de riñas.", "The feast had its share of quarrels."),
        ("es", "El molino no abrirá antes de 2034.", "The mill will open in 2034 at the earliest."),
        ("es", "El molinero negó saber nada del robo.", "The miller denied any knowledge of the theft."),
        ("es", "Los quesos distan de ser baratos.", "The cheeses are not cheap."),
        ("es", "Ningún oficio está libre de peligros.", "All trades have their dangers."),
        ("es", "Queda poco tiempo para la siega.", "There is not much time left for the harvest."),
        # German: clauses that change places, words that answer a no, and what says no where English does not
        (
            "de",
            "Die Ziegen werden geschoren, wenn der Regen nicht kommt.",
            "Unless the rain comes, the goats will be shorn.",
        ),
        ("de", "Das Feuer hat die Scheune verschont.", "The fire did not harm the barn."),
        ("de", "Der Müller sprach sich gegen die Brücke aus.", "The miller did not want the bridge."),
        ("de", "Nur Bäcker durften den Hof betreten.", "Weavers were not allowed to enter the yard."),
        (
            "de",
            "Der Schäfer hat unterschätzt, wie tief der Fluss ist.",
            "The shepherd did not realise how deep the river was.",
        ),
        ("de", "Nicht wenige Weber verließen das Tal.", "A good many weavers left the valley."),
        ("de", "Die Lämmer waren unterernährt.", "The lambs did not get enough to eat."),
        ("de", "Die Wache schließt einen Unfall nicht aus.", "The guard says it may have been an accident."),
        ("de", "Das Spiel stand null zu null.", "There was no score in the game."),
        ("de", "Der Müller tritt nicht zurück.", "The miller is staying on."),
        # the opposite of what is denied
        ("es", "La propuesta no prosperó.", "The proposal was defeated."),
        ("es", "Nadie sobrevivió.", "All of them died."),
        ("es", "La viuda jamás volvió a casarse.", "The widow remained single."),
    ],
)
def test_another_way_to_deny_or_a_no_that_denies_nothing_is_no_disagreement(lang: str, text: str, english: str) -> None:
    assert "negation" not in kinds((lang, text), ("en", english))
    assert "negation" not in kinds(("en", english), (lang, text))


@pytest.mark.parametrize(
    ("lang", "text", "english"),
    [
        ("fr", "Les grands pas du facteur résonnent.", "The postman's long steps do not echo."),
        ("de", "Der Unrat lag vor dem Tor.", "The rubbish did not lie by the gate."),
        ("es", "El molino abrió un poco tarde.", "The mill did not open a little late."),
        ("es", "El molino abrió en poco tiempo.", "The mill did not open within a short time."),
        ("es", "El molino no abrirá en 2034.", "The mill will open in 2034."),
        ("es", "La aldea dista tres millas del lago.", "The village is not three miles from the lake."),
        ("es", "El horno no se vendió en 1954.", "The kiln was sold in 1954."),
        ("es", "El queso cayó al suelo y a la tierra.", "The cheese did not fall to the ground."),
        ("es", "No vino nadie, y ninguna cabra durmió.", "Nobody came, and the goats slept."),
        ("es", "La viuda volvió a casarse en mayo.", "The widow never married again."),
        ("es", "El temporal vulnerable pasó a un nivel bajo.", "The storm did not pass to a low level."),
        ("es", "El termómetro marcaba cero 5 veces.", "The thermometer did not show zero 5 times."),
        ("es", "Mucha gente murió en el valle.", "Many people did not die in the valley."),
        ("es", "El faro no es alto.", "A little red lighthouse is tall."),
        ("de", "Das Feuer hat die Scheune zerstört.", "The fire did not destroy the barn."),
        ("de", "Der Müller sprach über die Brücke.", "The miller did not speak about the bridge."),
        ("de", "Die Bäcker durften den Hof betreten.", "The bakers were not allowed to enter the yard."),
        ("de", "Die Wache schließt den Stall nicht ab.", "The guard locks the stable."),
        ("de", "Der Müller tritt nicht zurück.", "The miller is stepping down."),
    ],
)
def test_what_only_looks_like_a_no_hides_none(lang: str, text: str, english: str) -> None:
    assert "negation" in kinds((lang, text), ("en", english))
    assert "negation" in kinds(("en", english), (lang, text))


@pytest.mark.parametrize(
    ("lang", "text", "english"),
    [
        ("de", "Der Brunnen ist nicht immer offen.", "The well is always open."),
        ("fr", "La grange est toujours ouverte.", "The barn is not always open."),
        ("es", "Muchos vecinos tienen gallinas.", "Not many neighbours keep hens."),
        ("pt", "O muro está completamente seco.", "The wall is not completely dry."),
        ("de", "Der Müller mahlt nur Roggen.", "The miller does not only grind rye but oats, too."),
        ("pt", "Todos os barcos voltaram.", "Not all boats came back."),
        ("zh-Hans", "所有的船都回来了。", "Not all boats came back."),
        ("ja", "井戸はいつも開いている。", "The well is not always open."),
        ("ko", "우물은 항상 열려 있다.", "The well is not always open."),
    ],
)
def test_what_is_denied_in_part_is_not_what_is_said_in_full(lang: str, text: str, english: str) -> None:
    assert "negation" in kinds((lang, text), ("en", english))


@pytest.mark.parametrize(
    ("lang", "text", "english"),
    [
        ("de", "Der Brunnen ist manchmal zu.", "The well is not always open."),
        ("fr", "Rares sont les voisins qui ont des poules.", "Not many neighbours keep hens."),
        ("fr", "Le meunier moud non seulement le seigle, mais l'avoine.", "The miller grinds not only rye but oats."),
        ("es", "Volvió la mayoría de los barcos.", "Not all boats came back."),
    ],
)
def test_what_is_denied_in_part_may_be_said_otherwise(lang: str, text: str, english: str) -> None:
    assert "negation" not in kinds((lang, text), ("en", english))


@pytest.mark.parametrize(
    ("src", "tgt"),
    [
        # names that end as words of other languages do
        (("fr", "Le vin de Montebrico est cher."), ("en", "The wine of Molzano is expensive.")),
        (("pt", "O moinho de Harringment fechou."), ("en", "The mill of Molzano closed.")),
        (("es", "El puente de Vastorique es viejo."), ("en", "The bridge of Molzano is old.")),
    ],
)
def test_a_name_that_ends_as_a_word_of_another_language_is_a_name(src: tuple[str, str], tgt: tuple[str, str]) -> None:
    assert "name" in kinds(src, tgt)


@pytest.mark.parametrize(
    ("lang", "text", "english"),
    [
        ("pt", "A seca atingiu os vales Ocidentais e as aldeias.", "The drought struck the valleys in the west."),
        ("fr", "Elle enseigne la Phonologie à la ferme.", "She teaches how sounds work on the farm."),
        ("es", "El guía habló del Feudalismo en la torre.", "The guide spoke of vassals in the tower."),
    ],
)
def test_a_word_that_ends_as_those_that_are_translated_is_no_name(lang: str, text: str, english: str) -> None:
    assert "name" not in kinds((lang, text), ("en", english))


@pytest.mark.parametrize(
    ("lang", "text", "english"),
    [
        ("fr", "Elle a étudié à l'université de Harwick.", "She studied at UH."),
        ("es", "La Asociación Harwickiana de Apicultura (AHA) cerró.", "The AHA has closed."),
        ("pt", "A Rádio Harwick Norte saiu do ar.", "RHN is off the air."),
        ("es", "Los niños son belicosos.", "The children are warlike."),
        ("de", "Das Verfahren (engl. Kneading) ist alt.", "The procedure (kneading) is old."),
        ("de", "Der Fluss entspringt in Südwestasien.", "The river rises in the south west of Asia."),
    ],
)
def test_a_name_may_be_shortened_or_part_of_a_word_and_a_word_only_begin_like_it(
    lang: str, text: str, english: str
) -> None:
    assert "name" not in kinds((lang, text), ("en", english))
    assert "name" not in kinds(("en", english), (lang, text))


@pytest.mark.parametrize(
    ("text", "english", "differ"),
    [
        # nouns that are joined or in another case or number are no names, whatever English adds
        ("In Vulkanmuseen sah der Kronprinz Lavaströme.", "Prince Osric saw lava at museums of volcanoes.", False),
        ("Der Bürgermeister sprach mit Anwohnern.", "The mayor, Wenlow, spoke to residents.", False),
        ("Der Bürgermeister sprach mit Vastor.", "The mayor spoke to Wenlow.", True),
    ],
)
def test_a_noun_of_german_is_no_name(text: str, english: str, differ: bool) -> None:
    assert ("name" in kinds(("de", text), ("en", english))) is differ
    assert ("name" in kinds(("en", english), ("de", text))) is differ


def test_initials_of_other_words_hide_no_name() -> None:
    assert "name" in kinds(
        ("fr", "Elle a étudié à l'université de Harwick."), ("en", "She studied at MB in Ostervelde.")
    )


@pytest.mark.parametrize(
    ("src", "tgt"),
    [
        (("zh-Hans", "没有比他更快的选手。"), ("en", "He is the fastest runner.")),
        (("zh-Hant", "沒有人比她更了解這座港口。"), ("en", "She knows this harbour best.")),
        (("de", "Niemand ist schneller."), ("en", "He is the fastest.")),
        (("de", "Niemand kennt den Hafen besser als sie."), ("en", "She knows the harbour best.")),
        (("fr", "Personne n'est plus rapide."), ("en", "He is the fastest.")),
        (("es", "Nadie es más rápido que él."), ("en", "He is the fastest.")),
        (("pt", "Ninguém é mais rápido do que ele."), ("en", "He is the fastest.")),
        (("ja", "彼ほど速い選手はいない。"), ("en", "He is the fastest runner.")),
        (("ko", "그보다 빠른 선수는 없다."), ("en", "He is the fastest runner.")),
        (("en", "No one knows the harbour better than she does."), ("fr", "C'est elle qui connaît le mieux le port.")),
        (("en", "There is no better place to rest."), ("de", "Das ist der beste Ort, um sich auszuruhen.")),
        (("zh-Hans", "没有什么比水更重要。"), ("en", "Nothing is more important than water.")),
    ],
)
def test_that_nothing_surpasses_it_is_the_highest_degree(src: tuple[str, str], tgt: tuple[str, str]) -> None:
    assert kinds(src, tgt) == []


@pytest.mark.parametrize(
    ("src", "tgt"),
    [
        (("fr", "Personne n'est plus là."), ("en", "Everyone is there.")),
        (("de", "Er hat nicht mehr gearbeitet."), ("en", "He worked the longest.")),
        (("es", "No quiere más agua."), ("en", "He wants the best water.")),
        (("zh-Hans", "他没有更多的时间。"), ("en", "He has the most time.")),
        (("de", "Niemand ist schneller."), ("en", "He is faster.")),
        (("ja", "ほとんど誰も来なかった。"), ("en", "Almost everyone came.")),
    ],
)
def test_a_no_that_compares_nothing_is_missed_beside_the_highest_degree(
    src: tuple[str, str], tgt: tuple[str, str]
) -> None:
    assert kinds(src, tgt) == ["negation"]


@pytest.mark.parametrize(
    ("src", "tgt"),
    [
        (("zh-Hans", "“十四五”规划于2021年开始。"), ("en", "The 14th Five-Year Plan began in 2021.")),
        (
            ("zh-Hant", "「十三五」期間建成了三座橋。"),
            ("fr", "Trois ponts ont été construits pendant le 13e plan quinquennal."),
        ),
        (("zh-Hans", "他十四五岁。"), ("en", "He is fourteen or fifteen.")),
        (("ko", "그 집은 30평이다."), ("en", "The house is about 99 square metres.")),
        (("ja", "その家は30坪です。"), ("en", "The house is about 99 square metres.")),
        (("ja", "50坪の土地"), ("ko", "50평의 땅")),
        (("de", "Das ist nicht unwichtig."), ("en", "That is quite important.")),
    ],
)
def test_plans_plots_and_understatements_are_the_same(src: tuple[str, str], tgt: tuple[str, str]) -> None:
    assert kinds(src, tgt) == []


@pytest.mark.parametrize(
    ("src", "tgt"),
    [
        (("zh-Hans", "“十四五”规划"), ("en", "the 13th Five-Year Plan")),
        (("ko", "그 집은 30평이다."), ("en", "The house is about 60 square metres.")),
    ],
)
def test_another_plan_and_another_size_differ(src: tuple[str, str], tgt: tuple[str, str]) -> None:
    assert kinds(src, tgt) != []


@pytest.mark.parametrize(
    ("lang", "text", "english", "found"),
    [
        ("fr", "Cette pompe est entièrement neuve.", "This pump is 100% new.", []),
        ("fr", "Cette pompe est neuve à 90 %.", "This pump is 100% new.", ["quantity"]),
        ("ja", "水が漏れるときは「修理」をご覧ください。", "If it leaks, see Section 5.4, “Repairs”.", []),
        ("zh-Hans", "漏水时请看第 5.4 节 “修理”。", "If it leaks, see “Repairs”.", []),
        ("de", "Siehe Abschnitt 5.5, „Reparatur“.", "See Section 5.4, “Repairs”.", ["number"]),
        ("ja", "「修理」をご覧ください。", "See version 5.4 of “Repairs”.", ["number"]),
        ("de", "Das Rad ist nicht verfügbar.", "Wheel: N/A", []),
        ("de", "Drücken Sie Strg-X.", "Press Ctrl-X.", []),
    ],
)
def test_what_handbooks_say_in_words_or_by_a_title_is_no_disagreement(
    lang: str, text: str, english: str, found: list[str]
) -> None:
    assert kinds((lang, text), ("en", english)) == found
