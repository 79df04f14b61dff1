"""The main job where there is no network but loopback, in this process and a server: prints "done" at the end.

unshare --map-root-user --net python -m tests.offline_job FOLDER
"""

from __future__ import annotations

import fcntl
import http.client
import socket
import struct
import subprocess
import sys
import time
from pathlib import Path

from workbench.core import Workbench, samples
from workbench.export import Selection

_FOLDER, _PORT = Path(sys.argv[1]), 8599
_SIOCSIFFLAGS, _IFF_UP = 0x8914, 1


def bring_loopback_up() -> None:
    with socket.socket() as any_socket:
        fcntl.ioctl(any_socket, _SIOCSIFFLAGS, struct.pack("16sH22x", b"lo", _IFF_UP))


def is_reachable(address: str) -> bool:
    try:
        socket.create_connection((address, 53), timeout=2).close()
    except OSError:
        return False
    return True


def main_job() -> None:
    with Workbench(_FOLDER / "ws") as bench:
        assert not any(result.error for result in samples.add(bench))
        (_FOLDER / "more.html").write_text("<p>Ein Satz, der dazukommt.</p>", encoding="utf-8")
        assert not bench.add([_FOLDER / "more.html"])[0].error
        pair = ("interview.en.md", "interview.fr.md")
        assert bench.translate(pair)[1].states
        assert any(not bead.bead.is_null for bead in bench.align(pair)[0].beads)
        assert bench.export(Selection(pair), "tmx", _FOLDER / "pair.tmx").written > 10


def status(host: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", _PORT, timeout=10)
    connection.request("GET", "/compare", headers={"Host": host})
    return connection.getresponse().status


def serve_a_page() -> None:
    command = [sys.executable, "-m", "workbench", "serve", "--port", str(_PORT), "--workspace", str(_FOLDER / "ws")]
    server = subprocess.Popen(command)
    try:
        end = time.monotonic() + 60
        while True:
            try:
                assert (status("127.0.0.1"), status(f"localhost:{_PORT}"), status("evil.example")) == (200, 200, 403)
                return
            except OSError:
                assert server.poll() is None and time.monotonic() < end
                time.sleep(0.1)
    finally:
        server.terminate()
        server.wait()


bring_loopback_up()
assert not is_reachable("192.0.2.1")
main_job()
serve_a_page()
print("done")
