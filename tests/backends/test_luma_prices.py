"""What Luma's prices come to: the table of 2026-11-20, in dollars."""

from typing import Any

import pytest

from app.backends.uni1 import Uni1
from app.vocab import vocabulary
from tests.backends.fakes.orders import SDXL

STYLE, SOURCE = "reference.role.style", "reference.role.source"
FRAMES = ["reference.role.start_frame", "reference.role.end_frame"]
LASTS = {"duration": "5s"}
LONG = {"duration": "10s"}
SHAPE = {"aspect_ratio": "9:16"}


@pytest.mark.parametrize(
    ("target", "params", "roles", "usd"),
    [
        # stills: nothing, one, nine beside; an edit alone, and with eight
        ("uni-1", {}, [], 0.0404),
        ("uni-1", {}, [STYLE], 0.0434),
        ("uni-1", {"web_search": True}, [STYLE] * 9, 0.0674),
        ("uni-1", {}, [SOURCE], 0.0434),
        ("uni-1", {}, [SOURCE, *[STYLE] * 8], 0.0674),
        ("uni-1-max", {}, [], 0.1),
        ("uni-1-max", {}, [STYLE] * 9, 0.127),
        ("uni-1-max", {}, [SOURCE], 0.103),
        ("uni-1-max", {}, [SOURCE, STYLE], 0.106),
        ("uni-1", {}, [SOURCE, "reference.role.depth"], 0.0434),
        ("uni-1", {"layering": "1k"}, [SOURCE], None),
        # clips
        ("ray-3.2", {}, [], 0.30),
        ("ray-3.2", {"resolution": "360p"}, FRAMES, 0.06),
        ("ray-3.2", {"resolution": "540p"}, [], 0.15),
        ("ray-3.2", {"resolution": "720p"} | LASTS, [], 0.30),
        ("ray-3.2", {"resolution": "1080p"}, [], 1.20),
        ("ray-3.2", {"resolution": "360p"} | LONG, [], 0.18),
        ("ray-3.2", {"resolution": "540p"} | LONG, [], 0.45),
        ("ray-3.2", LONG, [], 0.90),
        ("ray-3.2", {"resolution": "1080p"} | LONG, [], 3.60),
        ("ray-3.2", {"hdr": True}, [], 0.60),
        ("ray-3.2", {"hdr": True, "resolution": "1080p"}, [], 2.40),
        ("ray-3.2", {"hdr": True, "exr": True}, [], 0.90),
        ("ray-3.2", {"hdr": True, "exr": True, "resolution": "1080p"}, [], 3.60),
        ("ray-3.2", {"hdr": True} | LONG, [], None),
        # changes, by each 5 s begun; another shape, by the second
        ("ray-3.2", {"resolution": "360p"} | LASTS, [SOURCE], 0.54),
        ("ray-3.2", {"resolution": "540p"} | LASTS, [SOURCE], 0.72),
        ("ray-3.2", LASTS, [SOURCE], 1.08),
        ("ray-3.2", {"resolution": "1080p"} | LASTS, [SOURCE], 2.16),
        ("ray-3.2", {"resolution": "1080p"} | LONG, [SOURCE], 4.32),
        ("ray-3.2", {"duration": 7}, [SOURCE], 2.16),
        ("ray-3.2", {}, [SOURCE], None),
        ("ray-3.2", {"resolution": "360p"} | SHAPE | LASTS, [SOURCE], 0.15),
        ("ray-3.2", {"resolution": "540p"} | SHAPE | LONG, [SOURCE], 0.60),
        ("ray-3.2", {"duration": "7.5s"} | SHAPE, [SOURCE], 0.90),
        ("ray-3.2", {"resolution": "1080p"} | SHAPE | LASTS, [SOURCE], 1.80),
        ("ray-3.2", SHAPE, [SOURCE], None),
        ("ray-3.2", {"resolution": "8k"}, [], None),
        ("ray-3.2", {"duration": "soon"}, [SOURCE], None),
    ],
)
def test_an_order_costs_what_luma_s_page_says(
    target: str, params: dict[str, Any], roles: list[str], usd: float | None
) -> None:
    assert Uni1().estimate_usd(vocabulary().target(target), params, roles) == usd


def test_where_no_price_is_stated_none_is_made_up() -> None:
    assert Uni1().estimate_usd(SDXL, {}, []) is None
