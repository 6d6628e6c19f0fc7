"""One cache of bodies for all that is drawn here: baking one takes seconds."""

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def _bodies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    run = tmp_path_factory.getbasetemp()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PRINTLIGHT_CACHE", str((run.parent if run.name.startswith("popen-") else run) / "bodies"))
        yield
