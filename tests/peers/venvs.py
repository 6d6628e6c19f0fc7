"""Environments of other people's programs, made once and kept: `PRINTLIGHT_PEERS`, or a folder in the user's cache.

They are installed by pip, which finds the builds of torch that its own settings name: a build for the processor alone
is a tenth of the one for graphics cards.
"""

import os
import subprocess
import sys
from pathlib import Path

INSTALL_S = 1200


def venv(name: str, packages: tuple[str, ...], *, without: tuple[str, ...] = ()) -> Path:
    """Return the `bin` of an environment with these packages; what `without` names is taken out again.

    One that was left half made, or made of other packages, is made anew.
    """
    kept = Path(os.environ.get("PRINTLIGHT_PEERS") or "~/.cache/printlight-peers").expanduser()
    folder = kept / name
    done, recipe = folder / "made-of.txt", "\n".join((*packages, *(f"-{one}" for one in without)))
    if not done.is_file() or done.read_text(encoding="utf-8") != recipe:
        _run(sys.executable, "-m", "venv", "--clear", str(folder))
        pip = str(folder / "bin" / "pip")
        _run(pip, "install", "--quiet", "--disable-pip-version-check", *packages)
        if without:
            _run(pip, "uninstall", "--quiet", "--yes", *without)
        done.write_text(recipe, encoding="utf-8")
    return folder / "bin"


def _run(*command: str) -> None:
    subprocess.run(command, check=True, timeout=INSTALL_S)
