"""Chinese, Japanese and Korean against English: what is said otherwise agrees, what is changed does not."""

from __future__ import annotations

import pytest

from workbench.facts import disagreements, numbers


@pytest.mark.parametrize(
    ("lang", "text", "english"),
    [
        # what is no longer so has ended
        ("zh-Hans", "她已离开剧团。", "She no longer belongs to the troupe."),
        ("zh-Hant", "這種火柴已停產。", "These matches are no longer made."),
        ("zh-Hans", "渡轮已停靠别处。", "The ferry does not call here any more."),
        ("ja", "工場はすでに操業を終えている。", "The factory is no longer running."),
        ("ja", "登山者は危険を脱した。", "The climber is no longer in danger."),
        ("ko", "그 가게는 이미 문을 닫았다.", "The shop is no longer in business."),
        # the opposite of what is denied
        ("zh-Hans", "车厢内严禁饮酒。", "Drinking is not allowed in the carriage."),
        ("ja", "画家は生涯独身を通した。", "The painter never married."),
        ("ko", "시인은 평생 독신이었다.", "The poet never married."),
        ("zh-Hant", "乘客全數平安。", "None of the passengers was hurt."),
        ("ja", "乗客は全員無事だった。", "None of the passengers was injured."),
        ("ko", "승객은 전원 무사했다.", "None of the passengers was injured."),
        ("zh-Hans", "演出反响平平。", "The show was not a success."),
        ("ko", "식물원은 화요일에 쉰다.", "The botanical garden is not open on Tuesdays."),
        ("ja", "この靴は雪道に不向きだ。", "These shoes are not made for snow."),
        ("ko", "손님은 이 규칙에서 제외된다.", "The rule does not apply to guests."),
        ("ja", "来賓はこの規則の対象外だ。", "The rule does not apply to guests."),
        ("ko", "계약서의 뜻은 불분명하다.", "The meaning of the contract is not clear."),
        ("zh-Hans", "学生免票。", "Students do not pay."),
        ("ja", "修道士は酒を断つ。", "The monks do not drink."),
        ("zh-Hans", "船尚未靠岸便已倾覆。", "The boat capsized before it could land."),
        ("ja", "十分な準備を欠いていた。", "They were not sufficiently prepared."),
        ("ja", "乗客のなかった渡し船", "the ferry that was empty"),
        ("ja", "この橋は五年しかもたない。", "This bridge lasts only five years."),
        ("zh-Hans", "这与实情相去甚远。", "Nothing could be further from the facts."),
        ("ja", "その夜、塔は無人だった。", "No one was in the tower that night."),
        ("ko", "그 성은 여러 해 동안 아무도 살지 않았다.", "The castle has been empty for years."),
        ("zh-Hans", "当地木材贫乏。", "The area is not rich in timber."),
        ("ko", "창고는 자리가 모자란다.", "The barn has not enough room."),
        ("ja", "薪が足りず、風呂が沸かせない。", "There is not enough firewood for a bath."),
        ("zh-Hans", "船夫没有食言。", "The ferryman kept his word."),
        ("ja", "漁師は約束を破らなかった。", "The fisherman kept his promise."),
        ("ko", "밀수꾼은 잡히지 않았다.", "The smuggler got away."),
        ("zh-Hant", "市長沒有回答。", "The mayor evaded the question."),
        ("ko", "이 만은 배가 들어갈 수 없다.", "The bay is off limits to boats."),
        ("zh-Hant", "未滿12歲者不得入內。", "You must be at least 12 to enter."),
        ("ja", "案は歓迎されなかった。", "The idea met with little enthusiasm."),
        ("ja", "島には井戸も木もなかった。", "The island had no wells and no trees."),
        ("ko", "섬에는 우물도 나무도 없었다.", "The island had no wells and no trees."),
        # idioms with a no, and a no in a word or between lines
        ("zh-Hans", "船长应该知道不要在大雾中起航。", "The captain should have known better than to sail in fog."),
        ("zh-Hans", "他在早餐前还没读完信之前就叫来了马车。", "Before he had read the letter, he sent for the coach."),
        ("zh-Hans", "老人没有意见，把钥匙交给了我们。", "The old man was fine with it and handed us the key."),
        ("zh-Hans", "如果两边不等于同样的重量，秤就会倾斜。", "If the weights are not equal, the scales tip."),
        ("zh-Hans", "配置文件中写着“lights: no”。", "The file says “lights: no”."),
        ("zh-Hans", "鸽子不知何故飞回了塔楼。", "Somehow the pigeons flew back to the tower."),
        ("zh-Hans", "大雨使渡船停了，我们没能过河。", "The rain stopped us from crossing the river."),
        ("ja", "船を売らなきゃいけなかった。", "We had to sell the boat."),
        ("ja", "薪を足さないとだめだ。", "We must add firewood."),
        ("ja", "彼は老船長を怒らせるほどばかではない。", "He knows better than to anger the old captain."),
        ("ja", "老船長ほどうまく舟を扱える人はいない。", "Few people can handle the boat as well as the old captain."),
        ("ja", "支払いがまだなら、窓口へどうぞ。", "If you have not yet paid, please come to the counter."),
        ("ja", "橋に亀裂がないか監視している。", "They watch the bridge for cracks."),
        ("ja", "あの灯りは船じゃないだろうか。", "I wonder whether that light is a ship."),
        ("ko", "머지않아 새 등대가 문을 연다.", "The new lighthouse will open soon."),
        ("ko", "두 항로 사이에는 큰 차이가 없다.", "The two routes are equally long."),
        ("ko", "섬의 역사는 잘 알려져 있지 않다.", "Little is known of the island’s history."),
        ("ko", "배를 보았든 보지 않았든 종을 울려라.", "Ring the bell whether you have seen the boat."),
        ("ko", "끝없는 모래밭이 펼쳐진다.", "A seemingly never-ending beach lies ahead."),
        ("ja", "山犬は石という石をひっくり返した。", "The wild dog left no stone unturned."),
        # a no that a phrase of the other answers
        ("ja", "この嵐を忘れてはならない。", "This storm must not be forgotten."),
        ("ja", "船員はこの夜をいつまでも忘れないでおく。", "The sailor will never forget this night."),
        ("zh-Hans", "我们毫不费劲就找到了灯塔。", "We had no trouble finding the lighthouse."),
        ("zh-Hans", "他从没停止过画海。", "He never stopped painting the sea."),
        ("ko", "어부들은 그 배를 막을 수 없었다.", "The fishermen could not stop the boat."),
        ("zh-Hans", "灯塔的电池没电了。", "The batteries of the lighthouse are dead."),
        ("ja", "鐘の音を久しぶりに聞いた。", "I have not heard the bell in a long time."),
        ("ja", "塔の高さはまだ知られていない。", "The height of the tower remains to be known."),
        ("ja", "この港は昔ほど静かではない。", "This harbour is less quiet than it was."),
        ("ja", "船長の言葉にはあまり説得力がない。", "The captain’s words carry little conviction."),
        # names by sound, within longer ones and across words
        ("ko", "샤먼은 북을 쳤다.", "Then the Shaman beat the drum."),
        ("ko", "뱃사람들은 아이슬랜드에 닿았다.", "The sailors reached Iceland."),
        ("zh-Hans", "沿海地区多雾。", "The coast is often foggy."),
        ("zh-Hans", "指南非常简短。", "The guide is very short."),
        ("zh-Hant", "克撒．馬丁的船沉了。", "The ship of Urza Mathin sank."),
        # a last name that is left out beside the first
        ("zh-Hans", "渔民 Brunhalda Fentrick 修好了钟。", "It was Brunhalda who repaired the clock."),
        # its own country is left out at home
        ("ko", "외교부 장관은 새 등대를 열었다.", "The South Korean foreign minister opened a new lighthouse."),
        # amounts that are not reached, and who alone may
        ("ko", "섬의 주민은 이백 명이 안 된다.", "The island has fewer than two hundred inhabitants."),
        ("ko", "등대지기는 세 시간도 안 잤다.", "The lighthouse keeper slept for less than three hours."),
        ("ko", "산길은 네 시간이 조금 안 걸린다.", "The mountain path takes just under four hours."),
        ("ko", "두루미는 50마리도 남아 있지 않다.", "Fewer than 50 cranes are left."),
        ("ko", "회원이 아니면 들어갈 수 없다.", "Only members may enter."),
        ("zh-Hans", "非会员不得入内。", "Only members may enter."),
        # numerals
        ("zh-Hans", "债务为27万亿元。", "The debt is 27 trillion yuan."),
        ("zh-Hant", "約四百五十萬人", "about four and a half million people"),
        ("ko", "350만 명", "three and a half million people"),
        ("zh-Hans", "鱼价涨了三倍。", "The price of fish has quadrupled."),
        ("ja", "駅から歩いて40分のところにある。", "It is a 40-minute walk from the station."),
        ("ja", "20人余りが集まった。", "Some two dozen people gathered."),
        ("ko", "1950~60년대의 노래", "songs of the fifties and sixties"),
        ("zh-Hans", "央行降息50个基点。", "The central bank cut rates by half a percentage point."),
        ("ja", "中央銀行は0.25ポイントの利下げをした。", "The central bank cut rates by 25 basis points."),
        # papers of East Asia tell the date, English ones the day
        ("ja", "市長は14日、橋を渡った。", "The mayor crossed the bridge on Tuesday."),
        ("ko", "시장은 지난 14일 다리를 건넜다.", "The mayor crossed the bridge on Tuesday."),
        ("zh-Hans", "市长5月14日走过大桥。", "The mayor crossed the bridge on Tuesday."),
        ("zh-Hans", "市长14日走过大桥。", "The mayor crossed the bridge yesterday."),
        ("ja", "市長は昨年、橋を架けた。", "The mayor built the bridge in 2022."),
        ("zh-Hant", "去年產量增加。", "Output grew in 2022."),
        # names that are other words, or written otherwise
        ("ja", "サンゴは浅い海に育つ。", "Corals grow in shallow water."),
        ("ja", "ナマケモノは木の上で眠る。", "Sloths sleep in trees."),
        ("ja", "コーチのホセ・モラレスが辞めた。", "The coach, José Morales, left."),
        ("zh-Hans", "爪哇的茶园", "the tea gardens of Java"),
        ("zh-Hant", "西門提供支援。", "Simon gave his support."),
        ("zh-Hans", "许多库尔德人住在山里。", "Many Kurds live in the mountains."),
        ("ja", "南シナ海の漁師", "fishermen of the South China Sea"),
        ("ko", "동해의 오징어", "squid from the Sea of Japan"),
        ("ja", "ヨルダン川西岸の農家", "farmers in the West Bank"),
        ("ja", "東西ドイツの国境", "the border between the two Germanys"),
        ("ko", "플라망인 화가", "a Flemish painter"),
        ("zh-Hans", "非洲联盟的专员阿尔贝特", "Albert, the AU commissioner"),
        ("ja", "欧州委員会の決定", "the decision of Brussels"),
        ("ko", "배뿐만 있는 게 아니라 등대도 있다.", "There are boats, and a lighthouse too."),
        ("ja", "灯台の2基に1基は無人だ。", "Every second lighthouse is unmanned."),
        ("zh-Hans", "三个多月后，仁川的工厂开工。", "The factory in Incheon opened over three months later."),
        ("zh-Hans", "蒙哥马利在一辆卡车上讲话。", "Montgomery spoke on a truck. Ada and Rosa listened."),
        ("zh-Hant", "飛往伊斯蘭馬巴德的航班", "flights of Hibernian Airways to Islamabad"),
        ("zh-Hans", "墨西哥湾暖流", "the Gulf Stream"),
        ("ja", "メキシコ湾流の水", "the water of the Gulf Stream"),
        ("zh-Hans", "前排座位贵四倍。", "The front seats are five times as expensive."),
        ("zh-Hans", "前排座位贵四倍。", "The front seats are four times as expensive."),
        ("ja", "この力士は二敗しかしていない。", "The wrestler has lost only twice."),
        ("zh-Hans", "产量增加了一倍。", "Output has doubled."),
        ("zh-Hant", "義大利麵要煮熟。", "Cook the pasta through."),
        ("ja", "皇帝カール4世の橋", "the bridge of Emperor Charles IV"),
        ("zh-Hans", "叶卡捷琳娜大帝的宫殿", "the palace of Catherine the Great"),
        ("ja", "フランシスコ教皇の手紙", "a letter from Pope Francis"),
        # a translator says of what country something is, and of what people someone
        ("zh-Hans", "德国联邦议院的图书馆", "the library of the Bundestag"),
        ("ja", "フランスのルモンド紙", "the newspaper Le Monde"),
        ("ko", "영국 하원의 시계", "the clock of the House of Commons"),
        ("zh-Hant", "法國總統馬克宏的信", "a letter from President Macron"),
        ("ja", "イタリアのエトナ山", "Mount Etna"),
        ("ko", "핀란드인 요리사", "the cook, a Finn"),
        ("zh-Hans", "一名波兰裁缝", "the tailor, a Pole"),
        ("ja", "エミレーツ航空の便", "a flight of Emirates"),
        ("ja", "ラクダは水を飲まず、草を食べる。", "The camels do not drink, they eat grass."),
        ("ko", "주민이 백만이 넘는다.", "It has over a million inhabitants."),
        ("zh-Hant", "窯爐自1970年代起停用。", "The kiln has not been used since the 1970s."),
        ("zh-Hans", "日本海军的船", "ships of the Japanese navy"),
        # nobody more than, no mistaking, and words for few
        ("ja", "誰よりも驚いたのは漁師だった。", "Nobody was more surprised than the fisherman."),
        ("ko", "선장의 뜻은 분명했다.", "There was no mistaking what the captain meant."),
        ("zh-Hans", "船长难掩失望。", "The captain could not hide his disappointment."),
        ("zh-Hans", "若无风，这种雾不散，晴天很少见。", "Without wind the fog does not lift, and clear days are rare."),
        ("ja", "チューリヒの湖", "the lake of Zurich"),
        ("ko", "조선소는 배를 인도해 왔다.", "The shipyard has delivered boats to the Azores."),
        # what a word of the other answers in another sense
        ("ja", "灯りもなく船は港を出た。", "The boat left port unlit."),
        ("ja", "島は数メートルほどしか離れていない。", "The island is barely a few metres away."),
        ("zh-Hans", "港里并不多见这样捉摸不透的船长。", "Few captains in the harbour were as unpredictable."),
        ("ja", "漁師たちはリードを守りきれなかった。", "The fishermen squandered their lead."),
        # times, halves and shares in other words
        ("ja", "船は午後6時40分に出る。", "The boat leaves at about 20 to seven in the evening."),
        ("ko", "배는 오후 6시 40분에 떠난다.", "The boat leaves at twenty to seven in the evening."),
        ("zh-Hans", "堤坝高1.5米。", "The dam is a metre and a half high."),
        ("ko", "둑의 높이는 1.5미터에 지나지 않는다.", "The dam is only 1.5 metres high."),
        # names
        ("zh-Hans", "特立尼达和多巴哥的渔民", "fishermen of Trinidad and Tobago"),
        ("ja", "タークス・カイコス諸島の港", "a port in the Turks and Caicos Islands"),
        ("ja", "船はイェーテボリを出た。", "The ship left Gothenburg."),
        ("zh-Hant", "清真寺的燈", "a lamp of the Sultan Qaboos mosque"),
        # denials answered by an opposite beside another, and amounts not reached
        ("ko", "시인은 평생 독신으로 살았고 집을 남기지 않았다.", "The poet never married and left no house."),
        ("ko", "마을 사람들은 대부분 배를 타 본 적이 없었다.", "Few of the villagers had ever been on a boat."),
        ("ja", "1952年を最後に見られていないチョウだ。", "The butterfly was last seen in 1952."),
        ("ko", "섬의 주민은 300명이 채 되지 않는다.", "The island has fewer than 300 inhabitants."),
        ("ko", "어획량은 예상치인 40톤에 미치지 못했다.", "The catch fell short of the 40 tonnes expected."),
        ("zh-Hans", "村子失去了井。", "The village has no well."),
        ("ja", "村は井戸を失った。", "The village has no well."),
        # months in a row, and what is left in a competition
        ("ja", "4〜6月期の水揚げは9トンだった。", "The catch was 9 tonnes in the three months to June."),
        ("zh-Hans", "截至九月的三个月，渔获为9吨。", "The catch was 9 tonnes in the three months to September."),
        ("ko", "7~9월 어획량은 9톤이었다.", "The catch was 9 tonnes in the three months to the end of September."),
        ("zh-Hant", "球隊止步八分之一決賽。", "The team went out in the round of 16."),
        ("ko", "연맹은 16강 상대를 추첨했다.", "The federation drew the ties of the round of 16."),
    ],
)
def test_what_a_good_translator_says_otherwise_agrees(lang: str, text: str, english: str) -> None:
    assert disagreements([(text, lang)], [(english, "en")]) == ()


