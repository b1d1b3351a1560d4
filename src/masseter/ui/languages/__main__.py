"""`python -m masseter.ui.languages`: write the catalogues anew from the texts that are marked."""

from __future__ import annotations

import sys

from masseter.ui.languages.catalogues import refresh

if __name__ == "__main__":
    for language, lacking in refresh().items():
        sys.stdout.write(f"{language}: {lacking} texts without words\n")
