from django.apps import AppConfig


class UnitsConfig(AppConfig):
    name = "laihua.units"
    label = "units"
