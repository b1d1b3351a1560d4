"""The base of every table that belongs to a clinic."""

from __future__ import annotations

from django.db import models

from masseter.journey.ground import clock
from masseter.journey.ground.refusals import Stale


class ClinicOwned(models.Model):
    """A row of one clinic. The column `clinic_id` is what the wall in the database looks at."""

    clinic = models.ForeignKey("accounts.Clinic", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True


class Versioned(ClinicOwned):
    """A row that two people may edit: `claim` refuses the second who started from the same version."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def claim(self, version: int | None) -> None:
        """Lock the row and step its version.

        Raises: Stale, where somebody stepped it since `version` was read. None skips the comparison,
        for actions that are no edit of a form.
        """
        rows = type(self)._default_manager.select_for_update().filter(pk=self.pk)
        current = rows.values_list("version", flat=True).get()
        if version is not None and current != version:
            raise Stale(f"This {self._meta.verbose_name}")
        self.version = current + 1
        rows.update(version=self.version)
