"""Authors in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from home.admin_lists import AlphabeticalIndexView

from .models import Author


class AuthorViewSet(SnippetViewSet):
    """The people who write for the campaign."""

    model = Author
    icon = "user"
    menu_label = _("Guest authors")
    menu_name = "authors"
    menu_order = 320
    add_to_admin_menu = True
    index_view_class = AlphabeticalIndexView
    list_display = ["name", "role", "organisation"]


register_snippet(AuthorViewSet)
