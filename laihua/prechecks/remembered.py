"""Pages and documents as JSON and back: what is kept of a reading, between its pages and after it.

Places keep five digits (0.003 mm of A4), ends of characters four, sureness and scores three.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from laihua.kernel.texts import Text
from laihua.prechecks.document import Document, KindSeen, Page
from laihua.prechecks.kind import Found
from laihua.prechecks.words import Box, Leaf, Line, Reading

Json = dict[str, Any]


# A reading that is not finished: its pages with all their words

def reading_to_json(reading: Reading) -> Json:
    return {"pages": reading.pages, "codes": list(reading.codes), "leaves": [leaf_to_json(leaf) for leaf in reading.leaves]}


def reading_of(data: Mapping[str, Any]) -> Reading:
    return Reading(data["pages"], tuple(leaf_of(leaf) for leaf in data["leaves"]), tuple(data["codes"]))


def leaf_to_json(leaf: Leaf) -> Json:
    return {
        "number": leaf.number, "aspect": round(leaf.aspect, 5), "by": leaf.by, "turned": leaf.turned, "skew": round(leaf.skew, 3),
        "lines": [[line.text, place(line.box), round(line.sure, 3), [round(end, 4) for end in line.ends]] for line in leaf.lines],
        "seals": places(leaf.seals), "signatures": places(leaf.signatures),
    }


def leaf_of(data: Mapping[str, Any]) -> Leaf:
    return Leaf(
        data["number"], data["aspect"],
        tuple(Line(text, Box(*box), sure, tuple(ends)) for text, box, sure, ends in data["lines"]),
        data["by"], data["turned"], data["skew"], boxes(data["seals"]), boxes(data["signatures"]),
    )


# A document as it is remembered

def document_to_json(document: Document) -> Json:
    return {
        "pages": document.pages, "codes": list(document.codes),
        "seen": [[kind.id, round(kind.score, 3), list(kind.pages)] for kind in document.seen],
        "fields": {
            id: {key: [found_to_json(one) for one in found] for key, found in carried.items()}
            for id, carried in document.fields.items()
        },
        "leaves": [page_to_json(page) for page in document.leaves],
    }


def document_of(data: Mapping[str, Any]) -> Document:
    return Document(
        data["pages"],
        tuple(KindSeen(id, score, tuple(pages)) for id, score, pages in data["seen"]),
        {
            id: {key: tuple(found_of(one) for one in found) for key, found in carried.items()}
            for id, carried in data["fields"].items()
        },
        tuple(page_of(page) for page in data["leaves"]), tuple(data["codes"]),
    )


def found_to_json(found: Found) -> Json:
    kept: Json = {"value": found.value, "page": found.page, "box": place(found.box), "sure": round(found.sure, 3)}
    if found.text != found.value:
        kept["text"] = found.text
    if found.source != "printed":
        kept["source"] = found.source
    if found.doubt is not None:
        kept["doubt"] = found.doubt.as_data()
    return kept


def found_of(data: Mapping[str, Any]) -> Found:
    doubt = data.get("doubt")
    return Found(
        data["value"], data.get("text", data["value"]), data["page"], Box(*data["box"]), data["sure"],
        data.get("source", "printed"), Text.of(doubt) if doubt else None,
    )


def page_to_json(page: Page) -> Json:
    return {
        "number": page.number, "by": page.by, "words": page.words, "sure": round(page.sure, 3), "turned": page.turned,
        "seals": places(page.seals), "signatures": places(page.signatures),
        "numbered": list(page.numbered) if page.numbered else None, "chinese": round(page.chinese, 3),
        **({"certified": True} if page.certified else {}),
    }


def page_of(data: Mapping[str, Any]) -> Page:
    numbered = data["numbered"]
    return Page(
        data["number"], data["by"], data["words"], data["sure"], data["turned"], boxes(data["seals"]),
        boxes(data["signatures"]), (numbered[0], numbered[1]) if numbered else None, data.get("chinese", 0.0),
        data.get("certified", False),
    )


def place(box: Box) -> list[float]:
    return [round(share, 5) for share in (box.left, box.top, box.right, box.bottom)]


def places(marked: Sequence[Box]) -> list[list[float]]:
    return [place(box) for box in marked]


def boxes(data: Sequence[Sequence[float]]) -> tuple[Box, ...]:
    return tuple(Box(*box) for box in data)
