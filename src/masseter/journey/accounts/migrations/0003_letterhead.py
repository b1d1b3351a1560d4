"""What the papers of a clinic carry."""

import django.db.models.deletion
from django.db import migrations, models

import masseter.journey.ground.clock


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_no_names_of_patients"),
    ]

    operations = [
        migrations.CreateModel(
            name="Letterhead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=masseter.journey.ground.clock.now, editable=False),
                ),
                ("logo", models.TextField(blank=True)),
                ("changed_by_name", models.CharField(blank=True, max_length=200)),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.clinic"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("clinic",), name="one_letterhead_a_clinic")],
            },
        ),
    ]
