"""What `python -m workbench eval translation --argos-compatible` prints, for several files and converted ones.

    python -m models.training.translation.evaluate models/translation/fr_en --pairs FILE.tsv [FILE.tsv ...]

Raw decoder output, nothing filtered. Beam and length penalty are those of Argos Translate.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path

from workbench.bench.bleu import evaluate, show
from workbench.bench.pairs import read_columns
from workbench.lang import primary
from workbench.settings import Settings
from workbench.translate import load, read_package


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", type=Path, help="folder of one package, such as models/translation/fr_en")
    parser.add_argument("--pairs", type=Path, nargs="+", required=True, help="TSV files of foreign<TAB>english")
    parser.add_argument("--limit", type=int, help="only the first so many pairs")
    parser.add_argument("--opencc", help="convert the foreign side first, for example s2twp")
    parser.add_argument("--show", type=int, default=0, help="print that many translations")
    arguments = parser.parse_args(argv)
    translator = load(read_package(arguments.package), Settings(argos_compatible=True))
    for path in arguments.pairs:
        foreign, english = (column[: arguments.limit] for column in read_columns(path))
        foreign = converted(foreign, arguments.opencc)
        quality, made = evaluate(translator, foreign, english)
        print(f"{path.name}\n{show(quality)}\n")
        for source, reference, said in islice(zip(foreign, english, made, strict=True), arguments.show):
            print(f"  {source}\n  = {reference}\n  > {said.text}\n")


def evaluate_sets(packages: Mapping[str, Path], folder: Path, names: Sequence[str]) -> None:
    """Prints what each package, by its language, reaches on each `NAME.LANG-en.tsv` that is in `folder`."""
    for name in names:
        for lang, package in packages.items():
            path = folder / f"{name}.{primary(lang)}-en.tsv"
            if not path.exists():
                print(f"{lang}: there is no {path}, so nothing is scored on it\n")
                continue
            quality, _ = evaluate(load(read_package(package), Settings(argos_compatible=True)), *read_columns(path))
            print(f"{path.name}\n{show(quality)}\n")


def converted(texts: list[str], scheme: str | None) -> list[str]:
    if not scheme:
        return texts
    import opencc

    convert = opencc.OpenCC(scheme).convert
    return [convert(text) for text in texts]


if __name__ == "__main__":
    main()
