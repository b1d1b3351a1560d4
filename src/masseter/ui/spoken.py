"""The languages that a patient may want to be spoken to in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

LANGUAGES = (
    ("en", _("English")),
    ("ar", _("Arabic")),
    ("bn", _("Bengali")),
    ("de", _("German")),
    ("es", _("Spanish")),
    ("fr", _("French")),
    ("it", _("Italian")),
    ("pl", _("Polish")),
    ("pt", _("Portuguese")),
    ("ru", _("Russian")),
    ("tr", _("Turkish")),
    ("uk", _("Ukrainian")),
    ("ur", _("Urdu")),
    ("zh", _("Chinese")),
    ("other", _("Another language")),
)
