from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plan", "0002_override_sentence")]

    operations = [migrations.AddField("plan", "left_out", models.JSONField(blank=True, default=list))]
