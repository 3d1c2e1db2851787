"""Texts of Wagtail and its add-ons for which our catalogue has the German.

They stand here to be found as ours are; Django puts the project's catalogue above those of apps.
Tests tell when an entry is no longer needed.
"""

from django.utils.translation import gettext_noop as _

#: Texts that an app has no German for, by the app.
MISSING = {
    "wagtail_localize.locales": (
        _("Add a locale"),
        _("Add locale"),
        _("Are you sure you want to delete this locale?"),
        _("Back"),
        _("Delete locale"),
        _("Language"),
        _("Locale '{0}' created."),
        _("Locale '{0}' deleted."),
        _("Locale '{0}' updated."),
        _("Locales"),
        _("Save"),
        _("Select a new language"),
        _("The locale could not be saved due to errors."),
        _("This locale cannot be deleted because there are pages and/or other objects using it."),
        _(
            "This locale's current language code is not supported. Please choose a new language "
            "or delete this locale."
        ),
        _("This locale's language code is not supported"),
        _("Usage"),
        _("Wagtail locales (Wagtail Localize version)"),
        _("Yes, delete"),
    ),
    # The name of a permission.
    "wagtail_localize": (_("Can submit translations"),),
    "django_filters": (_("Select a lookup."), _("is null")),
}

#: Texts whose own German does not fit.
REWORDED = (
    # The language of the content is "Sprache" everywhere, here too.
    _("Available in %(translations_total)s locales"),
    _(
        "Choose a locale to synchronise content from. Any existing and future content authored in "
        "the selected locale will be automatically copied to this one."
    ),
    _("Locale"),
    _("Locale: "),
    _("Switch locales"),
    _("Synchronise content from another locale"),
    _("This locale cannot be synced into itself."),
    # "Sie"
    _("Choose who can view the live version of this page"),
    _("Delete %(snippet_type_name)s"),
    _("Editing"),
    _("Editing %(object_type)s %(title)s"),
    _("Editing %(page_type)s"),
    _("Editing %(task_type)s"),
    _("Editing workflow"),
    _("Keep the new pages updated with future changes"),
    _("Loading"),
    _("Please add some alt text for your image or mark it as decorative"),
    _("Refreshing…"),
    _("Select a new parent page"),
    _("Select documents in choosers"),
    _(
        "Select hierarchical position. Note: a collection cannot become a child of itself or one "
        "of its descendants."
    ),
    _("Select images in choosers"),
    _("Sort by '%(label)s' in ascending order."),
    _("Sort by '%(label)s' in descending order."),
    _("Sort the order of child pages within '%(parent)s' by '%(label)s' in ascending order."),
    _("Sort the order of child pages within '%(parent)s' by '%(label)s' in descending order."),
    _("Sync translated %(model_name)s"),
    _("Sync translated pages"),
    _("Sync translated snippets"),
    _("Sync translations of '%(title)s'"),
    _("Translate {model_name}"),
    _("Uploading…"),
    _("Waiting for translations"),
    # English words
    _("Breadcrumb"),
    _("Home"),
    # django-allauth
    _(
        "An account already exists with this email address. Please sign in to that account first, "
        "then connect your %s account."
    ),
    _("Be patient, you are sending too many requests."),
    _("Please select only one."),
    _("Please type your current password."),
    _("Too many failed login attempts. Try again later."),
    _("Username can not be used. Please use other username."),
    _("You cannot add more than %d email addresses."),
    _("You cannot remove your primary email address."),
    _("You must type the same email each time."),
    _("You must type the same password each time."),
    _("Your account has no password set up."),
    _("Your account has no verified email address."),
    _("Your primary email address must be verified."),
)

#: Texts of add-ons' scripts whose own German says "du"; Django has a catalogue of its own for them.
IN_SCRIPTS = (
    "Applying editor lock",
    "Change %s",
    "Choose a %s",
    "Download PO file and input translations offline",
    "Translate all missing strings with ",
)
