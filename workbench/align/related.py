"""How likely two documents tell of one thing: by the course that they follow together, and by the names in both.

Between any two documents on a topic some passages seem to correspond. But those of two tellings follow much the same
course, and what only seems to correspond is anywhere (`order.beyond_chance`). And who tells of one thing names the same
people and places.
"""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Together:
    """What all passages tell together: the higher either is, the likelier the documents are related.

    `course`: square root of how far their order is beyond chance. `names`: log of one more than so many names as are
    in both.
    """

    course: float
    names: float

    @classmethod
    def of(cls, beyond_chance: float, names: int) -> Together:
        return cls(math.sqrt(max(beyond_chance, 0.0)), math.log1p(names))

    @property
    def related(self) -> float:
        """The probability that the documents tell of one thing, 0 to 1."""
        bias, course, names = MODEL
        return 1 / (1 + math.exp(-bias - course * self.course - names * self.names))


# Bias, weight of the course, weight of the names, by `python -m models.training.confidence`.
MODEL = -6.68, 1.69, 1.06
