import uuid

import django.db.models.deletion
from django.db import migrations, models

from laihua.kernel.chain import REFUSE_CHANGE, protect


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarYear',
            fields=[
                ('year', models.IntegerField(primary_key=True, serialize=False)),
                ('published', models.BooleanField(verbose_name='已公布')),
                ('source', models.CharField(max_length=200, verbose_name='依据')),
                ('off', models.JSONField(default=list)),
                ('work', models.JSONField(default=list)),
                ('imported_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': '工作日历',
            },
        ),
        migrations.CreateModel(
            name='DailySeal',
            fields=[
                ('number', models.IntegerField(primary_key=True, serialize=False)),
                ('date', models.DateField(unique=True)),
                ('sealed_at', models.DateTimeField()),
                ('heads', models.IntegerField()),
                ('digest', models.BinaryField(max_length=32, verbose_name='链头摘要')),
                ('previous', models.BinaryField(max_length=32, verbose_name='上一封存')),
                ('public_key', models.BinaryField(max_length=32)),
                ('signature', models.BinaryField(max_length=64)),
            ],
            options={
                'verbose_name': '每日封存',
            },
        ),
        migrations.CreateModel(
            name='Series',
            fields=[
                ('name', models.TextField(primary_key=True, serialize=False)),
                ('last', models.BigIntegerField()),
            ],
            options={
                'verbose_name': '编号序列',
            },
        ),
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('chain', models.TextField()),
                ('seq', models.IntegerField()),
                ('previous_hash', models.BinaryField(max_length=32)),
                ('hash', models.BinaryField(max_length=32)),
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('action', models.CharField(max_length=80)),
                ('actor', models.CharField(max_length=80, verbose_name='操作人')),
                ('acting_for', models.CharField(max_length=80, null=True, verbose_name='代表')),
                ('subject', models.CharField(blank=True, max_length=120, verbose_name='对象')),
                ('data', models.JSONField(default=dict)),
            ],
            options={
                'verbose_name': '审计记录',
                'abstract': False,
                'indexes': [models.Index(fields=['subject', 'at'], name='audit_subject'), models.Index(fields=['actor', 'at'], name='audit_actor'), models.Index(fields=['at'], name='audit_at')],
                'constraints': [models.UniqueConstraint(fields=('chain', 'seq'), name='kernel_auditentry_chain')],
            },
        ),
        migrations.CreateModel(
            name='DemoClock',
            fields=[
                ('id', models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('offset', models.DurationField()),
            ],
            options={
                'verbose_name': '演示时钟',
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='democlock_single')],
            },
        ),
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('size', models.BigIntegerField()),
                ('content_type', models.CharField(max_length=100)),
                ('created_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': '文件',
                'constraints': [models.CheckConstraint(condition=models.Q(('size__gte', 0)), name='storedfile_size')],
            },
        ),
        migrations.CreateModel(
            name='SealedHead',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('table', models.CharField(max_length=63)),
                ('chain', models.TextField()),
                ('seq', models.IntegerField()),
                ('hash', models.BinaryField(max_length=32)),
                ('seal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.dailyseal')),
            ],
            options={
                'verbose_name': '封存链头',
                'constraints': [models.UniqueConstraint(fields=('table', 'chain', 'seq'), name='kernel_sealedhead_once')],
            },
        ),
        REFUSE_CHANGE,
        protect("kernel_auditentry"),
        protect("kernel_dailyseal"),
        protect("kernel_sealedhead"),
    ]
