from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consult", "0003_consent_diagnosis")]

    operations = [
        migrations.AddField(
            "overridereason", "sentence", models.TextField(blank=True, default=""), preserve_default=False
        ),
    ]
