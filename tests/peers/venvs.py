"""Environments of other people's programs, made once and kept: `PRINTLIGHT_PEERS`, or a folder in the user's cache.

They are installed by pip, which finds the builds of torch that its own settings name: a build for the processor alone
is a tenth of the one for graphics cards.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
INSTALL_S = 1200


def venv(name: str, packages: tuple[str, ...], *, without: tuple[str, ...] = ()) -> Path:
    """Return the `bin` of an environment with these packages; what `without` names is taken out again.

    One that was left half made, or made of other packages, is made anew.
    """
    kept = Path(os.environ.get("PRINTLIGHT_PEERS") or "~/.cache/printlight-peers").expanduser()
    folder = kept / name
    done, recipe = folder / "made-of.txt", "\n".join((sys.version, *packages, *(f"-{one}" for one in without)))
    if not done.is_file() or done.read_text(encoding="utf-8") != recipe:
        _run(_uv(), "venv", "--quiet", "--clear", "--seed", "--python", sys.executable, str(folder))
        pip = str(folder / "bin" / "pip")
        _run(pip, "install", "--quiet", "--disable-pip-version-check", *packages)
        if without:
            _run(pip, "uninstall", "--quiet", "--yes", *without)
        done.write_text(recipe, encoding="utf-8")
    return folder / "bin"


def _uv() -> str:
    """Return uv, which the README's commands bring in; a bare system's Python makes no environments."""
    found = shutil.which("uv", path=f"{ROOT / '.uv' / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}")
    if found is None:
        raise RuntimeError("uv is not installed; it makes the environments of the programs that judge ours.")
    return found


def _run(*command: str) -> None:
    subprocess.run(command, check=True, timeout=INSTALL_S)
