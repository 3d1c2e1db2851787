"""A campaign in which everything is used that page types, blocks and settings offer."""

from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from wagtail.models import Site

from home.models import Article, CampaignSettings
from tests import factories
from tests.sample import body, build_tree


def streamed(blocks):
    return [{"type": name, "value": value} for name, value in blocks]


def linking(pages, file):
    """Return a text that links pages and a document."""
    links = "".join(f'<a linktype="page" id="{page.pk}">hier</a> ' for page in pages)
    return f'<p>{links}<a linktype="document" id="{file.pk}">Datei</a></p>'


def rich_body(things):
    """Return a body with every block, in which everything is named that can be."""
    pages, images, file = things["pages"], things["images"], things["document"]
    text = linking(pages, file)
    shown = [
        {"image": image.pk, "decorative": True, "alt_text": "", "caption": "Bild"}
        for image in images[:6]
    ]
    named = [
        ("text", text),
        ("text", text),
        ("accordion", {"items": [{"title": "Fragen", "text": text}]}),
        ("picture", shown[0]),
        ("picture", shown[1]),
        ("gallery", {"title": "Bilder", "pictures": shown[2:]}),
        ("contact", {"name": "Mara Beispiel", "portrait": images[6].pk}),
        ("contact", {"name": "Kim Beispiel", "portrait": images[7].pk}),
        ("logos", {"title": "", "items": [{"image": images[8].pk, "name": "Stiftung"}]}),
        (
            "video",
            {"video": things["video"].pk, "title": "", "poster": images[0].pk, "transcript": text},
        ),
        ("download", {"document": file.pk, "title": "", "text": ""}),
        ("download", {"document": file.pk, "title": "Noch einmal", "text": ""}),
        ("postcards", {"cards": [things["postcard"].pk, things["other postcard"].pk]}),
        ("postcards", {"cards": [things["other postcard"].pk]}),
        ("courage_card", {"card": things["courage card"].pk}),
        ("links", {"title": "", "items": [{"title": "Mehr", "page": p.pk} for p in pages]}),
        ("call_to_action", {"title": "Los", "label": "Hier", "text": "", "page": pages[0].pk}),
    ]
    return [*body(), *streamed(named)]


def build_rich_campaign():
    """Build pages of every type with all that their types offer; return one of each."""
    tree = build_tree()
    images = factories.ImageFactory.create_batch(12)
    departments = factories.DepartmentFactory.create_batch(3)
    for department in departments:
        factories.RotaEntryFactory(department=department, start="2026-01-01", end="2099-12-31")
    common = {
        "tags": ["Mut", "Alltag", "Rathaus"],
        "articles": list(Article.objects.all()[:3]),
        "department": departments[0],
        "teaser_image": images[9],
        "search_description": "Haltung zeigen.",
    }
    upper = factories.StandardPageFactory(
        parent=tree.home, title="Seite", slug="seite", show_in_menus=True, **common
    )
    lower = factories.StandardPageFactory(
        parent=upper, title="Darunter", slug="darunter", show_in_menus=True, **common
    )
    deepest = factories.StandardPageFactory(
        parent=lower, title="Noch tiefer", slug="noch-tiefer", **common
    )
    postcard, other = (
        factories.PostcardPageFactory(
            parent=tree.postcards, title=title, picture=images[10], design="picture", **common
        )
        for title in ("Eine Postkarte", "Andere Postkarte")
    )
    courage = factories.CourageCardPageFactory(
        parent=tree.courage,
        title="Eine Karte",
        occasions=["Sitzung", "Bus"],
        picture=images[11],
        back_text=f'<p><a linktype="page" id="{upper.pk}">hier</a></p>',
        **common,
    )
    things = {
        "images": images,
        "pages": [upper, lower, deepest, postcard, courage],
        "postcard": postcard,
        "other postcard": other,
        "courage card": courage,
        "video": factories.VideoFactory(),
        "document": Document.objects.create(
            title="Leitfaden", file=ContentFile(b"x", name="a.pdf"), file_size=1
        ),
    }
    rich, text = rich_body(things), linking(things["pages"], things["document"])
    impulse = factories.ImpulsePageFactory(
        parent=tree.impulses,
        title="Ein Impuls",
        body=rich,
        steps=streamed([("step", {"title": "Raum buchen", "text": text})]),
        **common,
    )
    authors = [
        factories.AuthorFactory(
            portrait=image,
            links=streamed([("link", {"title": "Blog", "url": "https://example.org/"})]),
        )
        for image in images[:3]
    ]
    post = factories.GuestPostPageFactory(
        parent=tree.blog,
        title="Ein Gastbeitrag",
        authors=authors,
        title_image=images[3],
        lead=linking([impulse], things["document"]),
        body=rich,
        **common,
    )
    factories.SignLanguagePageFactory(parent=tree.home, body=rich, **common)
    for page in (upper, deepest, postcard):
        page.body = rich
        page.save()
    sections = [
        ("teasers", {"source": "latest", "section": tree.impulses.pk}),
        ("teasers", {"source": "latest", "section": tree.blog.pk}),
        ("teasers", {"source": "picked", "pages": [p.pk for p in (post, impulse, postcard)]}),
        ("teasers", {"source": "tag", "tag": "Mut", "count": 8}),
        ("postcard_wall", {"section": tree.postcards.pk, "count": 24}),
        ("courage_today", {"section": tree.courage.pk}),
        ("rota_now", {}),
    ]
    tree.home.refresh_from_db()  # it has children now
    tree.home.hero_image = images[4]
    tree.home.hero_article = Article.objects.first()
    tree.home.body = [
        *streamed((name, {"title": "Neues"} | value) for name, value in sections),
        *rich,
    ]
    tree.home.save()
    CampaignSettings.objects.create(
        site=Site.objects.get(),
        logo=images[5],
        social_profiles=streamed([("profile", {"name": "Netz", "url": "https://example.org/"})]),
        **{
            f"{name}_page": page
            for name, page in (
                ("imprint", upper),
                ("privacy", lower),
                ("accessibility", deepest),
                ("simple_language", upper),
            )
        },
    )
    return [impulse, postcard, courage, post, upper, lower, deepest], images
