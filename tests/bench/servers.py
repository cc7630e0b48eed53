"""The servers that are measured: gunicorn on this machine's loopback, and nowhere else."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.bench.client import Connection, request

ROOT = Path(__file__).parents[2]
WORKERS = 2
START_SECONDS = 60


def environment(data_dir: Path, database_url: str, settings: str = "anas.settings", **more: str) -> dict[str, str]:
    """As an office runs it, but for the redirect to HTTPS. What settings.py reads from the environment of whoever
    started this is left out."""
    read = re.findall(r'\benv\.\w+\(\s*"(\w+)"', (ROOT / "anas" / "settings.py").read_text())
    kept = {name: value for name, value in os.environ.items() if name not in read and not name.startswith("PG")}
    return kept | {
        "DJANGO_SETTINGS_MODULE": settings,
        "DATABASE_URL": database_url,
        "DATA_DIR": str(data_dir),
        "SECRET_KEY": "for the bench only, and never anywhere else, fifty letters at least",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SECURE_SSL_REDIRECT": "0",
        "PYTHONPATH": str(ROOT),
        **more,
    }


def inside(module: str, *arguments: object, env: dict[str, str], given: object = None) -> Any:
    """What the module's `main` answers in a Django process of its own; raises RuntimeError with its complaint."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.inside", module, *map(str, arguments)],
        env=env,
        cwd=ROOT,
        input=json.dumps(given) if given is not None else "",
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"{module} failed:\n{done.stderr[-3000:]}")
    return json.loads(done.stdout)


class Gunicorn:
    """An application with two sync workers on a free port; `port` says which. Ends with the `with`.

    `ready`: an address that any installation answers; `preload`: a new worker is there at once.
    """

    def __init__(self, application: str, env: dict[str, str], *, log: Path, ready: str = "/", preload: bool = False):
        self.application, self.env, self.log, self.ready = application, env, log, ready
        self.options = ["--preload"] if preload else []

    def __enter__(self) -> "Gunicorn":
        # The socket is ours and stays open: while workers die, connections wait instead of being refused.
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self.port = self.socket.getsockname()[1]
        number = self.socket.fileno()
        options = [*self.options, "--bind", f"fd://{number}", "--workers", str(WORKERS), "--worker-class", "sync"]
        options += ["--timeout", "30", "--graceful-timeout", "3", "--log-level", "warning", "--no-control-socket"]
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", self.application, *options],
                env=self.env,
                cwd=ROOT,
                pass_fds=[number],
                stdout=log,
                stderr=log,
            )
        try:
            self._wait_until_ready()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _wait_until_ready(self) -> None:
        """Until it answers as often as both workers very likely have."""
        answers, ends = 0, time.monotonic() + START_SECONDS
        while answers < 2 * WORKERS:
            if self.process.poll() is not None or time.monotonic() > ends:
                raise RuntimeError(f"gunicorn did not start:\n{self.log.read_text()[-3000:]}")
            with suppress(OSError):
                Connection(self.port, seconds=3).send(request("GET", self.ready, {}))
                answers += 1

    def __exit__(self, *problem) -> None:
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.socket.close()

    def workers(self) -> list[int]:
        """The process numbers of the workers that live now."""
        master = self.process.pid
        return [int(pid) for pid in Path(f"/proc/{master}/task/{master}/children").read_text().split()]

    def kill_worker(self) -> int | None:
        """SIGKILL for the oldest worker; answers with its number."""
        for pid in self.workers()[:1]:
            os.kill(pid, signal.SIGKILL)
            return pid
        return None
