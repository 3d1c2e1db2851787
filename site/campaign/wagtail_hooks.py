"""The website's own styles in the admin."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from . import personal  # noqa: F401


@hooks.register("insert_global_admin_css")
def admin_css() -> SafeString:
    """Link the style sheet that the admin gets beside Wagtail's."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))
