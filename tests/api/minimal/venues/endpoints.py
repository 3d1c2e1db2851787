"""An endpoint of one's own."""

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from ninja import Router

from api.answers import ERRORS, answer
from api.schemas import Schema
from api.touched import touch

from .models import VenuePage

router = Router()


class Seats(Schema):
    """How many people find a seat in all places together."""

    seats: int


@router.get(
    "/seats", operation_id="get_seats", summary="Count the seats", response={200: Seats, **ERRORS}
)
def get_seats(request: HttpRequest) -> HttpResponse:
    """Return the number of seats in public places."""
    touch("venue")
    seats = VenuePage.objects.visible().aggregate(sum=Sum("seats", default=0))["sum"]
    return answer(Seats(seats=seats))
