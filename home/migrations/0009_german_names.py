"""Give German names to what Wagtail's migrations have made and nobody has renamed."""

from django.db import migrations

#: A model, what its row is called in Wagtail, and what it is called here.
NAMES = (
    ("wagtailcore.Collection", "Root", "Allgemein"),
    ("auth.Group", "Editors", "Mitarbeit"),
    ("auth.Group", "Moderators", "Moderation"),
    ("wagtailcore.Task", "Moderators approval", "Freigabe durch die Moderation"),
    ("wagtailcore.Workflow", "Moderators approval", "Freigabe"),
)


def name_in_german(apps, schema_editor):
    """Rename what still has its first name, unless another one has the German name already."""
    pages = apps.get_model("wagtailcore", "Page").objects.filter(depth=1, title="Root")
    pages.update(title="Alle Seiten", draft_title="Alle Seiten")
    for label, old, new in NAMES:
        rows = apps.get_model(label).objects
        if not rows.filter(name=new).exists():
            rows.filter(name=old).update(name=new)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0008_order"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(name_in_german, migrations.RunPython.noop)]
