"""What `bench kill` kills: it works on a workspace without end and says what it begins and what is done.

python -m workbench.bench.victim FOLDER FIRST

Everything that it says is done must be found by whoever opens the workspace next.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from workbench.core import Workbench
from workbench.datatypes import Status
from workbench.export import Selection

_WHO = ("La ministre", "Le maire", "Une voisine", "Mon frère", "La directrice", "Le pêcheur")
_WHAT = ("a vendu", "a perdu", "cherche", "a trouvé", "répare", "attend")
_WHICH = ("la barque", "le train", "une lettre", "trois livres", "le pont", "la clé")
SENTENCES = 4


@contextmanager
def said(step: str, **about: Any) -> Iterator[dict[str, Any]]:
    """Say that a step begins and, with what is put into the dictionary, that it is done."""
    say({"begins": step})
    yield about
    say({"done": step, **about})


def say(what: dict[str, Any]) -> None:
    print(json.dumps(what), flush=True)


def work(bench: Workbench, folder: Path, number: int) -> None:
    """Everything once, on two documents that nobody has seen: add, translate, align, edit, export."""
    draw = random.Random(number)
    names = f"{number}.fr.txt", f"{number}.en.txt"
    # The number makes every sentence a new one, for which no translation is kept yet.
    texts = (
        "".join(
            f"{draw.choice(_WHO)} {draw.choice(_WHAT)} {draw.choice(_WHICH)} en {number}.\n" for _ in range(SENTENCES)
        ),
        "".join(f"Sentence {number}.{n} of another text.\n" for n in range(SENTENCES)),
    )
    for name, text in zip(names, texts, strict=True):
        with said("add", name=name) as about:
            added = bench.add_bytes(text.encode(), name, name[-6:-4])
            about |= {"doc": added.doc_id, "segments": added.segments}
    with said("translate", name=names[0]) as about:
        about["translated"] = sum(bench.translate(names)[0].states.values())
    with said("align", names=names):
        view = bench.align(names)[0]
    with said("edit", names=names) as about:
        about["bead"] = view.beads[0].id
        bench.review(view.beads[0].id, Status.ACCEPTED)
    with said("edit", name=names[0]) as about:
        about |= {"segment": bench.segments(names[0])[0].id, "english": f"By hand, {number}."}
        bench.edit_translation(about["segment"], about["english"])
    with said("export", file=f"{number}.tsv") as about:
        selection = Selection(tuple(names), least=0.0)
        about["rows"] = bench.export(selection, "tsv", folder / "out" / f"{number}.tsv").written


def main() -> None:
    folder, first = Path(sys.argv[1]), int(sys.argv[2])
    say({"begins": "opening"})
    with Workbench(folder, user="victim") as bench:
        for number in count(first):
            work(bench, folder, number)


if __name__ == "__main__":
    main()
