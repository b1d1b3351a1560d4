from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plan", "0003_left_out")]

    operations = [
        migrations.AddField("plan", "lowered", models.JSONField(blank=True, default=list)),
        migrations.AddField("plan", "could_lower", models.JSONField(blank=True, default=list)),
    ]
