"""What a service asks pre-review to look at is there: kinds of documents, what they carry, and materials."""

from laihua.catalog.definitions import MaterialSlot, Service
from laihua.catalog.yaml_nodes import Reading
from laihua.prechecks.kind import kinds


def check(service: Service, reading: Reading) -> None:
    slots, read = service.slots(), kinds()
    for slot in slots.values():
        _check_slot(slot, reading)
    for named in reading.references:
        if named.kind == "carried":
            key, _, carried = named.name.partition(".")
            if key not in slots:
                reading.faults.unknown(named.line, "material", key, slots)
            elif not slots[key].reads:
                reading.faults.add(named.line, f"no document is read for material “{key}”.",
                                   f"Give it one that is: reads: {', '.join(sorted(read))}.")
            elif slots[key].reads in read and read[slots[key].reads].carried(carried) is None:
                reading.faults.unknown(named.line, f"key of {slots[key].reads}", carried, [c.key for c in read[slots[key].reads].carries])


def _check_slot(slot: MaterialSlot, reading: Reading) -> None:
    line = reading.lines.get(("material", slot.key), 1)
    if (slot.certified and not slot.reads) or (slot.expects and not (slot.reads or slot.form)):
        reading.faults.add(line, f"material “{slot.key}” expects something of a document that is not read.", "Say which: reads: degree.")
    if any(agreed.slot == slot.key for agreed in slot.agrees):
        reading.faults.add(line, f"material “{slot.key}” agrees with itself.", "Name another one.")
