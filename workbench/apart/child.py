"""The process that reads files for another one, with what it may take and do limited by the operating system.

Where there is no `resource` (Windows) memory is not limited; time is, by the process that waits.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import IO, Any, cast

from workbench.apart import BESIDE, BITEXT, DOCUMENT, REVIEWED, TERMS
from workbench.apart.wire import packed, receive, send
from workbench.errors import InputError
from workbench.settings import Settings

# What can be asked for, and the module and function that answer: files, as names and bytes, to what JSON can hold.
# Imported when first asked for. They raise InputError, and MemoryError where a limit is reached.
_READERS = {
    DOCUMENT: ("workbench.ingest.readers", "answer"),
    BITEXT: ("workbench.wiring.arriving", "bitext"),
    REVIEWED: ("workbench.wiring.arriving", "reviewed"),
    BESIDE: ("workbench.wiring.arriving", "partners"),
    TERMS: ("workbench.wiring.arriving", "terms"),
}

# What no reader does, and what a file that takes one over might want: the network and other programs.
_FORBIDDEN = (
    *("socket.connect", "socket.getaddrinfo", "socket.sendto", "subprocess.Popen"),
    *("os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn"),
)
_CPU_GRACE = 5  # seconds; the other side gives up first, unless it is gone
_FULL = 0.9  # of the memory that a file may take


def main() -> None:
    """Answer requests from standard input until it ends: settings and names, then the bytes of each file."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever asks
    requests, answers = sys.stdin.buffer, _own_output()
    sys.addaudithook(_forbid)
    while (head := receive(requests)) is not None:
        about = json.loads(head)
        files = [(name, data) for name in about["names"] if (data := receive(requests)) is not None]
        if len(files) == len(about["names"]):
            send(answers, _answer(about, files))


def _answer(about: dict[str, Any], files: list[tuple[str, bytes]]) -> bytes:
    settings, read = Settings(**about["settings"]), _reader(about["reader"])
    _limit(settings)
    try:
        return packed({"found": read(files, settings)})
    except Exception as error:
        _lift()
        if _is_of_memory(error):
            return packed({"memory": True})
        if isinstance(error, InputError):
            return packed({"error": str(error)})
        if _is_full(settings):
            return packed({"memory": True})
        raise


def _reader(name: str) -> Callable[[list[tuple[str, bytes]], Settings], Any]:
    module, function = _READERS[name]
    return cast(Callable[[list[tuple[str, bytes]], Settings], Any], getattr(import_module(module), function))


def _is_of_memory(error: BaseException | None) -> bool:
    """Whether memory was what a reader, which takes any failure for damage, failed for."""
    while error is not None and not isinstance(error, MemoryError):
        error = error.__cause__
    return error is not None


def _is_full(settings: Settings) -> bool:
    """Whether this process has nearly all the memory that it may have: then libraries fail with errors of any kind."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:  # not Linux
        return False
    return pages * os.sysconf("SC_PAGE_SIZE") > _FULL * (settings.max_read_memory_mb << 20)


def _own_output() -> IO[bytes]:
    """Standard output for answers alone; what a library prints goes nowhere."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return answers


def _forbid(event: str, arguments: object) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"a reader may not use {event}")


def _limit(settings: Settings) -> None:
    """Set this process's limits for one file: memory, time by its own clock, and no files written."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + settings.max_read_seconds + _CPU_GRACE
    limits = {
        resource.RLIMIT_AS: settings.max_read_memory_mb << 20,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for kind, soft in limits.items():
        with suppress(ValueError, OSError):  # macOS does not limit memory; a user's own limit may be lower
            resource.setrlimit(kind, (soft, resource.getrlimit(kind)[1]))


def _lift() -> None:
    """Memory without a limit again: the traceback of what failed for want of it still holds all that was read."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
