"""Countries and nationalities, from reference/countries.yaml and reference/nationalities.yaml."""

import re
from functools import cache

from laihua.prechecks.comparing.levels import EQUAL, Likeness, different, near
from laihua.prechecks.comparing.plain import bare, narrow
from laihua.prechecks.comparing.reference import table

NOISE = re.compile(r"(?:^|\b)(?:nationality|citizen of|citizenship|national of|the|国籍|國籍)\b|籍$|公民$|人$|[:()<]")


def read(text: str) -> str:
    """The three letters of ISO 3166 of the country or nationality that a text names, empty where it names none or several."""
    plain = spelled(text)
    if code := words().get(plain):
        return code
    parts = {code for part in re.split(r"[/,;|]|\s-\s|\s{2,}", narrow(text)) if (code := words().get(spelled(part)))}
    if len(parts) == 1:
        return parts.pop()
    return "" if parts else run_together().get(plain.replace(" ", "")) or inside(plain)


def inside(plain: str) -> str:
    """What a longer text names: its longest names count, so that 尼日利亚 is not 尼日尔 and South Korea is not Korea."""
    found: dict[str, str] = {}
    taken = plain
    for word in longest_first():
        if len(word) >= (2 if re.search(r"[一-鿿]", word) else 4) and word in taken:
            bounded = re.search(rf"(?<![^\W\d一-鿿]){re.escape(word)}(?![^\W\d一-鿿])", taken)
            if bounded:
                found[words()[word]] = word
                taken = taken.replace(word, " ")
    return next(iter(found)) if len(found) == 1 else ""


def spelled(text: str) -> str:
    return " ".join(NOISE.sub(" ", bare(narrow(text)).replace("&", "and")).replace(" ,", ",").split()).strip(" .,-")


@cache
def words() -> dict[str, str]:
    """Every word for a country, with its three letters."""
    found: dict[str, str] = {}
    for entry in table("countries")["entries"]:
        for word in (entry["code"], entry["zh"], entry["en"], *short(entry["en"]), *short(entry["zh"])):
            found.setdefault(spelled(word), entry["code"])
    for code, named in table("nationalities").items():
        for word in named.split(","):
            found.setdefault(spelled(word.strip(' "')), code)
    return found


@cache
def run_together() -> dict[str, str]:
    """The words whose blanks reading may have lost."""
    return {word.replace(" ", ""): code for word, code in words().items() if " " in word}


@cache
def longest_first() -> tuple[str, ...]:
    return tuple(sorted(words(), key=len, reverse=True))


def short(name: str) -> list[str]:
    """“Korea (Republic of)” and “Hong Kong, China” without what stands behind."""
    first = re.split(r"\s*[(（,]", name)[0]
    return [first] if first != name and first not in {"Korea", "Congo", "刚果"} else []


REGIONS = {"HKG", "MAC", "TWN", "CHN"}


def likeness(given: str, read_value: str) -> Likeness:
    if given == read_value:
        return EQUAL
    if {given, read_value} <= REGIONS:
        return near("一处写国籍，一处写地区", "One names the country, the other the region")
    return different("国家或地区不同", "The countries differ")