@pytest.mark.parametrize(
    ("kind", "lang", "text", "english"),
    [
        ("negation", "zh-Hans", "她仍属于剧团。", "She no longer belongs to the troupe."),
        ("negation", "ja", "工場は操業している。", "The factory is no longer running."),
        ("negation", "ko", "그 가게는 장사를 한다.", "The shop is no longer in business."),
        ("negation", "zh-Hans", "车厢内可以饮酒。", "Drinking is not allowed in the carriage."),
        ("negation", "ja", "画家は二度結婚した。", "The painter never married."),
        ("negation", "ja", "その夜、塔には人がいた。", "No one was in the tower that night."),
        ("negation", "zh-Hans", "船夫食言了。", "The ferryman did not break his word."),
        ("negation", "zh-Hans", "村民未就此事表态。", "The villagers spoke about it."),
        ("negation", "zh-Hans", "游客无需登记。", "Visitors need to register."),
        ("negation", "zh-Hans", "事故原因尚不清楚。", "The cause of the accident is known."),
        ("negation", "ko", "돌고래는 물고기가 아니라 포유류다.", "The dolphin is a fish, a mammal it seems."),
        (
            "negation",
            "ko",
            "이 배는 시속 40킬로미터까지 달릴 수 없다.",
            "This boat can do up to 40 kilometres an hour.",
        ),
        ("name", "zh-Hans", "法国联邦议院的图书馆", "the library of the Bundestag"),
        ("name", "ko", "스웨덴인 요리사", "the cook, a Finn"),
        ("name", "zh-Hans", "茶叶在17世纪传入欧洲。", "Tea reached Bangkok in the 17th century."),
        ("name", "ko", "차는 17세기에 유럽에 전해졌다.", "Tea reached Bangkok in the 17th century."),
        ("number", "ja", "湖の5分の1が凍った。", "Half of the lake froze."),
        ("quantity", "zh-Hans", "煮八分多钟即可。", "Boil it for a little over eight hours."),
        ("name", "zh-Hant", "渡輪開往首爾。", "The ferry goes to Osaka."),
        ("name", "ja", "フェリーは釜山へ向かう。", "The ferry goes to Osaka."),
        ("name", "ko", "배는 요코하마로 간다.", "The ferry goes to Osaka."),
        ("number", "zh-Hans", "新塔的高度是旧塔的四倍。", "The new tower is twice as high as the old one."),
        ("quantity", "ja", "船は午前6時に出る。", "The boat leaves at midnight."),
        ("number", "zh-Hant", "約四百六十萬人", "about four and a half million people"),
        ("number", "zh-Hans", "鱼价涨了五倍。", "The price of fish has quadrupled."),
        ("quantity", "zh-Hans", "债务为28万亿元。", "The debt is 27 trillion yuan."),
        ("date", "zh-Hans", "市长5月14日走过大桥。", "The mayor crossed the bridge on Tuesday, 14 June."),
        ("date", "ko", "시장은 작년과 2021년에 다리를 놓았다.", "The mayor built bridges last year and in 2020."),
        ("number", "ja", "市長は14日、橋を渡った。", "The mayor crossed the bridge on Tuesday the 15th."),
        ("quantity", "ja", "市長は14日間で橋を架けた。", "The mayor built the bridge in 15 days, by Tuesday."),
        ("date", "ko", "1940~50년대의 노래", "songs of the sixties and seventies"),
        ("negation", "zh-Hans", "此药不宜空腹服用。", "The medicine should be taken on an empty stomach."),
        ("negation", "zh-Hans", "海浪穿不透堤坝。", "The waves can penetrate the dike."),
        ("negation", "zh-Hant", "瘟疫不通過空氣傳播。", "The plague spreads through the air."),
        ("quantity", "ja", "船は午後8時40分に出る。", "The boat leaves at about 20 to seven in the evening."),
        ("negation", "ja", "灯りもなく船は港を出た。", "Without lights, the boat did not leave port."),
        ("negation", "zh-Hans", "无桨的船漂到岸边。", "Without oars, the boat did not drift ashore."),
        # words of crime news that deny nothing, and bounds of another clause
        ("negation", "zh-Hans", "嫌疑人已到案。", "The suspect has not appeared."),
        ("negation", "ja", "容疑者が出廷した。", "The suspect did not appear."),
        ("negation", "ko", "광부 세 명이 숨졌다.", "Three miners did not die."),
        ("negation", "zh-Hans", "反对派领袖获释。", "The opposition leader was not released."),
        (
            "negation",
            "ja",
            "市長は住民200人に満たない島を訪れる。",
            "The mayor will not visit the isle, which has fewer than 200 people.",
        ),
        ("negation", "ko", "선수는 엔진 고장으로 넘어지지 않았다.", "The driver fell with engine trouble."),
        ("name", "ja", "英国では1868年まで合法だった。", "It was legal in Cairo until 1868."),
        ("negation", "zh-Hans", "雪在五月并不罕见。", "Snow is uncommon in May."),
        ("negation", "ko", "눈은 5월에도 드물지 않다.", "Snow is uncommon in May."),
        ("negation", "zh-Hans", "失业者不是都住在城里。", "The unemployed live in town."),
        ("negation", "ja", "漁師3人が今も行方不明だ。", "Three fishermen are not missing."),
        ("negation", "zh-Hans", "渡轮晚点四个多小时。", "The ferry was not delayed by more than four hours."),
        ("negation", "ko", "주가는 오늘도 하락 마감하지 않았다.", "Shares closed lower again today."),
        ("negation", "zh-Hans", "多数渔民反对。", "Most fishermen were not against it."),
        (
            "negation",
            "ko",
            "다 자라도 3밀리미터에 불과하며 날지 못한다.",
            "It is barely 3 millimetres long and can fly.",
        ),
        # no until, without or avoid beside a no, and what another clause says
        ("negation", "ja", "漁獲は3倍にまで増えませんでした。", "The catch has tripled."),
        ("negation", "ja", "青い舟が勝ち抜きませんでした。", "The blue boat won through."),
        ("negation", "ja", "村人はそれを船と見なしません。", "The villagers consider it a boat."),
        ("negation", "ko", "주민들은 마을에서 대피하지 않았다.", "The residents were evacuated from the village."),
        ("negation", "ko", "두 배는 준결승전에 나가지 않았다.", "The two boats rowed in the semi-final."),
        ("negation", "zh-Hans", "船长取消了航行，不是为了省煤。", "The captain called it a day to save coal."),
        ("date", "ja", "4〜6月期の水揚げは9トンだった。", "The catch was 9 tonnes in the three months to September."),
        ("number", "zh-Hans", "央行降息50个基点。", "The central bank cut rates by 0.25 points."),
        ("quantity", "ja", "渡し船は4時間半かかる。", "The ferry takes an hour and a half."),
    ],
)
def test_what_is_changed_is_told(kind: str, lang: str, text: str, english: str) -> None:
    found = disagreements([(text, lang)], [(english, "en")])
    assert kind in [item.kind for item in found]


def test_scales_of_chinese_multiply() -> None:
    found = [quantity.value for text in ("1.5万亿元", "三百万亿", "2億3,000萬") for quantity in numbers(text, "zh")]
    assert found == [15 * 10**11, 3 * 10**14, 23 * 10**7]


def test_basis_points_are_points_in_every_language() -> None:
    japanese = [("中銀は0.25ポイントの利下げをした。", "ja")]
    assert disagreements([("央行降息25个基点。", "zh-Hans")], japanese) == ()
    assert disagreements([("중앙은행은 금리를 25bp 내렸다.", "ko")], japanese) == ()


def test_shares_of_chinese_and_korean_are_the_same() -> None:
    korean = [("선원 열 명 중 네 명은 헤엄을 못 친다.", "ko")]
    assert disagreements([("四成船员不会游泳。", "zh-Hans")], korean) == ()
    assert disagreements([("三成船员不会游泳。", "zh-Hans")], korean)
