"""Whose an address is: this machine's, one's own network's, or the open internet's; and which may be asked.

An address that a service names is resolved before it is asked, so that no name leads into somebody's own network.
"""

import asyncio
import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.request import getproxies, proxy_bypass

import httpx

from app.errors import UnreachableError

GLOBAL_V6 = IPv6Network("2000::/3")
SIX_TO_FOUR = IPv6Network("2002::/16")
NAT64 = IPv6Network("64:ff9b::/96")

NEARBY = (".local", ".lan", ".home.arpa", ".internal")
"""How the names of one's own network end."""


def is_local(url: str) -> bool:
    """Tell whether a URL names this machine."""
    try:
        host = httpx.URL(url).host
    except httpx.InvalidURL:
        return False
    return host == "localhost" or _is_loopback(host)


def is_near(url: str) -> bool:
    """Tell whether a URL names this machine or one in its own network, where nobody charges and nobody listens in."""
    try:
        host = httpx.URL(url).host
    except httpx.InvalidURL:
        return False
    if _is_address(host):
        return not is_public(host)
    # A name that begins with a digit may be an address in disguise: 134744072 is 8.8.8.8.
    named = host[:1].isalpha() and all(sign.isalnum() or sign in ".-_" for sign in host)
    return named and ("." not in host or host.endswith(NEARBY))


def is_public(address: str) -> bool:
    """Tell whether an address is somewhere in the open internet."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        inner = _inside(ip)
        if inner is None:
            return ip in GLOBAL_V6 and ip not in SIX_TO_FOUR and ip.is_global and not ip.is_multicast
        ip = inner
    return ip.is_global and not ip.is_multicast


def objection(url: str, addresses: Iterable[str], *, may_be_local: bool = False) -> str:
    """Say why a picture must not be fetched from a URL whose host has these addresses; nothing when it may.

    `may_be_local` lets plain http on this machine pass, for a service that itself runs here.
    """
    parts = httpx.URL(url)
    found = tuple(addresses)
    if parts.userinfo:
        return "it carries a login"
    if may_be_local and parts.scheme == "http" and found and all(map(_is_loopback, found)):
        return ""
    if parts.scheme != "https":
        return "it is not https"
    if private := [one for one in found if not is_public(one)]:
        return f"{private[0]} is not a public address"
    return ""


async def forbidden(url: str, service: str, *, may_be_local: bool = False) -> str:
    """Say why an address that a service named must not be asked, once its name was looked up; nothing when it may.

    One that a name changes to later must still show a certificate. Raises UnreachableError for a name that has none.
    """
    parts = httpx.URL(url)
    addresses = () if _is_proxied(parts) else await _resolve(parts, service)
    return objection(url, addresses, may_be_local=may_be_local)


async def _resolve(url: httpx.URL, service: str) -> tuple[str, ...]:
    port = url.port or (443 if url.scheme == "https" else 80)
    try:
        found = await asyncio.get_running_loop().getaddrinfo(url.host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnreachableError(f"{service}'s storage has no address here.", hint="Try again in a moment.") from error
    return tuple(str(entry[4][0]) for entry in found)


def _is_proxied(url: httpx.URL) -> bool:
    """Tell whether a proxy does the looking-up, as it must where names resolve only there."""
    if _is_address(url.host) or url.host == "localhost":
        return False
    return bool({url.scheme, "all"} & getproxies().keys()) and not proxy_bypass(url.host)


def _inside(ip: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that an IPv6 address only wraps."""
    return ip.ipv4_mapped or (IPv4Address(int(ip) & 0xFFFFFFFF) if ip in NAT64 else None)


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _is_loopback(host: str) -> bool:
    return _is_address(host) and ip_address(host).is_loopback
