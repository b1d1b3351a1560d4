from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plan", "0001_initial")]

    operations = [
        migrations.AddField(
            "planoverride", "sentence", models.TextField(blank=True, default=""), preserve_default=False
        ),
    ]
