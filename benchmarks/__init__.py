"""Numbers that a release is judged by: `python -m benchmarks`. Ratios within one run; the machine is never quiet."""
