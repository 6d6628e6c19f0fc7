"""Luma itself. These are collected only where a key is set, and what costs money only where somebody says so too.

`LUMA_AGENTS_API_KEY=… pytest tests/live/luma` asks what is free; with `LUMA_MAY_SPEND=1` it also makes two stills, for
about 9 US cents.
"""

import os

collect_ignore = [
    name
    for name, variable in (("test_free.py", "LUMA_AGENTS_API_KEY"), ("test_paid.py", "LUMA_MAY_SPEND"))
    if not os.environ.get(variable) or not os.environ.get("LUMA_AGENTS_API_KEY")
]
