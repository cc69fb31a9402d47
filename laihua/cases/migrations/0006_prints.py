import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import laihua.cases.models
import laihua.kernel.fields


class Migration(migrations.Migration):

    dependencies = [
        ("cases", "0005_agency"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Print",
            fields=[
                ("id", models.UUIDField(default=laihua.cases.models.new_id, editable=False, primary_key=True, serialize=False)),
                ("output", models.CharField(max_length=60, verbose_name="表单")),
                ("version", models.PositiveIntegerField(verbose_name="填报版本")),
                ("digest", models.CharField(max_length=16, verbose_name="填报内容校验")),
                ("answers", laihua.kernel.fields.EncryptedJSONField(default=dict, verbose_name="打印时的填报内容")),
                ("printed_at", models.DateTimeField(verbose_name="打印时间")),
                ("case", models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="prints", to="cases.case")),
                ("printed_by", models.ForeignKey(
                    null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={"verbose_name": "打印表单"},
        ),
        migrations.AddField(
            model_name="materialfile",
            name="printed",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.print",
                verbose_name="所扫描的打印表单"),
        ),
        migrations.AddConstraint(
            model_name="print",
            constraint=models.UniqueConstraint(fields=("case", "digest"), name="print_once"),
        ),
    ]
