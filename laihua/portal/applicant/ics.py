"""All-day events as RFC 5545 writes them. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

OCTETS = 75


@dataclass(frozen=True, slots=True)
class Event:
    """`uid` stays the same as long as it is the same event, so that a calendar moves it and does not double it."""

    uid: str
    day: date
    summary: str
    description: str = ""
    url: str = ""


def calendar(name: str, events: Iterable[Event], at: datetime) -> bytes:
    return "".join(f"{folded}\r\n" for line in lines(name, events, at) for folded in fold(line)).encode()


def lines(name: str, events: Iterable[Event], at: datetime) -> Iterator[str]:
    stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Laihua//Roster//ZH", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
                f"X-WR-CALNAME:{escape(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT12H")
    for event in events:
        yield from ("BEGIN:VEVENT", f"UID:{event.uid}", f"DTSTAMP:{stamp}", f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}",
                    f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}", f"SUMMARY:{escape(event.summary)}", "TRANSP:TRANSPARENT")
        if event.description:
            yield f"DESCRIPTION:{escape(event.description)}"
        if event.url:
            yield f"URL:{event.url}"
        yield "END:VEVENT"
    yield "END:VCALENDAR"


def escape(text: str) -> str:
    """3.3.11: backslash, semicolon, comma and line break."""
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n")):
        text = text.replace(plain, written)
    return text


def fold(line: str) -> Iterator[str]:
    """3.1: at most 75 octets to a line, never in the middle of a character; what goes on begins with a space."""
    part, size = "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > OCTETS:
            yield part
            part, size = " ", 1
        part, size = part + character, size + octets
    yield part
