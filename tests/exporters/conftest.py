"""Films that are written many times are small."""

import pytest

from app.exporters import animatic


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(animatic, "WIDE", 320)
