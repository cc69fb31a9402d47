"""How the hall runs: jobs, messages, and the demo's clock."""

from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from laihua.accounts.queries import actor_of
from laihua.kernel import clock
from laihua.kernel.actions import record
from laihua.kernel.calendar import ZONE
from laihua.kernel.queries import job_counts
from laihua.kernel.texts import Text
from laihua.notifications.queries import backlog
from laihua.portal.access import allow

CLOCK_MOVED = Text("演示时钟已调到{moment}", "The demo clock now shows {moment}")
NO_MOMENT = Text("请填写日期和时间，例如2026-11-20 09:00", "Please enter a date and a time, such as 2026-11-20 09:00")
EARLIEST, LATEST = datetime(2020, 1, 1, tzinfo=ZONE), datetime(2100, 1, 1, tzinfo=ZONE)

STATUSES = {
    "todo": Text("等待", "Waiting"), "doing": Text("进行中", "Running"), "succeeded": Text("已完成", "Done"),
    "failed": Text("失败", "Failed"), "cancelled": Text("已取消", "Cancelled"), "aborted": Text("已中止", "Aborted"),
}


@allow("operator")
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    rows: dict[str, dict[str, int]] = {}
    for job in job_counts():
        rows.setdefault(job.task, dict.fromkeys(STATUSES, 0))[job.status] = job.count
    return render(request, "operator/overview.html", {
        "backlog": backlog(), "statuses": STATUSES.values(), "failed": sum(row["failed"] for row in rows.values()),
        "jobs": [(task, list(row.values())) for task, row in rows.items()],
    })


@allow("operator")
@require_POST
def move_clock(request: HttpRequest) -> HttpResponse:
    """Only in the demo; outside it the address does not exist."""
    if not settings.DEMO:
        raise Http404
    moment = moment_of(request.POST.get("moment", ""))
    if moment is None:
        messages.error(request, str(NO_MOMENT))
    else:
        actor = actor_of(request)
        record(chain="kernel:clock", action="move_clock", actor=(actor and actor.account_id) or "system",
               data={"to": moment.isoformat()}, at=clock.now())
        clock.move_to(moment)
        messages.success(request, str(CLOCK_MOVED.format(moment=f"{moment:%Y-%m-%d %H:%M}")))
    return redirect("operator:overview")


def moment_of(text: str) -> datetime | None:
    """As a browser's date box sends it, or as people write it; in China's time."""
    try:
        moment = datetime.fromisoformat(text.strip()).replace(tzinfo=ZONE)
    except ValueError:
        return None
    return moment if EARLIEST <= moment < LATEST else None
