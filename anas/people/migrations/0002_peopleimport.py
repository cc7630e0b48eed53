import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='PeopleImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file_name', models.CharField(blank=True, max_length=100, verbose_name='file')),
                ('content', models.BinaryField(null=True)),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='sent')),
                ('columns', models.JSONField(default=dict)),
                ('adds_units', models.BooleanField(default=False, verbose_name='Add units that are not there yet')),
                ('retires', models.BooleanField(default=False, verbose_name='Whoever is not in the file has left')),
                ('applied_at', models.DateTimeField(null=True)),
                ('undone_at', models.DateTimeField(null=True)),
                ('counts', models.JSONField(default=dict)),
                ('undo', models.JSONField(default=dict)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sent by')),
                ('unit', models.ForeignKey(help_text='The office whose people are in the file, with everything under it.', on_delete=django.db.models.deletion.CASCADE, related_name='imports', to='people.unit', verbose_name='unit')),
            ],
            options={
                'verbose_name': 'import of people',
                'verbose_name_plural': 'imports of people',
                'ordering': ['-pk'],
            },
        ),
    ]
