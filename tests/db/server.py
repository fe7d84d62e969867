"""A throw-away PostgreSQL server in a temporary folder, reached by its socket."""

import getpass
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class NoServerError(Exception):
    """PostgreSQL cannot be started here; the text says why."""


@contextmanager
def running() -> Iterator[str]:
    """The address of a fresh server, which is gone afterwards."""
    programs = _programs()
    # a root shell cannot run the server, the package's own account can
    user = "postgres" if os.geteuid() == 0 else getpass.getuser()
    as_user = ["runuser", "-u", user, "--"] if os.geteuid() == 0 else []
    folder = Path(tempfile.mkdtemp(prefix="mistok-pg-"))
    try:
        if as_user:
            shutil.chown(folder, user)
        data, log = str(folder / "data"), str(folder / "log")
        _run(
            *as_user, str(programs / "initdb"), "-D", data, "-U", "mistok", "-A", "trust", "-N", "-E", "UTF8"
        )
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        pg_ctl = [*as_user, str(programs / "pg_ctl"), "-D", data, "-l", log]
        _run(*pg_ctl, "-w", "-o", options, "start")
        try:
            yield f"postgresql://mistok@/postgres?host={folder}"
        finally:
            _run(*pg_ctl, "-m", "immediate", "stop")
    except (LookupError, OSError, subprocess.SubprocessError) as error:
        raise NoServerError(f"PostgreSQL does not start here: {error}") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """The folder with initdb and pg_ctl; Debian keeps them out of the path."""
    on_path = shutil.which("pg_ctl")
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    if not on_path and not found:
        raise NoServerError("no PostgreSQL server is installed (pg_ctl not found)")
    return Path(on_path or found[-1]).resolve().parent


def _run(*command: str) -> None:
    subprocess.run(  # noqa: S603 - our own command line
        command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60, cwd="/"
    )
