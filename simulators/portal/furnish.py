"""Tables of the simulator, and the hall as a client of its OpenID Connect provider."""

from pathlib import Path


def furnish() -> None:
    from allauth.idp.oidc.models import Client
    from django.conf import settings
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    client, _ = Client.objects.get_or_create(id=settings.CLIENT_ID, defaults={"name": "来华 Laihua"})
    client.skip_consent = True
    client.set_scopes(["openid", "profile"])
    client.set_redirect_uris([f"{settings.HALL}/portals/one_network/back/"])
    client.set_secret(settings.CLIENT_SECRET)
    client.save()


def definitions(portal: str, data: Path) -> str:
    """The file LAIHUA_PORTALS for a hall in front of this simulator, which stands at the address `portal`."""
    from simulators.portal import keys

    return f"""# Written by `laihua demo`: the portal simulator. Real portals are described in docs/how-to/portals.md.
- id: one_network
  title: {{zh: 一网通办, en: One-network portal}}
  protocol: oidc
  address: {portal}
  client_id: laihua
  client_secret: {keys.secret(data / "client_secret")}
  system: work_system
  lands: unit
- id: talent_platform
  title: {{zh: 人社部政务服务平台, en: Ministry service platform}}
  protocol: cas3
  address: {portal}/cas
  system: expert_projects
  lands: account
"""
