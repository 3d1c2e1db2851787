"""A page tree and a campaign with a page of every type, and the addresses where they stand."""

from dataclasses import dataclass, fields

from wagtail.models import Site

from blog.models import BlogIndexPage
from home.models import HomePage
from impulses.models import ImpulseIndexPage
from postcards.models import CourageCardIndexPage, PostcardIndexPage
from tests import factories

#: Every kind of public address of the standing campaign.
PAGES = {
    "home": "/",
    "impulses": "/impulse/",
    "impulse": "/impulse/ein-impuls/",
    "postcards": "/postkarten/",
    "postcard": "/postkarten/eine-postkarte/",
    "courage cards": "/mut-mach-karten/",
    "courage card": "/mut-mach-karten/eine-karte/",
    "guest posts": "/blog/",
    "guest post": "/blog/ein-gastbeitrag/",
    "page": "/ueber/",
    "sign language": "/dgs/",
    "search": "/suche/",
    "search for a word": "/suche/?q=Haltung",
    "search for a tag": "/suche/?tag=mut",
    "filtered list": "/impulse/?tag=mut&year=2026",
    "not found": "/nirgendwo/",
}
LISTS = [PAGES[name] for name in ("impulses", "postcards", "courage cards", "guest posts")]
OTHERS = {
    "feed of impulses": "/impulse/feed/",
    "feed of guest posts": "/blog/feed/",
    "draw": "/mut-mach-karten/ziehen/",
    "sitemap": "/sitemap.xml",
    "robots": "/robots.txt",
    "accent": "/kampagne.css",
    "favicon": "/favicon.ico",
}


@dataclass
class Tree:
    """The default site's page tree: the home page and an overview of everything."""

    home: HomePage
    impulses: ImpulseIndexPage
    postcards: PostcardIndexPage
    courage: CourageCardIndexPage
    blog: BlogIndexPage


def build_tree():
    """Build the page tree with its overviews, all of them in the menu."""
    home = Site.objects.get(is_default_site=True).root_page.specific
    home.claim = "Haltung zeigen"
    home.save()
    return Tree(
        home,
        factories.ImpulseIndexPageFactory(parent=home, slug="impulse", show_in_menus=True),
        factories.PostcardIndexPageFactory(parent=home, slug="postkarten", show_in_menus=True),
        factories.CourageCardIndexPageFactory(
            parent=home, slug="mut-mach-karten", show_in_menus=True
        ),
        factories.BlogIndexPageFactory(parent=home, slug="blog", show_in_menus=True),
    )


def find_tree(home):
    """Return the page tree that was built below the home page, as it is now."""
    by_type = {type(page): page for page in home.get_children().specific()}
    return Tree(home, *(by_type[field.type] for field in fields(Tree)[1:]))


def body():
    """Return a body with a block of every kind that needs no other object."""
    step = {"title": "Raum buchen", "text": "<p>Vier Wochen vorher.</p>"}
    away = {"title": "Gesetze", "url": "https://www.gesetze-im-internet.de/gg/"}
    blocks = {
        "heading": {"text": "Was uns bewegt", "level": "h2"},
        "text": '<p>Ein <a href="https://example.org/">Text</a> mit <b>Haltung</b>.</p>',
        "quote": {"text": "Ich frage nach.", "name": "Mara Beispiel", "role": "Leitung"},
        "result": {"text": "<p>80 Menschen.</p>", "shows": "<p>Es geht.</p>"},
        "theses": {"title": "", "items": [{"thesis": "Neutral?", "impulse": "Nicht stumm."}]},
        "call_to_action": {"title": "Los", "text": "", "label": "Hier", **away},
        "steps": {"title": "So geht es", "items": [step]},
        "facts": {"title": "", "items": [{"figure": "598", "label": "Menschen"}]},
        "accordion": {"items": [step]},
        "timeline": {"title": "", "items": [{"date": "23. Mai 1949", **step}]},
        "links": {"title": "", "items": [away]},
        "contact": {"name": "Mara Beispiel", "email": "mara@stadt.example"},
        "table": {
            "caption": "Zahlen",
            "row_headers": True,
            "table": {
                "columns": [{"type": "text", "heading": "Jahr"}],
                "rows": [{"values": ["1949"]}],
                "caption": "",
            },
        },
    }
    return [{"type": name, "value": value} for name, value in blocks.items()]


def video(shown):
    """Return a block that shows a video."""
    value = {"video": shown.pk, "title": "", "poster": None, "transcript": "<p>Guten Tag.</p>"}
    return {"type": "video", "value": value}


def build_campaign():
    """Build the page tree with one page of every type."""
    tree, department = build_tree(), factories.DepartmentFactory()
    author = factories.AuthorFactory()
    common = {"tags": ["Mut"], "search_description": "Haltung zeigen."}
    step = {"type": "step", "value": {"title": "Raum buchen", "text": "<p>Bald.</p>"}}
    factories.ImpulsePageFactory(
        parent=tree.impulses,
        title="Ein Impuls",
        department=department,
        body=body(),
        steps=[step],
        **common,
    )
    factories.PostcardPageFactory(
        parent=tree.postcards, title="Eine Postkarte", body=body(), **common
    )
    factories.CourageCardPageFactory(
        parent=tree.courage, title="Eine Karte", occasions=["Sitzung"], **common
    )
    factories.GuestPostPageFactory(
        parent=tree.blog,
        title="Ein Gastbeitrag",
        authors=[author],
        lead="<p>Ein Wort vorweg.</p>",
        source_title="Rede",
        source_url="https://example.org/rede",
        body=body(),
        **common,
    )
    factories.StandardPageFactory(
        parent=tree.home, title="Über", slug="ueber", body=body(), show_in_menus=True, **common
    )
    factories.SignLanguagePageFactory(
        parent=tree.home, body=[video(factories.VideoFactory())], **common
    )
    return tree
