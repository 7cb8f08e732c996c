# SPDX-FileCopyrightText: Tocsin contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks for secrets in bytes in every form in which they may stand there: escaped, encoded, packed, and these in one another."""
import base64
import html
import re
import urllib.parse
import zlib

NESTED = 3  # how many escapes may lie over one another


def unescape_json(text):
    def character(match):
        return chr(int(match[1], 16))

    plain = re.sub(r"\\u([0-9a-fA-F]{4})", character, text)
    plain = re.sub(r'\\(["\\/])', r"\1", plain)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


VIEWS = (unescape_json, html.unescape, urllib.parse.unquote, urllib.parse.unquote_plus)


def views(text):
    """The text, and what it is to those who undo escapes, in any order."""
    seen = {text}
    fresh = [text]
    for _ in range(NESTED):
        fresh = [view for view in {undo(one) for one in fresh for undo in VIEWS} if view not in seen]
        seen.update(fresh)
    return seen


def encoded(secret):
    """What holds the secret without being an escape of it: base64 at each of its three offsets, hexadecimal."""
    raw = secret.encode()
    for offset in range(3):
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            text = encode(bytes(offset) + raw).decode().rstrip("=")
            # the first and the last character mix with what stands beside the secret
            yield text[-(-offset * 8 // 6) + (1 if offset else 0):-1]
    yield raw.hex()


def unpacked(data):
    """What the database packs (qCompress: a length, then zlib), with what it does not."""
    for start in (0, 4):
        try:
            yield zlib.decompress(data[start:])
        except zlib.error:
            pass
    yield data


def held(data, secrets):
    """Those of the secrets (name to value) that the bytes hold."""
    found = set()
    texts = set()
    for coding in ("utf-8", "utf-16-le", "utf-16-be"):
        texts |= views(data.decode(coding, "replace"))
    folded = [text.lower() for text in texts]
    for name, secret in secrets.items():
        if any(secret in text for text in texts) or any(form in text for form in encoded(secret) for text in texts) \
                or any(secret.encode().hex() in text for text in folded):
            found.add(name)
    return found
