from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "laihua.portal"
    label = "portal"
