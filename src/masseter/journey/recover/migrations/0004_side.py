from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("recover", "0003_felt_marks")]

    operations = [
        migrations.AddField(
            model_name="adverseevent",
            name="side",
            field=models.CharField(
                choices=[
                    ("left", "Left"),
                    ("right", "Right"),
                    ("both", "Both or middle"),
                    ("unknown", "Not known"),
                ],
                default="unknown",
                max_length=10,
            ),
        ),
    ]
