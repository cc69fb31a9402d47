from django.apps import AppConfig


class PrechecksConfig(AppConfig):
    name = "laihua.prechecks"
    label = "prechecks"
    verbose_name = "文件预检"
