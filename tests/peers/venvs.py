"""Environments of their own for other people's programs, kept between runs."""

import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parents[2]


def bin_of(name: str, *pins: str) -> Path:
    """Return the folder of programs of an environment that has exactly these packages; it is made the first time.

    Environments are kept in the folder that PRINTLIGHT_PEERS names.
    """
    shelf = Path(os.environ.get("PRINTLIGHT_PEERS") or Path.home() / ".cache" / "printlight-peers")
    version = sha256(" ".join((sys.version, *pins)).encode()).hexdigest()[:8]
    made = shelf / f"{name}-{version}"
    if not (made / "whole").exists():
        shutil.rmtree(made, ignore_errors=True)
        uv = shutil.which("uv", path=f"{ROOT / '.uv' / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}")
        if not uv:
            raise RuntimeError("uv is not installed; it is needed to fetch the programs that judge ours.")
        subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, made], check=True)
        python = made / "bin" / "python"
        subprocess.run([uv, "pip", "install", "--quiet", "--python", python, *pins], check=True)
        (made / "whole").touch()
    return made / "bin"
