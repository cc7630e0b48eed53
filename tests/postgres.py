"""A PostgreSQL server of one's own for a test run or a fault test. The machine's PostgreSQL service is left alone.

`python -m tests.postgres [--durable] COMMAND…` runs the command with DATABASE_URL set;
`python -m tests.postgres --check` exits 0 if a server can be made here, else says what is missing;
`with Server(durable=True) as server: server.stop("immediate"); server.start()` is for tests of crashes.
"""

import argparse
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

PROGRAMS = ("initdb", "pg_ctl", "postgres", "createdb")
FAST = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"

# Waits until the process that made it says so or is gone, however it went; then stops the server and removes all.
GUARD = """
    read -r _
    for again in 1 2 3 4 5; do
        "$0" stop -s -D "$1/data" -m immediate
        rm -rf "$1" && break
        sleep 1 # initdb was killed, and its child still writes
    done
"""
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class PostgresError(Exception):
    """There is no server to be had, or it failed; the message says why, for a person."""


def find_programs() -> Path:
    """The folder of the newest server programs; raises PostgresError."""

    def version(folder: Path) -> int:
        return int("".join(filter(str.isdigit, folder.parent.name)) or 0)

    found = [Path(path).parent] if (path := shutil.which("initdb")) else []
    found += sorted([*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr").glob("pgsql-*/bin")], key=version)[::-1]
    if path := shutil.which("pg_config"):
        found.append(Path(subprocess.run([path, "--bindir"], capture_output=True, text=True).stdout.strip()))
    for folder in found:
        if all((folder / program).exists() for program in PROGRAMS):
            return folder
    raise PostgresError("No PostgreSQL server program found; on Debian: apt-get install postgresql")


def find_owner() -> pwd.struct_passwd | None:
    """Whose server it is when root runs the tests (PostgreSQL refuses root), else None; raises PostgresError."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        raise PostgresError("PostgreSQL does not run as root, and there is no user 'postgres' to run it as") from None


class Server:
    """A server in a temporary folder that listens on a socket there and nowhere else; as a context manager.

    `durable` keeps fsync and its kin on, for tests of what survives a crash. However the process ends, even by
    SIGKILL, the server is stopped and the folder removed.
    """

    def __init__(self, *, durable: bool = False):
        self.programs = find_programs()
        self.owner = find_owner()
        self.durable = durable

    def __enter__(self):
        # Not TMPDIR: a socket's path may have 107 letters at most, and the user postgres must come in.
        self.folder = Path(tempfile.mkdtemp(prefix="anas-postgres-", dir="/tmp"))
        if self.owner:
            os.chown(self.folder, self.owner.pw_uid, self.owner.pw_gid)
        self.data = self.folder / "data"
        self.log = self.folder / "log"
        self.url = f"postgres://postgres@{quote(str(self.folder), safe='')}:5432/anas"
        self.guard = subprocess.Popen(
            ["sh", "-c", GUARD, self.programs / "pg_ctl", self.folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is not for the guard
            **self._as_owner(),
        )
        try:
            options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
            self._run("initdb", "-D", self.data, *options)
            with (self.data / "postgresql.conf").open("a") as file:
                file.write(f"listen_addresses = ''\nunix_socket_directories = '{self.folder}'\nport = 5432\n")
                file.write("max_connections = 200\n")
                file.write("" if self.durable else FAST)
            self.start()
            self._run("createdb", "-h", self.folder, "-p", "5432", "-U", "postgres", "anas")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *problem):
        self.guard.communicate(b"\n")

    def start(self):
        """Returns when the server takes connections."""
        self._run("pg_ctl", "start", "-s", "-w", "-D", self.data, "-l", self.log)

    def stop(self, mode: str = "fast"):
        """Mode "fast" ends connections and writes everything; "immediate" is a crash, with recovery at the start."""
        self._run("pg_ctl", "stop", "-s", "-w", "-D", self.data, "-m", mode)

    def restart(self, mode: str = "fast"):
        self.stop(mode)
        self.start()

    def environment(self) -> dict[str, str]:
        """The environment of a process that uses this server, without what would lead it to another one."""
        return {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {
            "DATABASE_URL": self.url
        }

    def _as_owner(self) -> dict:
        user = {"user": self.owner.pw_uid, "group": self.owner.pw_gid, "extra_groups": []} if self.owner else {}
        return {"cwd": self.folder, "env": self.environment() | {"LC_ALL": "C"}} | user

    def _run(self, program: str, *arguments):
        done = subprocess.run(
            [self.programs / program, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            **self._as_owner(),
        )
        if done.returncode:
            log = self.log.read_text()[-2000:] if self.log.exists() else ""
            raise PostgresError(f"PostgreSQL: {program} failed.\n{done.stderr}{log}")


def run(command: list[str], environment: dict[str, str]) -> int:
    """The exit code of the command. Signals are passed on to it, so that it ends before its server does."""
    try:
        process = subprocess.Popen(command, env=environment)
    except OSError as problem:
        print(f"{command[0]}: {problem.strerror}", file=sys.stderr)
        return 127
    for number in SIGNALS:
        signal.signal(number, lambda number, frame: process.send_signal(number))
    if sys.stdin and sys.stdin.isatty():
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal has sent Ctrl-C to the command already
    code = process.wait()
    return code if code >= 0 else 128 - code


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.postgres", description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only say whether a server can be made here")
    parser.add_argument("--durable", action="store_true", help="keep fsync on: slower, survives a crash")
    parser.add_argument("command", nargs=argparse.REMAINDER, help="what to run with DATABASE_URL set")
    options = parser.parse_args()
    if not options.command and not options.check:
        parser.error("which command?")
    for number in SIGNALS:
        signal.signal(number, lambda number, frame: sys.exit(128 + number))
    try:
        server = Server(durable=options.durable)
        if options.check:
            return 0
        with server:
            return run(options.command, server.environment())
    except PostgresError as problem:
        print(problem, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
