"""From which place on the internet somebody asks, for the limits that count by it."""

from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

from starlette.requests import HTTPConnection

UNKNOWN: Final = "unknown"
_ONE_HOUSEHOLD: Final = 64  # bits: who has one address of IPv6 has all that begin like it


def place_of_visitor(connection: HTTPConnection) -> str:
    """The address that the connection comes from, or that a trusted proxy names; for IPv6 its network.

    A whole council may sit behind one of them, so nothing that somebody needs may be refused by it alone.
    """
    if connection.client is None:
        return UNKNOWN
    try:
        address = ip_address(connection.client.host.partition("%")[0])
    except ValueError:
        return UNKNOWN
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ip_network((address, _ONE_HOUSEHOLD), strict=False))
