"""Licences and the labels for the use of AI, as choices with their addresses."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Licence(models.TextChoices):
    """What others may do with a page or a picture."""

    CC_BY = "cc-by-4.0", _("CC BY 4.0 (name the author)")
    CC_BY_SA = "cc-by-sa-4.0", _("CC BY-SA 4.0 (name the author, share alike)")
    CC0 = "cc0", _("CC0 1.0 (no conditions)")
    OFFICIAL = "official-work", _("Official work, free of copyright (§ 5 UrhG)")
    RESERVED = "all-rights-reserved", _("All rights reserved")


#: Where a licence's text stands; a licence that is not here has no address.
LICENCE_URLS = {
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/deed.de",
    Licence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/deed.de",
    Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/deed.de",
    Licence.OFFICIAL: "https://www.gesetze-im-internet.de/urhg/__5.html",
}


class AIUse(models.TextChoices):
    """Whether a machine made it (AI Act, Article 50)."""

    NONE = "none", _("None")
    ASSISTED = "assisted", _("Made with the help of AI")
    GENERATED = "generated", _("Made by AI")
