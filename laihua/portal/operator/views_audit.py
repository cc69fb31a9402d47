"""The audit trail, to be read and checked; nothing here writes."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_GET

from laihua.kernel import queries
from laihua.portal.access import allow

PAGE = 50


@allow("operator", "auditor")
@require_GET
def audit(request: HttpRequest) -> HttpResponse:
    wanted = {name: request.GET.get(name, "").strip()[:120] for name in ("subject", "actor", "action")}
    before = request.GET.get("before", "")
    rows = queries.audit_entries(**wanted, before=int(before) if before.isdecimal() and len(before) < 19 else None,
                                 limit=PAGE + 1)
    shown = rows[:PAGE]
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in wanted.items() if value})
    first = f"?{query.urlencode()}"
    if len(rows) > PAGE:
        query["before"] = str(shown[-1].id)
    return render(request, "operator/audit.html", {
        "rows": shown, "wanted": wanted, "filtered": any(wanted.values()), "seal": queries.newest_seal(),
        "next": f"?{query.urlencode()}" if len(rows) > PAGE else "", "first": first if before else "",
    })


@allow("operator", "auditor")
@require_GET
def verify(request: HttpRequest) -> HttpResponse:
    """Reads the whole trail, which takes a while when it is long; so it is asked for and not part of the list."""
    return render(request, "operator/audit_verify.html", {"result": queries.verify()})
