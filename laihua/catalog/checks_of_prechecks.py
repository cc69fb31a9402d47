"""What a service asks pre-review to look at is there: kinds of documents, what they carry, and materials."""

from laihua.catalog import documents
from laihua.catalog.definitions import MaterialSlot, Service
from laihua.catalog.yaml_nodes import Reading
from laihua.prechecks.kind import kinds


def check(service: Service, reading: Reading) -> None:
    slots, read = service.slots(), kinds()
    for slot in slots.values():
        _check_slot(slot, reading)
    for named in reading.references:
        if named.kind == "kind":
            if named.name not in read and named.name not in documents.kinds():
                reading.faults.unknown(named.line, "kind of document", named.name, {*read, *documents.kinds()})
        elif named.kind == "carried":
            key, _, carried = named.name.partition(".")
            if key not in slots:
                reading.faults.unknown(named.line, "material", key, slots)
            elif slots[key].reads not in read:
                reading.faults.add(named.line, f"no document is read for material “{key}”.",
                                   f"Give it one that is: reads: {', '.join(sorted(read))}.")
            elif read[slots[key].reads].carried(carried) is None:
                reading.faults.unknown(named.line, f"key of {slots[key].reads}", carried, [c.key for c in read[slots[key].reads].carries])


def _check_slot(slot: MaterialSlot, reading: Reading) -> None:
    line = reading.lines.get(("material", slot.key), 1)
    if slot.certified and slot.reads not in kinds():
        reading.faults.add(line, f"material “{slot.key}” is certified, but no document is read for it.", "Say which: reads: degree.")
    if slot.expects and slot.accept == "photo":
        reading.faults.add(line, f"material “{slot.key}” expects something of a photograph.", "Remove expects.")
    if any(agreed.slot == slot.key for agreed in slot.agrees):
        reading.faults.add(line, f"material “{slot.key}” agrees with itself.", "Name another one.")
