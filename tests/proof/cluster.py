"""A PostgreSQL cluster of our own that can crash and come back: what is committed stays, as in production."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from tests.plugins.databases import _end_with_me, _tools, _wait_for

# `synchronous_commit` stays on, unlike in the cluster of the other tests: a crash must not take a commit along.
OPTIONS = ("fsync=off", "full_page_writes=off", "shared_buffers=64MB", "max_connections=100", "listen_addresses=")


class Cluster:
    """On a socket in a folder of its own; PostgreSQL refuses to run as root."""

    def __init__(self) -> None:
        tools = _tools()
        if tools is None:
            raise FileNotFoundError("Debian's postgresql package is not there")
        self._postgres = tools / "postgres"
        self._folder = Path(tempfile.mkdtemp(prefix="samen-pg-"))
        self._account: dict[str, Any] = {}
        if os.geteuid() == 0:
            postgres = pwd.getpwnam("postgres")
            os.chown(self._folder, postgres.pw_uid, postgres.pw_gid)
            self._account = {"user": postgres.pw_uid, "group": postgres.pw_gid, "extra_groups": []}
        initdb = [
            tools / "initdb",
            "-D",
            self._folder / "data",
            "-U",
            "samen",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
        ]
        subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, cwd=self._folder, **self._account)
        self.url = f"postgresql://samen@/postgres?host={self._folder}"
        self.start()

    def start(self) -> None:
        """Start, also after a crash; waits until it answers."""
        options = [part for one in (*OPTIONS, f"unix_socket_directories={self._folder}") for part in ("-c", one)]
        with (self._folder / "log").open("ab") as log:
            self._server = subprocess.Popen(
                [self._postgres, "-D", self._folder / "data", *options],
                stdout=log,
                stderr=log,
                cwd=self._folder,
                preexec_fn=_end_with_me,  # noqa: PLW1509 - no thread runs yet
                **self._account,
            )
        _wait_for(self.url, self._server)

    def crash(self) -> None:
        """Stop at once, as `pg_ctl stop -m immediate`: no goodbye, and recovery at the next start."""
        self._server.send_signal(signal.SIGQUIT)
        self._server.wait(30)

    def close(self) -> None:
        if self._server.poll() is None:
            self._server.send_signal(signal.SIGINT)
            self._server.wait(30)
        shutil.rmtree(self._folder, ignore_errors=True)
