from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "laihua.portal.public"
    label = "public"
