"""Starts the pages in a server of their own, reachable from this computer only unless it is asked to be open."""

from __future__ import annotations

import os
import socket
from pathlib import Path

from workbench.errors import InputError
from workbench.settings import Settings

WORKSPACE, USER = "WORKBENCH_WORKSPACE", "WORKBENCH_USER"
PASSWORD = "WORKBENCH_PASSWORD_HASH"  # as door.hashed keeps it; whoever reads it still has to guess
ADDRESS, ANY_ADDRESS = "127.0.0.1", "0.0.0.0"
SHORTEST_PASSWORD = 10
_INTERRUPTED = 130  # as shells have it
PAGES = Path(__file__).parent

# Streamlit reads .streamlit/config.toml from the working directory only, so everything is passed explicitly.
# Without an address, or without headless, it asks an outside host for this computer's address when it starts.
OPTIONS: dict[str, str | int | bool] = {
    "server.address": ADDRESS,
    "server.headless": True,
    "server.fileWatcherType": "none",
    "server.maxUploadSize": Settings().max_file_mb,
    "server.enableCORS": True,
    "server.enableXsrfProtection": True,
    "browser.gatherUsageStats": False,
    "client.showErrorDetails": "none",
    # After every run it would look through all that long documents consist of: as long as an edit takes.
    "runner.postScriptGC": False,
    "client.toolbarMode": "minimal",
    "theme.baseRadius": "0.5rem",
    "theme.light.primaryColor": "#0f6b6b",
    "theme.light.backgroundColor": "#ffffff",
    "theme.light.secondaryBackgroundColor": "#f3f5f4",
    "theme.light.textColor": "#101618",
    "theme.dark.primaryColor": "#6cc7c0",
    "theme.dark.backgroundColor": "#14181a",
    "theme.dark.secondaryBackgroundColor": "#1f2629",
    "theme.dark.textColor": "#e6e9e8",
}


def serve(workspace: Path, port: int = 8501, user: str | None = None, password: str | None = None) -> int:
    """Serve the pages of a workspace from this process until it is interrupted; returns the exit status.

    With a password they are open to the network, for those who know it; without, to this computer alone. Raises
    InputError where the port is taken or the password is too short.
    """
    import click
    from streamlit.web import cli

    from workbench.ui.door import hashed

    if password is not None and len(password) < SHORTEST_PASSWORD:
        raise InputError(f"A password that opens the workbench to others needs {SHORTEST_PASSWORD} characters or more.")
    address = ADDRESS if password is None else ANY_ADDRESS
    if not _is_free(address, port):
        raise InputError(f"Port {port} is in use by another program; choose another one with --port.")
    os.environ[WORKSPACE] = str(workspace.resolve())
    os.environ[USER] = user or ""
    os.environ[PASSWORD] = hashed(password) if password else ""
    try:
        cli.main(["run", str(PAGES / "server.py"), *flags(port, address)], standalone_mode=False)
    except click.Abort:  # at Ctrl-C, the usual way to end it
        return _INTERRUPTED
    return 0


def flags(port: int, address: str = ADDRESS) -> list[str]:
    """All options as flags of `streamlit run`."""
    options = {**OPTIONS, "server.address": address, "server.port": port}
    if address == ANY_ADDRESS:  # otherwise Streamlit asks an outside host for this computer's address
        options["browser.serverAddress"] = socket.gethostname()
    return [f"--{name}={str(value).lower() if isinstance(value, bool) else value}" for name, value in options.items()]


def _is_free(address: str, port: int) -> bool:
    with socket.socket() as probe:
        if os.name != "nt":  # there it would let two servers share a port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            return False
    return True
