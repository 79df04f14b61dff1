"""What the server answers before Streamlit does."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.support import ROOT, free_port, wait_for
from workbench.ui import assets, launch


async def behind(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 404, "headers": []})
    await send({"type": "http.response.body", "body": b"Streamlit"})


def answered(path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body. In a thread of its own: the browser of other tests keeps a loop running in this one."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    told = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "headers": told}
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, assets.Assets(behind)(scope, None, send)).result()  # type: ignore[arg-type]
    start, body = sent
    return start["status"], {name.decode(): value.decode() for name, value in start["headers"]}, body["body"]


@pytest.mark.parametrize("path", ["/", "/compare", "/about"])
def test_the_start_page_names_what_pages_are_drawn_with(path: str) -> None:
    status, headers, body = answered(path)
    named = re.findall(r'href="\./static/js/([^"]+)"', body.decode())
    assert (status, headers["cache-control"]) == (200, "no-cache")
    assert b"<title>Workbench</title>" in body
    for kind in ("BidiComponent", "Multiselect", "Html"):
        assert any(name.startswith(f"{kind}.") for name in named)
    assert len(named) == len(set(named))
    assert all((assets.ROOT / "static" / "js" / name).exists() for name in named)


def test_a_script_is_answered_whole_and_kept_by_the_browser() -> None:
    path = next((assets.ROOT / "static" / "js").glob("Multiselect.*.js"))
    status, headers, body = answered(f"/static/js/{path.name}")
    assert (status, body) == (200, path.read_bytes())
    assert headers["content-type"] == "text/javascript"
    assert "immutable" in headers["cache-control"]


def test_a_page_whose_server_is_gone_says_what_to_do_in_words_of_ours() -> None:
    script = answered(f"/static/js/{next((assets.ROOT / 'static' / 'js').glob('index.*.js')).name}")[2].decode()
    assert script.count("`The workbench does not answer.") == 2
    assert "python -m workbench serve" in script
    assert "Are you connected to the internet" not in script


@pytest.mark.parametrize(
    ("path", "more"),
    [
        ("/_stcore/health", {}),
        ("/static/js/gone.js", {}),
        ("/static/../config.py", {}),
        ("/manifest.json", {}),
        ("/", {"method": "POST"}),
        ("/about", {"range": "bytes=0-9"}),
    ],
)
def test_all_else_is_left_to_streamlit(path: str, more: dict[str, str]) -> None:
    assert answered(path, **more)[2] == b"Streamlit"


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise there")
@pytest.mark.parametrize(("number", "usual"), [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM)])
@pytest.mark.parametrize("is_stuck", [False, True])
def test_serve_ends_in_peace_when_asked_to_whatever_a_browser_does(
    number: signal.Signals, usual: int, is_stuck: bool, tmp_path: Path
) -> None:
    port = free_port()
    command = [sys.executable, "-m", "workbench", "--workspace", str(tmp_path), "serve", "--port", str(port)]
    largest = max((assets.ROOT / "static" / "js").glob("*.js"), key=lambda path: path.stat().st_size)
    request = f"GET /static/js/{largest.name} HTTP/1.1\r\nHost: {launch.ADDRESS}:{port}\r\n\r\n".encode()
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    with server, socket.socket() as browser:
        try:
            wait_for(port, server)
            if is_stuck:  # it takes the beginning of what it asked for and no more
                browser.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                browser.connect((launch.ADDRESS, port))
                browser.sendall(8 * request)
                browser.recv(1)
            server.send_signal(number)
            said, _ = server.communicate(timeout=60)
        finally:
            server.kill()
    assert server.returncode == (128 + number if is_stuck else usual)
    assert b"Traceback" not in said
