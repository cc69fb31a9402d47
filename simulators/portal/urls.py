from django.urls import include, path

from simulators.portal import cas, views

urlpatterns = [
    path("", views.home),
    path("choose/", views.choose, name="account_login"),
    path("leave/", views.leave, name="account_logout"),
    path("cas/login", cas.login),
    path("cas/serviceValidate", cas.validate, {"attributes": False}),
    path("cas/p3/serviceValidate", cas.validate),
    path("", include("allauth.idp.urls")),
]
