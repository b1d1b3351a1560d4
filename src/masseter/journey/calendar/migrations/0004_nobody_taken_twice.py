"""No person and no room is taken by two visits at once: the database itself refuses the second.

Without the extension btree_gist, which the embedded server has not: equal numbers are ranges of one
number that meet. Times are reckoned in UTC, where a minute is always a minute.
"""

from __future__ import annotations

from django.db import migrations

CONSTRAINT = """
ALTER TABLE calendar_appointment ADD CONSTRAINT {name} EXCLUDE USING gist (
    int8range({column}, {column}, '[]') WITH &&,
    tsrange(
        starts_at AT TIME ZONE 'UTC', (starts_at AT TIME ZONE 'UTC') + minutes * interval '1 minute'
    ) WITH &&
) WHERE ({column} IS NOT NULL AND state IN ('asked', 'offered', 'booked', 'arrived'))
"""


def _once(name: str, column: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        CONSTRAINT.format(name=name, column=column),
        f"ALTER TABLE calendar_appointment DROP CONSTRAINT {name}",
    )


class Migration(migrations.Migration):
    dependencies = [("calendar", "0003_nobody_taken_twice_before")]

    operations = [
        _once("appointment_person_once", "with_user_id"),
        _once("appointment_room_once", "room_id"),
    ]
