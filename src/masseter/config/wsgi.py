"""The application that the server runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "masseter.config.settings")
application = get_wsgi_application()

# Models can be imported once the application is there.
from masseter.journey.results.forecasts import KERNELS  # noqa: E402

KERNELS.prepare()
