import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anas.settings")
application = get_wsgi_application()

from anas import checks  # noqa: E402 (settings have to be read first)

checks.refuse_to_serve()

# What has been loaded by now stays for good, and a request makes few cycles: the collector need not look so often.
gc.freeze()
gc.set_threshold(20_000, 20, 20)
