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
    dependencies = [("plan", "0004_lowered")]

    operations = [
        migrations.AlterField("planpoint", "view", models.CharField(choices=VIEWS, max_length=10)),
    ]
