"""What all operations share: how they answer, what else they may answer, what parameters take."""

from typing import Annotated, Any

from django.http import HttpResponse
from pydantic import BaseModel, Field

from .schemas import Problem

#: Text in a parameter: databases know no null character.
Text = Annotated[str, Field(max_length=200, pattern=r"^[^\u0000]*$")]
SitePath = Annotated[str, Field(min_length=1, max_length=2048, pattern=r"^/[^\u0000]*$")]
#: What any operation may answer instead.
ERRORS: dict[int, Any] = dict.fromkeys((400, 404, 405, 414, 422, 429), Problem)


def answer(content: BaseModel) -> HttpResponse:
    """Return an answer as JSON, written once."""
    return HttpResponse(content.model_dump_json(), content_type="application/json")
