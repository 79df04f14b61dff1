"""Reads files in a process of its own, so that none of them can take more than its share or take us along.

The process is started for the first file and reads all that follow; it ends when there are none for a while, with
the program, and in the middle of a file that takes too long.
"""

from __future__ import annotations

import atexit
import json
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any, cast

from workbench.apart.wire import packed, receive, send
from workbench.errors import InputError
from workbench.settings import Settings

Files = Sequence[tuple[str, bytes]]

_IDLE_SECONDS = 30.0
_ENDING_SECONDS = 1.0
_ROOT = str(Path(__file__).parents[2])
_TIME = (
    "reading it takes more than {0.max_read_seconds} seconds (setting max_read_seconds); split it, or take it in with "
    "a higher --max-seconds."
)
_MEMORY = (
    "reading it takes more than {0.max_read_memory_mb:,} MB of memory (setting max_read_memory_mb); split it, or take "
    "it in with a higher --max-memory-mb."
)
_BROKEN = "it broke the program that reads it ({}); open it in its own program and save it again."


def command_of(module: str) -> list[str]:
    """What starts the `main` of one of our modules in another process.

    However this process found the package, the other finds the same; -P: the working folder may hold anything.
    """
    start = f"import sys; sys.path.append(sys.argv[1]); from {module} import main; main()"
    return [sys.executable, "-P", "-c", start, _ROOT]


_COMMAND = command_of("workbench.apart.child")


class Reader:
    """The process, and who may use it: threads take turns."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._idle: threading.Timer | None = None

    def read(self, reader: str, name: str, files: Files, settings: Settings) -> Any:
        """What a reader finds in files, given as names and bytes, as JSON holds it.

        `name` is what a sentence calls them. Raises InputError, also where a limit is reached.
        """
        about = {"reader": reader, "names": [known for known, _ in files], "settings": asdict(settings)}
        with self._lock:
            self._be_busy()
            try:
                used = self._process is not None
                answer = self._ask(name, about, files, settings)
                # What earlier files left behind, or that it had just ended, is not this file's fault.
                if used and not {"found", "error", "time"} & answer.keys():
                    self._end()
                    answer = self._ask(name, about, files, settings)
            finally:
                self._end_when_idle()
        return _result(answer, name, settings)

    def end(self) -> None:
        with self._lock:
            self._be_busy()
            self._end()

    def _ask(self, name: str, about: dict[str, Any], files: Files, settings: Settings) -> dict[str, Any]:
        """What the process answers, or what became of it."""
        self._process = process = self._process or _started(name)
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(settings.max_read_seconds, stop)
        timer.start()
        try:
            answer = _exchanged(process, about, files)
        except BaseException:  # Ctrl-C: what it answers yet would be taken for the answer to the next request
            self._end()
            raise
        finally:
            timer.cancel()
        if answer is not None:
            return answer
        with suppress(subprocess.TimeoutExpired):  # it closes its pipe before it is gone, and then says why it went
            process.wait(_ENDING_SECONDS)
        status = self._end()
        return {"time": True} if late.is_set() else {"broken": _ending(status)}

    def _end(self) -> int:
        """End the process, if there is one, and wait for it, so that nothing is left of it; its exit status."""
        process, self._process = self._process, None
        if process is None:
            return 0
        cast(IO[bytes], process.stdout).close()
        process.kill()
        status = process.wait()
        with suppress(OSError):  # what was not sent yet
            cast(IO[bytes], process.stdin).close()
        return status

    def _be_busy(self) -> None:
        if self._idle:
            self._idle.cancel()

    def _end_when_idle(self) -> None:
        self._idle = threading.Timer(_IDLE_SECONDS, self.end)
        self._idle.daemon = True
        self._idle.start()


def _started(name: str) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(_COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    except OSError as error:
        raise InputError(f"{name}: the program that reads files could not be started ({error}).") from error


def _exchanged(process: subprocess.Popen[bytes], about: dict[str, Any], files: Files) -> dict[str, Any] | None:
    """What the process answers; None where it ended."""
    requests, answers = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)
    try:
        send(requests, packed(about))
        for _, data in files:
            send(requests, data)
        answer = receive(answers)
    except OSError:
        return None
    return None if answer is None else cast(dict[str, Any], json.loads(answer))


def _ending(status: int) -> str:
    if status < 0:
        return signal.Signals(-status).name
    return f"exit status {status}"


def _result(answer: dict[str, Any], name: str, settings: Settings) -> Any:
    if "found" in answer:
        return answer["found"]
    if "error" in answer:
        raise InputError(answer["error"])
    if "time" in answer:
        sentence = _TIME.format(settings)
    elif "memory" in answer:
        sentence = _MEMORY.format(settings)
    else:
        sentence = _BROKEN.format(answer["broken"])
    raise InputError(f"{name}: {sentence}")


_reader = Reader()
read = _reader.read
atexit.register(_reader.end)
