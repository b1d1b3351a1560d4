"""A letter to a payer as it was sent."""

import django.db.models.deletion
from django.db import migrations, models

import masseter.journey.ground.clock


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_no_names_of_patients"),
        ("consult", "0004_override_sentence"),
        ("follow_up", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="PayerLetter",
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
                (
                    "kind",
                    models.CharField(
                        choices=[("start", "First request"), ("renewal", "Continuation")], max_length=10
                    ),
                ),
                ("payer", models.CharField(max_length=200)),
                ("told", models.JSONField()),
                ("pdf", models.BinaryField()),
                ("digest", models.CharField(max_length=64)),
                ("knowledge_version", models.CharField(max_length=64)),
                ("issued_at", models.DateTimeField()),
                ("issued_by_name", models.CharField(max_length=200)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payer_letters",
                        to="consult.case",
                    ),
                ),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.clinic"
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payer_letters",
                        to="people.patient",
                    ),
                ),
            ],
            options={
                "ordering": ["issued_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("payer", ""), _negated=True), name="payer_letters_have_a_payer"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("issued_by_name", ""), _negated=True),
                        name="payer_letters_have_a_writer",
                    ),
                ],
            },
        ),
    ]
