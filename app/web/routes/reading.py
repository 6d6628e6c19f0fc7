"""Any text as a shot, by HTTP: the same answer as `printlight parse --json`."""

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from app.importers import document_of, read_prompt
from app.vocab import vocabulary

router = APIRouter()


class Pasted(BaseModel):
    """A text as somebody pasted it."""

    model_config = ConfigDict(extra="forbid")

    text: str
    target: str = Field(default="", description="the model that it was written for, where that is known")


@router.post("/api/parse")
def parse(pasted: Pasted) -> dict[str, Any]:
    """Read a prompt in any form to one shot or several."""
    vocab = vocabulary()
    target = vocab.target(pasted.target) if pasted.target else None
    return document_of(read_prompt(pasted.text, "The text", vocab, target))
