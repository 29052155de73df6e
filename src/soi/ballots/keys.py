"""Khóa hòm phiếu: a key pair for each secret ballot; any two tellers open it together, none alone.

The private key is split for each pair of tellers into two halves that are random by themselves; each half is
sealed under the passphrase of its teller. In the clear it lives in memory only, at the opening and at the count.
Nothing here is home-made: libsodium's sealed boxes, secret boxes and Argon2id.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

import nacl.utils
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.pwhash import argon2id
from nacl.secret import SecretBox

from soi.base.text import squash

# Passes and bytes of Argon2id. Kept with each salt: a later change of the cost closes no box.
COST = (argon2id.OPSLIMIT_SENSITIVE, argon2id.MEMLIMIT_INTERACTIVE)
SHORTEST = 12
_COST = struct.Struct(">II")


class WrongPassphrase(Exception):  # noqa: N818  (an answer to a person, not a fault of the program)
    """Mật khẩu không mở được phần khóa của người này."""

    def __init__(self, teller: int) -> None:
        super().__init__(teller)
        self.teller = teller


@dataclass(frozen=True, slots=True)
class Share:
    """Phần khóa của ``teller`` để mở cùng ``other``, sealed."""

    teller: int
    other: int
    salt: bytes
    sealed: bytes


def new_pair() -> tuple[str, bytes]:
    """Cặp khóa mới: the public half in hex, the private half as bytes."""
    private = PrivateKey.generate()
    return bytes(private.public_key).hex(), bytes(private)


def split(private: bytes, passphrases: Mapping[int, str]) -> list[Share]:
    """Chia khóa cho từng cặp người kiểm phiếu."""
    salts = {
        teller: _COST.pack(*COST) + nacl.utils.random(argon2id.SALTBYTES) for teller in sorted(passphrases)
    }
    boxes = {teller: _box(passphrases[teller], salt) for teller, salt in salts.items()}
    shares = []
    for one, two in combinations(salts, 2):
        half = nacl.utils.random(len(private))
        for teller, other, part in ((one, two, half), (two, one, _xor(private, half))):
            shares.append(Share(teller, other, salts[teller], bytes(boxes[teller].encrypt(part))))
    return shares


def join(shares: Iterable[Share], passphrases: Mapping[int, str]) -> bytes:
    """Ghép khóa của hai người. Raises WrongPassphrase naming the teller whose half stays shut."""
    one, two = sorted(passphrases)
    halves = {(share.teller, share.other): share for share in shares}
    parts = [
        _unsealed(halves[teller, other], passphrases[teller]) for teller, other in ((one, two), (two, one))
    ]
    return _xor(*parts)


def _unsealed(share: Share, passphrase: str) -> bytes:
    try:
        return _box(passphrase, share.salt).decrypt(share.sealed)
    except CryptoError as error:
        raise WrongPassphrase(share.teller) from error


def _box(passphrase: str, salt: bytes) -> SecretBox:
    passes, memory = _COST.unpack(salt[: _COST.size])
    words = squash(passphrase).encode()
    key = argon2id.kdf(SecretBox.KEY_SIZE, words, salt[_COST.size :], opslimit=passes, memlimit=memory)
    return SecretBox(key)


def _xor(one: bytes, two: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, two, strict=True))


def seal(public: str, contents: Iterable[bytes]) -> list[bytes]:
    """Niêm phong: each by itself, so that nothing says which belong together."""
    box = SealedBox(PublicKey(bytes.fromhex(public)))
    return [box.encrypt(content) for content in contents]


def unseal(private: bytes, sealed: Iterable[bytes]) -> list[bytes]:
    """Mở niêm phong. Raises ValueError for one that was not sealed to this key."""
    box = SealedBox(PrivateKey(private))
    try:
        return [box.decrypt(bytes(one)) for one in sealed]
    except CryptoError as error:
        raise ValueError("an item was not sealed to this key") from error


def fits(public: str, private: bytes) -> bool:
    """Đúng cặp: the joined key is the one whose public half was frozen."""
    return bytes(PrivateKey(private).public_key).hex() == public
