from django.apps import AppConfig


class AccountConfig(AppConfig):
    name = "laihua.portal.account"
    label = "account"
