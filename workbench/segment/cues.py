"""Words that tell where a sentence-like unit begins and ends in caption lines without punctuation.

Chinese is listed in Simplified characters; Traditional lines are converted before they are looked up.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cues:
    """Beginnings and endings of lines, in lower case.

    opens: begins a new unit; subject: often begins one; goes_on: continues what came before;
    leads: begins a subordinate clause, whose main clause is yet to come; hangs: a line cannot stop here.
    """

    opens: tuple[str, ...]
    subject: tuple[str, ...]
    goes_on: tuple[str, ...]
    leads: tuple[str, ...]
    hangs: tuple[str, ...]


def _cues(opens: str, subject: str, goes_on: str, leads: str, hangs: str) -> Cues:
    return Cues(*(tuple(words.split()) for words in (opens, subject, goes_on, leads, hangs)))


_CUES = {
    "zh": _cues(
        opens="因此 但是 但 不过 然而 于是 所以 如今 近日 最近 此外 另外 首先 其次 最后 然后 接着 后来 "
        "当然 与此同时 在此期间 总之 目前 今天 现在 早在 随着 对于 对此 为此 例如 换言之 由于 如果 "
        "假如 要想 虽然 尽管 即使 因为 除了 而现在 而在 到了 从最初 当时 作为 好了 感谢 欢迎",
        subject="他 她 它 我 你 这 那 大家 许多 当 在 眼下 正是",
        goes_on="并 以及 还 也 都 和 与 及 或 就 那就是 从而 进而 以至于 以 又 却 来 则 更 才 是 的 了 "
        "其中 包括 比如 直到 而是 而不是 而人 最终 这样 既 再 很早 曾 已 正在 将 会 能 可以 可能 需要 "
        "应该 必须 主要 通过 确保 参加 开始 成为 持续 极大 值得 如何 帮助",
        leads="如果 假如 虽然 尽管 即使 哪怕 只要 除了 由于 因为 随着 当 为了 对于 要想 不仅 正是 出于 在 从",
        hangs="中 和 与 及 或 是 在 把 被 对 从 向 为 而 但 将 能 会 要 于 以 让 使 表示 认为 提到 指出 "
        "指出了 说 道 宣称 看来 来看 来说 而言 时 时期 时候 后 以前 之前 之外 期间 同时 时代 当下 下 上 "
        "方面 之一 意识到 考虑 思考 相信 包括 年 月 日 号 问题是 也就是说 例如 如今 于是 近日 所以 显然 "
        "以上 一样",
    ),
    "ja": _cues(
        opens="しかし だから そして それで ところが また さらに そこで ただし つまり 例えば まず 次に "
        "最後に ちなみに 一方 でも なので では さて もし",
        subject="私 彼 僕 これ それ あれ この その 今 皆さん",
        goes_on="と を に が は の という って も へ で から",
        leads="もし たとえ",
        hangs="は が を に へ と の も や で から ので けど けれど が、 て し ば たら なら という ための ながら",
    ),
    "ko": _cues(
        opens="그래서 그러나 하지만 그런데 그리고 따라서 또한 먼저 다음으로 마지막으로 예를 즉 한편 만약 그러면 이제",
        subject="저는 나는 그는 그녀는 우리는 이것은 그것은 여러분",
        goes_on="라고 라는 때문에 위해 것을 것이",
        leads="만약 비록 만일",
        hangs="은 는 이 가 을 를 에 에서 와 과 의 도 고 며 면 서 니까 지만 는데 위해 대해 그리고 하지만 그래서",
    ),
    "en": _cues(
        opens="so but however now then also first second finally meanwhile therefore although if when "
        "because while today well okay anyway",
        subject="i he she it we they you this that there these those the",
        goes_on="and or of to in on at by for with from that which who whose than as into about is are was were not",
        leads="if when although because while since as after before unless",
        hangs="the a an of to in on at by for with from and or but that which who is are was were be been "
        "will would can could should has have had not so because if when as than my your his her its our "
        "their this very says said thinks about into i he she we they you",
    ),
    "fr": _cues(
        opens="donc mais cependant maintenant puis ensuite alors aussi enfin d'abord bref pourtant si "
        "quand lorsque parce aujourd'hui voilà",
        subject="je j' il elle on nous vous ils elles ce c'est cela ça le la les l'",
        goes_on="et ou de du des d' à au aux en dans par pour avec sans sur que qu' qui dont où est sont ne pas",
        leads="si quand lorsque comme puisque parce bien",
        hangs="le la les l' un une des de du d' à au aux en dans par pour avec sans sur et ou mais que "
        "qu' qui dont où est sont a ont sera ne pas si quand ce cette ces son sa ses leur très plus je il "
        "elle on nous vous ils",
    ),
    "es": _cues(
        opens="entonces pero ahora luego después también primero finalmente así si cuando porque hoy bueno además",
        subject="yo él ella nosotros ellos esto eso este esta hay el la los las",
        goes_on="y e o de del a al en por para con sin sobre que quien donde es son no",
        leads="si cuando aunque porque mientras como",
        hangs="el la los las un una de del a al en por para con sin sobre y e o pero que quien donde es "
        "son era ha han no si cuando su sus mi tu este esta muy más se lo me te nos",
    ),
    "pt": _cues(
        opens="então mas porém agora depois também primeiro finalmente assim se quando porque hoje bom além",
        subject="eu ele ela nós eles isto isso este esta há o a os as",
        goes_on="e ou de do da dos das em no na nos nas por para com sem sobre que quem onde é são não",
        leads="se quando embora porque enquanto como",
        hangs="o a os as um uma de do da dos das em no na nos nas por para com sem sobre e ou mas que "
        "quem onde é são era tem têm não se quando seu sua meu minha este esta muito mais me te nos ao à",
    ),
    "de": _cues(
        opens="aber also jetzt dann danach außerdem zuerst schließlich deshalb daher wenn weil obwohl "
        "heute übrigens nun",
        subject="ich er sie es wir ihr das dies dieser diese man der die",
        goes_on="und oder von zu in auf an bei mit für durch dass der den dem des nicht ist sind war",
        leads="wenn weil obwohl als da während nachdem bevor",
        hangs="der die das den dem des ein eine einen einem einer von zu zum zur in im auf an am bei mit "
        "für durch und oder aber dass ist sind war hat haben wird werden nicht so wenn weil als mein sein "
        "ihr unser sehr ich er wir",
    ),
}
NO_CUES = Cues((), (), (), (), ())


def cues_for(language: str) -> Cues:
    """The cues of a primary language; none where we have no table."""
    return _CUES.get(language, NO_CUES)
