"""Before nobody can be taken twice: of two open visits of one person at once, the later booked is nobody's."""

from __future__ import annotations

from django.db import migrations

# The owner of the tables is under the wall as well; `masseter migrate` puts it up again at its end.
FORWARDS = """
ALTER TABLE calendar_appointment NO FORCE ROW LEVEL SECURITY;
UPDATE calendar_appointment late SET with_user_id = NULL
WHERE late.state IN ('booked', 'arrived') AND EXISTS (
    SELECT 1 FROM calendar_appointment early
    WHERE early.id < late.id AND early.with_user_id = late.with_user_id
    AND early.state IN ('booked', 'arrived')
    AND early.starts_at < late.starts_at + late.minutes * interval '1 minute'
    AND late.starts_at < early.starts_at + early.minutes * interval '1 minute'
);
"""


class Migration(migrations.Migration):
    dependencies = [("calendar", "0002_rooms_hours_waiting")]

    operations = [migrations.RunSQL(FORWARDS, migrations.RunSQL.noop)]
