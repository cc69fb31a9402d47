from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('permits', '0001_papers'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='issued', name='issued_permit_number_once'),
        migrations.AddConstraint(
            model_name='issued',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'permit'), ('revoked_at', None)), fields=('number',), name='issued_permit_number_in_force'),
        ),
        migrations.AddIndex(
            model_name='issued',
            index=models.Index(condition=models.Q(('kind', 'permit')), fields=['number'], name='issued_of_number'),
        ),
    ]
