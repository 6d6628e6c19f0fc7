"""What every data file's record has in common."""

from pydantic import BaseModel, ConfigDict


class Entry(BaseModel):
    """A frozen record of a data file; unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid")
