"""The entry point for WSGI servers: `gunicorn --chdir site campaign.wsgi`."""

import os
import sys
from pathlib import Path

from django.core.wsgi import get_wsgi_application

# The content apps live beside site/, the project in it.
for folder in (Path(__file__).resolve().parents[2], Path(__file__).resolve().parents[1]):
    if str(folder) not in sys.path:
        sys.path.append(str(folder))

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign.settings.production")

application = get_wsgi_application()
