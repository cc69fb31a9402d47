from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "laihua.notifications"
    label = "notifications"
