"""Content Credentials (C2PA 2.2): a signed account of where a picture comes from, where a certificate is configured.

The library that signs and checks them is the optional extra `c2pa`.
"""

import json
import stat
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Literal

from app.errors import BadInputError
from app.parse.clips import carrier

State = Literal["none", "valid", "trusted", "broken", "not checked"]
"""`trusted`: the signer stands on a list of trust; `valid`: intact, by a signer whom nobody vouches for here."""

PARENT = "parent"

PRIVATE = {
    "builder": {"thumbnail": {"enabled": False}},
    "verify": {"remote_manifest_fetch": False, "ocsp_fetch": False},
}
"""Nobody is asked over the network, and nobody gets to see a reference who was not given it."""

INSTALL = "Install it: pip install 'printlight[c2pa]'."


@dataclass(frozen=True)
class Ingredient:
    """A picture that went into another: a reference, or the one that was changed."""

    title: str
    media_type: str
    sha256: str
    content: bytes = field(repr=False)
    parent: bool = False

    def bare(self) -> "Ingredient":
        """Return it without Content Credentials of its own, which may tell its prompt."""
        return replace(self, content=carrier(self.content).unsealed().joined())

    def told(self) -> dict[str, str]:
        """Return what the Content Credentials say of it: known again by its hash."""
        return {
            "title": self.title,
            "relationship": "parentOf" if self.parent else "inputTo",
            "label": PARENT if self.parent else self.title,
            "instance_id": f"urn:sha256:{self.sha256}",
        }


@dataclass(frozen=True)
class Seal:
    """A certificate's chain and its key, with which copies are signed."""

    certificate: str = field(repr=False)
    algorithm: str
    key: str = field(repr=False)
    clock_url: str = ""

    def sign(
        self, picture: bytes, media_type: str, title: str, source_type: str, ingredients: Sequence[Ingredient] = ()
    ) -> bytes:
        """Return a copy with its Content Credentials; no small picture of it or of an ingredient goes into them.

        Where an ingredient is the parent, which has Content Credentials of its own, they go on from there; else the
        picture begins here. Raises BadInputError for a certificate that will not do.
        """
        from c2pa import Builder, C2paError, C2paSignerInfo, Context, Settings, Signer  # noqa: PLC0415  an optional extra

        out = BytesIO()
        told = _manifest(title, source_type, media_type, parent=any(one.parent for one in ingredients))
        info = C2paSignerInfo(self.algorithm, self.certificate.encode(), self.key.encode(), self.clock_url or None)
        try:
            with Signer.from_info(info) as signer, Context(Settings.from_dict(PRIVATE)) as context:
                builder = Builder(told, context)
                for one in ingredients:
                    builder.add_ingredient(one.told(), one.media_type, BytesIO(one.content))
                builder.sign(signer, media_type, BytesIO(picture), out)
        except C2paError as error:
            hint = "Check PRINTLIGHT_C2PA_CERT: the whole chain, the signing certificate first, and its key."
            raise BadInputError(f"The Content Credentials cannot be signed: {error}.", hint=hint) from None
        return out.getvalue()


def seal(certificate: Path, key: Path, clock_url: str = "") -> Seal:
    """Return what signs with a certificate and its key, both PEM.

    Raises BadInputError where one cannot be read, others can read the key, or the extra is missing.
    """
    if find_spec("c2pa") is None:
        raise BadInputError("A certificate is set, and c2pa-python is not installed.", hint=INSTALL)
    if key.is_file() and key.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise BadInputError(f"{key} can be read by others.", hint=f"Run: chmod 600 {key}")
    private = _read(key, "PRINTLIGHT_C2PA_KEY")
    return Seal(_read(certificate, "PRINTLIGHT_C2PA_CERT"), _algorithm(private, key), private, clock_url)


def state_of(picture: bytes, media_type: str) -> tuple[State, str]:
    """Return whether the Content Credentials of a picture hold, and who signed them."""
    if not carrier(picture).sealed():
        return "none", ""
    if find_spec("c2pa") is None:
        return "not checked", ""
    from c2pa import C2paError, Context, Reader, Settings  # noqa: PLC0415  an optional extra

    try:
        with (
            Context(Settings.from_dict(PRIVATE)) as context,
            Reader(media_type, BytesIO(picture), None, context) as read,
        ):
            manifest = read.get_active_manifest() or {}
            state = str(read.get_validation_state()).casefold()
    except C2paError:
        return "broken", ""
    signer = manifest.get("signature_info", {})
    name = str(signer.get("common_name") or signer.get("issuer") or "")
    return {"trusted": "trusted", "valid": "valid"}.get(state, "broken"), name  # type: ignore[return-value]


def _manifest(title: str, source_type: str, media_type: str, *, parent: bool) -> str:
    action: dict[str, object] = {"action": "c2pa.created", "digitalSourceType": source_type}
    if parent:
        action = {"action": "c2pa.opened", "parameters": {"ingredientIds": [PARENT]}}
    return json.dumps(
        {
            "claim_generator_info": [{"name": "Printlight"}],
            "title": title,
            "format": media_type,
            "assertions": [
                {"label": "c2pa.actions.v2", "data": {"actions": [{**action, "softwareAgent": {"name": "Printlight"}}]}}
            ],
        }
    )


def _read(path: Path, variable: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no PEM"
        raise BadInputError(f"{path} cannot be read: {reason}.", hint=f"{variable} names a PEM file.") from None


def _algorithm(private: str, path: Path) -> str:
    """Return the algorithm that a key signs with, by C2PA's names."""
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa  # noqa: PLC0415  comes with the extra
    from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415  as above

    try:
        key = load_pem_private_key(private.encode(), password=None)
    except (ValueError, TypeError):
        hint = "It holds a private key as PEM, without a password."
        raise BadInputError(f"{path} holds no key that can be used.", hint=hint) from None
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return {256: "es256", 384: "es384"}.get(key.curve.key_size, "es512")
    if isinstance(key, rsa.RSAPrivateKey):
        return "ps256"
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return "ed25519"
    raise BadInputError(f"{path} holds a key of a kind that C2PA does not take.", hint="Take ECDSA, Ed25519 or RSA.")
