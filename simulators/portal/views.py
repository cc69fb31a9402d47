"""The portal's own pages: who are you, and where do you want to go."""

from django.conf import settings
from django.contrib.auth import get_user_model, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from simulators.portal.people import people


def home(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/home.html", {"hall": settings.HALL, "person": people().get(request.user.get_username())})


def choose(request: HttpRequest) -> HttpResponse:
    target = request.POST.get("next") or request.GET.get("next") or "/"
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}):
        target = "/"
    if request.method == "POST":
        if request.POST.get("user_id") not in people():
            return HttpResponseBadRequest("Nobody of that name.")
        user, _ = get_user_model().objects.get_or_create(username=request.POST["user_id"])
        login(request, user, backend="django.contrib.auth.backends.ModelBackend")
        return HttpResponseRedirect(target)
    return render(request, "portal/choose.html", {"people": people().values(), "next": target})


def leave(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("/")
