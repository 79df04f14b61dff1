"""The weights of `workbench.quality.estimate`, learned from MQM judgements.

    python -m models.training.quality GOLD/mqm-ted-zh-en/mqm_ted_zhen.tsv

Logistic regression (workbench.bench.quality.learned): has a translation a major error, by the features of the estimate,
each measured in spreads from what is usual. `eval quality` tells what the weights are worth, leaving one talk out at a
time; the committed ones come from all. Features that the judgements cannot teach keep their weights. Deterministic.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from workbench.bench.quality import known, learned, read_judgements, usual
from workbench.wiring.models import Models


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("judgements", type=Path)
    judged = read_judgements(parser.parse_args(argv).judgements)
    values = known(judged, ("zh-Hans", "en"), Models().means()).values
    own = usual(values)
    intercept, *weights = learned(values, np.array([item.is_major for item in judged]), own)
    print(f"INTERCEPT = {intercept:.3f}")
    for (name, one), weight in zip(own.items(), weights, strict=True):
        print(f"{name}: {one.usual}, {one.spread}, {weight:.3f}{'' if one.is_learned else ' (kept)'}")


if __name__ == "__main__":
    main()
