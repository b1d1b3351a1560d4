"""Patients' names were written beside their sign-in address, outside the clinic's wall. They go."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def clear_names(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:  # Any: the state's registry
    """Empty the name of everybody who is or was a patient and never had another role."""
    memberships = apps.get_model("accounts", "Membership").objects
    patients: set[int] = set()
    others: set[int] = set()
    for clinic_id in apps.get_model("accounts", "Clinic").objects.values_list("id", flat=True):
        # The walls bind the owner of the tables too.
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT set_config('masseter.clinic', %s, true)", [str(clinic_id)])
        for user_id, role in memberships.filter(clinic_id=clinic_id).values_list("user_id", "role"):
            (patients if role == "patient" else others).add(user_id)
    apps.get_model("accounts", "User").objects.filter(id__in=patients - others).update(name="")
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT set_config('masseter.clinic', '', true)")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(clear_names, migrations.RunPython.noop)]
