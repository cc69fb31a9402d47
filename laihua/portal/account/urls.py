"""Signing in, and what belongs to the person who has signed in. Each module lists its own addresses."""

from django.urls import path

from laihua.portal.account import (
    captchas,
    delegations,
    entry,
    grants,
    inbox,
    me,
    portals,
    privacy,
    recovering,
    registering,
    sessions,
    views,
    ways,
)

app_name = "account"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/totp/", views.second_factor, name="totp"),
    path("sign-in/organisation/", views.choose_organisation, name="choose-organisation"),
    path("sign-out/", views.sign_out, name="sign-out"),
    *(page for part in (
        captchas, registering, recovering, sessions, me, grants, ways, delegations, portals, entry, privacy, inbox
    ) for page in part.urlpatterns),
]
