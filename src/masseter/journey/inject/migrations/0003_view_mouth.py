"""The inside of the mouth is a view of the face map."""

from django.db import migrations, models

VIEWS = [
    ("front", "Front"),
    ("left", "Left profile"),
    ("right", "Right profile"),
    ("back", "Back"),
    ("mouth", "Inside the mouth"),
]


class Migration(migrations.Migration):
    dependencies = [("inject", "0002_vial_use_reconstitution")]

    operations = [
        migrations.AlterField("givenpoint", "view", models.CharField(choices=VIEWS, max_length=10)),
    ]
