from django.apps import AppConfig


class ApplicantConfig(AppConfig):
    name = "laihua.portal.applicant"
    label = "applicant"
