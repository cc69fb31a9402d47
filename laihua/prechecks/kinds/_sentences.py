"""What a sentence in Chinese says of a person, where no label stands: 英国国籍，1990年3月14日出生，护照号码…，获准在…工作."""

import re
from collections.abc import Mapping

from laihua.prechecks.kinds import _identity as identity
from laihua.prechecks.layout import within
from laihua.prechecks.words import Leaf

HAN = "\u3400-\u9fff"
DAY = r"\d{4}\s*(?:年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|[-./]\s*\d{1,2}\s*[-./]\s*\d{1,2})"
SAID = r"\s*(?:为|是|系|：|:)?\s*"
STOP = r"\s*(?=[，,。；;、）)\n\t]|$)"
PATTERNS: Mapping[str, tuple[re.Pattern[str], ...]] = {
    "birth_date": (re.compile(rf"(?P<said>{DAY})\s*(?:出生(?!地|医)|生{STOP})"), re.compile(rf"(?:出生|生)于\s*(?P<said>{DAY})")),
    "nationality": (
        re.compile(rf"(?:^|[，,。；;、（(\s])(?P<said>[{HAN}]{{2,14}}?)\s*(?:国籍|公民|籍){STOP}", re.MULTILINE),
        re.compile(rf"国籍{SAID}(?P<said>[{HAN}]{{2,14}}){STOP}"),
    ),
    "sex": (re.compile(rf"[，,；;、（(]\s*(?:性别{SAID})?(?P<said>[男女])性?{STOP}"),),
    "passport_number": (re.compile(rf"护照(?:号码|号|编号)?{SAID}(?P<said>[A-Z0-9]{{6,12}})(?![A-Z0-9])"),),
    "employer": (re.compile(r"(?:获准|准予|受聘|受雇|同意其?)?[在于]\s*(?P<said>[^，,。；;\n\t]{4,50}?)\s*(?:工作|任职|就职|就业)"),),
    "position": (re.compile(rf"(?:职务|岗位|职位){SAID}(?P<said>[^，,。；;\n\t]{{2,30}}?){STOP}"),
                 re.compile(rf"担任\s*(?P<said>[^，,。；;\n\t]{{2,30}}?)\s*(?:一职|职务)?{STOP}")),
}


def completed(page: identity.Page, leaf: Leaf, readers: Mapping[str, identity.Reader]) -> identity.Page:
    """The page with what its labels do not say and its sentences do."""
    said = {
        key: identity.values(
            (cell for pattern in PATTERNS[key] for passage in within(leaf, pattern) if (cell := passage.cell("said"))), read)
        for key, read in readers.items() if not page.get(key)
    }
    return page | {key: some for key, some in said.items() if some}
