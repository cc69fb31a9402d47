from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "laihua.kernel"
    label = "kernel"
