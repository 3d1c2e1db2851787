"""What a new installation has: its empty home page, the Grundgesetz, the content's mark, names."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import migrations

from home.law_import import LAW_FILE, read_law

#: A model, what its row is called in Wagtail, and what it is called here.
NAMES = (
    ("wagtailcore.Collection", "Root", "Allgemein"),
    ("auth.Group", "Editors", "Mitarbeit"),
    ("auth.Group", "Moderators", "Moderation"),
    ("wagtailcore.Task", "Moderators approval", "Freigabe durch die Moderation"),
    ("wagtailcore.Workflow", "Moderators approval", "Freigabe"),
)


def create_home_page(apps, schema_editor):
    """Replace Wagtail's welcome page, if nobody has touched it, by an empty home page."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    Locale = apps.get_model("wagtailcore", "Locale")
    HomePage = apps.get_model("home", "HomePage")

    welcome = Page.objects.filter(
        pk=2,
        slug="home",
        depth=2,
        path="00010001",
        numchild=0,
        latest_revision__isnull=True,
        content_type__app_label="wagtailcore",
        content_type__model="page",
    )
    if not welcome.exists():
        return
    welcome.delete()  # and with it the site that Wagtail made for it
    content_type, _ = ContentType.objects.get_or_create(app_label="home", model="homepage")
    locale, _ = Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    home = HomePage.objects.create(
        title="Startseite",
        draft_title="Startseite",
        slug="start",
        content_type=content_type,
        locale=locale,
        path="00010001",
        depth=2,
        numchild=0,
        url_path="/start/",
    )
    if not Site.objects.filter(is_default_site=True).exists():
        address = urlsplit(getattr(settings, "WAGTAILADMIN_BASE_URL", "") or "http://localhost")
        Site.objects.create(
            hostname=address.hostname,
            port=address.port or (443 if address.scheme == "https" else 80),
            root_page_id=home.pk,
            is_default_site=True,
        )


def load_law(apps, schema_editor):
    """Store the articles that are not there yet."""
    Article = apps.get_model("home", "Article")
    known = set(Article.objects.values_list("number", flat=True))
    Article.objects.bulk_create(
        Article(
            number=text.number,
            slug=text.slug,
            sort_key=text.sort_key,
            title=text.title,
            paragraphs=text.paragraphs,
            source=text.source,
            edition=text.edition,
        )
        for text in read_law(LAW_FILE)
        if text.number not in known
    )


def begin_content(apps, schema_editor):
    """Store the content's mark: from now on it is renewed, never made."""
    apps.get_model("home", "ContentVersion").objects.get_or_create(pk=1)


def name_in_german(apps, schema_editor):
    """Rename what Wagtail's migrations made, unless it has another name or the name is taken."""
    pages = apps.get_model("wagtailcore", "Page").objects.filter(depth=1, title="Root")
    pages.update(title="Alle Seiten", draft_title="Alle Seiten")
    for label, old, new in NAMES:
        rows = apps.get_model(label).objects
        if not rows.filter(name=new).exists():
            rows.filter(name=old).update(name=new)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.RunPython(create_home_page, migrations.RunPython.noop),
        migrations.RunPython(load_law, migrations.RunPython.noop),
        migrations.RunPython(begin_content, migrations.RunPython.noop),
        migrations.RunPython(name_in_german, migrations.RunPython.noop),
    ]
