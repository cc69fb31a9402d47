from django.apps import AppConfig


class OfficerConfig(AppConfig):
    name = "laihua.portal.officer"
    label = "officer"
