"""What a shot is, what the compiler returns, and what is kept."""

from app.schema.compiled import Choice, Compiled, Finding, Loss, Param, Prompt, Segment, Sent
from app.schema.reading import read_data, read_file, read_text
from app.schema.shot import Shot

__all__ = [
    "Choice",
    "Compiled",
    "Finding",
    "Loss",
    "Param",
    "Prompt",
    "Segment",
    "Sent",
    "Shot",
    "read_data",
    "read_file",
    "read_text",
]
