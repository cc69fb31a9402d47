"""What every signed-in request passes: the limits of a session, and who acts."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from laihua.accounts import queries
from laihua.accounts.session_store import SEEN_AT, SIGNED_IN_AT

_NOTED_EVERY = 60


class SessionLimits:
    """Ends a session that was idle for SESSION_IDLE or is older than SESSION_COOKIE_AGE, and sets `request.actor`.

    Runs on the machine's clock, not on the movable one of the demo: turning that one must sign nobody out. The last
    request is noted once a minute, so most requests write nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            self._limit(request)
        request.actor = SimpleLazyObject(lambda: queries.actor_of(request))  # type: ignore[attr-defined]
        return self.get_response(request)

    def _limit(self, request: HttpRequest) -> None:
        session, now = request.session, int(time.time())
        if "_auth_user_id" not in session:
            return
        seen, begun = session.get(SEEN_AT, now), session.get(SIGNED_IN_AT, now)
        if now - seen > settings.SESSION_IDLE or now - begun > settings.SESSION_COOKIE_AGE:
            logout(request)
        elif SIGNED_IN_AT not in session or now - seen >= _NOTED_EVERY:
            session[SIGNED_IN_AT], session[SEEN_AT] = begun, now
