from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "laihua.catalog"
    label = "catalog"
