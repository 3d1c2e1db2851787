"""What the test asks of the project, run inside of it: prints what it found as JSON."""

import json
import os
import sys
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
import django

django.setup()

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from venues.models import VenuePage
from wagtail.models import Site

import home
from home.models import Article, Department
from postcards.models import PostcardIndexPage, PostcardPage

call_command("makemigrations", "venues", verbosity=0)
call_command("migrate", verbosity=0)
root = Site.objects.get(is_default_site=True).root_page
Department.objects.create(name="Kultur", short_name="Dezernat I", slug="dezernat-1")
index = root.add_child(instance=PostcardIndexPage(title="Postkarten"))
article = Article.objects.get(number="1")
card = index.add_child(
    instance=PostcardPage(title="Eins", article=article, headline=article.paragraphs[0]["text"])
)
body = [
    {"type": "opening", "value": {"day": "Montag", "hours": "9–12 Uhr"}},
    {"type": "places", "value": {"rows": 5, "row_length": 8}},
    {"type": "text", "value": f'<p><a linktype="page" id="{card.pk}">Karte</a></p>'},
]
venue = root.add_child(instance=VenuePage(title="Rathaus", seats=40, body=json.dumps(body)))
get_user_model().objects.create_superuser("admin", "a@stadt.example", "geheim")
admin, reader = Client(), Client()
admin.login(username="admin", password="geheim")
addresses = {
    "departments": "/admin/snippets/home/department/",
    "edit": f"/admin/pages/{card.pk}/edit/",
    "add": f"/admin/pages/{root.pk}/add_subpage/",
    "explore": f"/admin/pages/{root.pk}/",
    "webhooks": "/admin/webhook/",
    "preview": f"/admin/pages/{card.pk}/view_draft/",
}
pages = reader.get("/api/v1/pages?type=venue&type=postcard").json()
json.dump(
    {
        "from": str(Path(home.__file__).parent),
        "admin": {name: admin.get(url).status_code for name, url in addresses.items()},
        "german": "Dezernate" in admin.get(addresses["departments"]).content.decode(),
        "page": reader.get(venue.url).status_code,
        "cards": {item["type"]: item for item in pages["items"]},
        "venue": reader.get(f"/api/v1/resolve?path={venue.url}").json()["page"],
        "seats": reader.get("/api/v1/seats").json(),
        "tags": reader.get("/api/v1/seats").get("Cache-Tag"),
        "refused": reader.get("/api/v1/seats?rows=1").status_code,
        "document": sorted(reader.get("/api/v1/openapi.json").json()["components"]["schemas"]),
    },
    sys.stdout,
)
