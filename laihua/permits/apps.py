from django.apps import AppConfig


class PermitsConfig(AppConfig):
    name = "laihua.permits"
    label = "permits"
