"""From where a request came, as far as it can be believed."""

from collections.abc import Collection
from ipaddress import ip_address, ip_network


def believed(remote: str, forwarded_for: str, trusted: Collection[str]) -> str:
    """The address of the visitor: the last one that a trusted proxy did not add. What a visitor writes is ignored.

    An IPv6 visitor owns a whole /64, which therefore counts as one address.
    """
    chain = [part.strip() for part in forwarded_for.split(",") if part.strip()]
    address = remote
    while chain and _is_trusted(address, trusted):
        address = chain.pop()
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if parsed.version == 6:
        mapped = parsed.ipv4_mapped
        return str(mapped) if mapped else str(ip_network(f"{parsed}/64", strict=False))
    return str(parsed)


def _is_trusted(address: str, trusted: Collection[str]) -> bool:
    try:
        return any(ip_address(address) in ip_network(proxy, strict=False) for proxy in trusted)
    except ValueError:
        return False
