"""Rules in mod_rewrite: the ``.htaccess`` of a site, and the one that w3id.org is given.

Variables of the environment hold what is known so far: ``ASKED`` what is asked for, ``STEM`` the
path of the thing's documents without suffix, ``PAGE`` that of its page, ``PART`` where in it,
``BEST`` the winner so far.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from milia_onto.linked.answer import MEDIA_TYPE
from milia_onto.linked.hosts import accept, parts
from milia_onto.linked.hosts.parts import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from milia_onto.linked.hosts.accept import Candidate
    from milia_onto.linked.table import Variant


def rule(*flags: str, where: str = "^", to: str = "-") -> str:
    """A rule that changes no address, but for its flags."""
    return f"RewriteRule {quoted(where)} {quoted(to)} [{','.join(flags)}]"


def condition(subject: str, pattern: str, flags: str = "") -> str:
    """A condition of the rule that follows."""
    # mod_rewrite knows no escape for the quotes around its arguments.
    plain = pattern.replace('"', r"\x22")
    return f"RewriteCond {quoted(subject)} {quoted(plain)}{f' [{flags}]' if flags else ''}"


def asked(found: Sequence[Candidate]) -> Iterator[str]:
    """What is asked for: the query's word beats the header's."""
    yield condition("%{HTTP:Accept}", "^(.*)$")
    yield rule("E=ASKED:%1")
    yield condition("%{QUERY_STRING}", f"(?:^|&){MEDIA_TYPE}=[^&]")
    yield rule("E=ASKED:none/none")
    for candidate in found:
        yield condition(
            "%{QUERY_STRING}",
            f"(?:^|&){MEDIA_TYPE}={accept.in_query(candidate.media_type)}(?:&|$)",
            "NC",
        )
        yield rule(f"E=ASKED:{candidate.media_type}")


def weights(found: Sequence[Candidate]) -> Iterator[str]:
    """The keys of all types and of each family."""
    yield rule("E=ANY:00001")
    yield condition("%{ENV:ASKED}", f"!{accept.WELL_FORMED}", "NC")
    yield rule("E=ANY:10001")
    yield from _key("*/*", "ANY", 1)
    for family in accept.families(found):
        yield rule(f"E={family.upper()}:%{{ENV:ANY}}")
        yield from _key(f"{family}/*", family.upper(), 2)


def _key(media_type: str, variable: str, closeness: int) -> Iterator[str]:
    yield condition("%{ENV:ASKED}", accept.bare(media_type), "NC")
    yield rule(f"E={variable}:1000{closeness}")
    yield condition("%{ENV:ASKED}", accept.weighted(media_type), "NC")
    yield rule("E=RAW:%1%2000", f"E={variable}:")
    # No more than four digits of it, and only where it was set just now.
    yield condition(f"%{{ENV:{variable}}}/%{{ENV:RAW}}", "^/([0-9]{4})")
    yield rule(f"E={variable}:%1{closeness}")


def best(found: Sequence[Candidate], there: Mapping[Variant, Sequence[str]]) -> Iterator[str]:
    """The heaviest type whose form is there, by the conditions that say so."""
    yield rule(f"E=BEST:{accept.NOBODY}")
    for candidate in found:
        yield rule(f"E=KEY:%{{ENV:{candidate.family.upper()}}}")
        yield from _key(candidate.media_type, "KEY", 3)
        yield from there.get(candidate.variant, ())
        suffix = candidate.variant.suffix
        yield condition(f"%{{ENV:BEST}}|%{{ENV:KEY}}={suffix}", accept.BEATS)
        yield rule(f"E=BEST:%{{ENV:KEY}}={suffix}")


def rest_of_query() -> Iterator[str]:
    """The query without the override."""
    yield rule("E=REST:%{QUERY_STRING}")
    yield condition("%{QUERY_STRING}", f"^{MEDIA_TYPE}=[^&]*$")
    yield rule("E=REST:")
    for pattern, groups in parts.REST:
        yield condition("%{QUERY_STRING}", pattern)
        yield rule("E=REST:" + "&".join(f"%{n}" for n in range(1, groups + 1)))


def see_other(base: str) -> Iterator[str]:
    """303 to the winner below ``base``, 406 where nobody won."""
    thing = condition("%{ENV:STEM}", ".")
    yield thing
    yield condition("%{ENV:BEST}", "^0000")
    yield rule("R=406", "L")
    # A question mark must stand in the rule itself: one out of a variable is refused.
    for query, pattern in (("", "^$"), ("?%{ENV:REST}", ".")):
        for winner, target in (
            (r"\.html", "%{ENV:PAGE}.html{}%{ENV:PART}"),
            ("(.*)", "%{ENV:STEM}%1{}"),
        ):
            yield thing
            yield condition("%{ENV:REST}", pattern)
            yield condition("%{ENV:BEST}", f"^[0-9]+={winner}$")
            yield rule("R=303", "NE", "QSD", "L", to=base + target.replace("{}", query))
