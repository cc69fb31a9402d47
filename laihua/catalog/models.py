"""Versions of services. A running case keeps the version that it began with, so nothing here is ever changed or removed."""

from uuid import uuid4

from django.db import models
from django.db.models import Q


class ServiceVersion(models.Model):
    """事项版本. All texts of a service's folder and the code lists that it uses; other files by digest."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    service_id = models.CharField("事项", max_length=80)
    sha256 = models.CharField("内容摘要", max_length=64)
    definition = models.JSONField("内容")
    is_current = models.BooleanField("现行", default=True)
    created_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "事项版本"
        constraints = [
            models.UniqueConstraint(fields=["service_id", "sha256"], name="service_version_once"),
            models.UniqueConstraint(fields=["service_id"], condition=Q(is_current=True), name="service_version_current"),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.sha256[:8]}"


class ServiceFile(models.Model):
    """事项附件. Content of samples and pictures, kept once for all versions. Public, so neither encrypted nor tied to a case."""

    sha256 = models.CharField("内容摘要", max_length=64, primary_key=True)
    content = models.BinaryField("内容")

    class Meta:
        verbose_name = "事项附件"
