"""Settings of a site that hands its mails to the server of a test."""

import os

from campaign.settings.dev import *  # noqa: F403
from campaign.settings.dev import POST_OFFICE

POST_OFFICE["BACKENDS"]["default"] = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = int(os.environ["MAIL_PORT"])
