"""How the server ends when it is asked to: within seconds, whatever a browser does just then."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from threading import Timer
from types import FrameType

_PATIENCE = 2  # seconds

Handler = Callable[[int, FrameType | None], object]


def insist() -> None:
    """Let uvicorn wait for browsers two seconds only. To be called where it has taken the signals over.

    It closes the connections that it finds when it is asked to end and waits until all are closed: for ever where one
    comes meanwhile, or a browser does not take what it asked for. Nothing is lost by ending at once: what a page says
    is done is in the database.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        handler = signal.getsignal(number)
        if callable(handler):
            signal.signal(number, _for_sure(handler))


def _for_sure(handler: Handler) -> Handler:
    def asked(number: int, frame: FrameType | None) -> None:
        handler(number, frame)
        last = Timer(_PATIENCE, os._exit, (128 + number,))  # the status that shells give to a signal
        last.daemon = True
        last.start()

    return asked
