import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('cases', '0008_counters'),
        ('units', '0002_roster'),
    ]

    operations = [
        migrations.CreateModel(
            name='ServiceFigure',
            fields=[
                ('service', models.CharField(max_length=80, primary_key=True, serialize=False, verbose_name='事项')),
                ('first', models.DateField(verbose_name='起')),
                ('last', models.DateField(verbose_name='止')),
                ('ended', models.PositiveIntegerField(verbose_name='办结件数')),
                ('returned', models.PositiveIntegerField(verbose_name='其中曾退回')),
                ('median', models.FloatField(null=True, verbose_name='用时中位数')),
                ('reasons', models.JSONField(default=list, verbose_name='退回原因')),
                ('counted_at', models.DateTimeField(verbose_name='统计时间')),
            ],
            options={
                'verbose_name': '事项用时',
            },
        ),
        migrations.CreateModel(
            name='UnitCount',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('service', models.CharField(max_length=80, verbose_name='事项')),
                ('what', models.CharField(choices=[('draft', '未提交'), ('pending', '待审'), ('filed', '新报'), ('approved', '立项或准予'), ('refused', '不予'), ('withdrawn', '撤回')], max_length=10)),
                ('month', models.DateField(verbose_name='月份')),
                ('count', models.PositiveIntegerField(verbose_name='件数')),
                ('counted_at', models.DateTimeField(verbose_name='统计时间')),
                ('office', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.organisation')),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='units.unit')),
            ],
            options={
                'verbose_name': '单位办件统计',
                'indexes': [models.Index(fields=['office', 'service', 'what'], name='unit_count_of_office')],
                'constraints': [models.UniqueConstraint(fields=('unit', 'office', 'service', 'what', 'month'), name='unit_count_once')],
            },
        ),
    ]
