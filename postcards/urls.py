"""The addresses of cards: short ones, files that last, files below pages."""

from django.urls import path, re_path

from . import views

app_name = "postcards"
urlpatterns = [
    path("k/<slug:code>", views.short_address),
    # As the QR code has it, in capitals; and with a slash at its end.
    re_path(r"^[kK]/(?P<code>[0-9A-Za-z]+)/?$", views.short_address),
    re_path(
        r"^karten/(?P<digest>[0-9a-f]{64})/(?P<name>[\w-]+\.(?:pdf|jpg))$",
        views.stored_file,
        name="file",
    ),
    # Wagtail's own addresses know no dots.
    re_path(
        r"^(?P<path>(?:[\w-]+/)+)(?P<name>[\w-]+\.(?:pdf|jpg|zip))$",
        views.page_file,
    ),
]
