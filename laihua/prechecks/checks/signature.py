"""签名. Whether something like a signature is seen, where the material asks for one. None seen is a doubt."""

from collections.abc import Iterator, Mapping

from laihua.kernel.texts import Text
from laihua.prechecks.checks._marks import looked_for
from laihua.prechecks.findings import Finding, Given

TITLE = Text("签名", "Signature")
THERE = Text("看到手写签名", "A signature is there")
ABSENT = Text(
    "没有看到手写签名。请确认应签名的各方都已签名；已签名的不用处理",
    "No signature was seen. Please make sure that everybody who has to sign has done so; if so, nothing has to be done")


def check(given: Given, others: Mapping[str, Given]) -> Iterator[Finding]:
    seen = {page.number: page.signatures for page in given.document.leaves}
    yield from looked_for(given, "signature", TITLE, seen, THERE, ABSENT)
