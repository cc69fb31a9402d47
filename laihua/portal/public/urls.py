"""What anyone may see."""

from django.urls import path

from laihua.portal import views as portal_views
from laihua.portal.public import simulators, views

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("services/<str:service_id>/", views.service, name="service"),
    path("services/<str:service_id>/samples/<slug:slot>/", views.sample, name="sample"),
    path("simulators/<str:service_id>/", simulators.simulator, name="simulator"),
    path("help/", views.help_page, name="help"),
    path("about/<slug:name>/", views.page, name="page"),
    path("language/", portal_views.choose_language, name="language"),
    path("components/", portal_views.components, name="components"),
    path("health/", views.health, name="health"),
]
