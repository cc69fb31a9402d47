from django.apps import AppConfig


class OperatorConfig(AppConfig):
    name = "laihua.portal.operator"
    label = "operator"
