# SPDX-FileCopyrightText: Tocsin contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real HTTPS target that does to its senders whatever a broken or malicious one does, and counts the requests."""
import asyncio
import collections
import contextlib
import gzip
import json
import ssl
import threading
import zlib

from target import Target

MIB = 1 << 20
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def sized(body, fields=b"", status=b"200 OK"):
    return b"HTTP/1.1 %s\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n" % (status, fields, len(body)) + body


def plain(text, charset="utf-8"):
    """JSON that is said to be in that encoding."""
    return sized(text).replace(b"application/json", b"application/json; charset=" + charset.encode())


def coded(coding, body):
    return sized(body, b"Content-Encoding: %s\r\n" % coding)


def packed(size, bits):
    """So many zeros, packed: a bomb of a thousandth of the size."""
    work = zlib.compressobj(9, zlib.DEFLATED, bits)
    zeros = bytes(MIB)
    return b"".join(work.compress(zeros) for _ in range(size // MIB)) + work.flush()


def nested_objects(depth):
    return b'{"status":' * depth + b"1" + b"}" * depth


def chains(depth):
    """What `..` finds in them is, written one after the other, hundreds of times as long as they are."""
    one = nested_objects(depth)
    return b"[" + b",".join([one] * (MIB // (len(one) + 1))) + b"]"


def wide_objects():
    """Many small trees, so that every step of `..` has something to walk."""
    one = b'{"a":{"status":{"status":{"status":1}}}}'
    return b"[" + b",".join([one] * (MIB // (len(one) + 1) - 10)) + b"]"


# What is written, then the connection is ended with close_notify.
WRITTEN = {
    "closes": b"",
    "no-reason": b"HTTP/1.1 200\r\nContent-Length: 2\r\n\r\n{}",
    "status-0": b"HTTP/1.1 000 Nothing\r\nContent-Length: 0\r\n\r\n",
    "status-99": b"HTTP/1.1 99 Low\r\nContent-Length: 0\r\n\r\n",
    "status-1000": b"HTTP/1.1 1000 High\r\nContent-Length: 0\r\n\r\n",
    "status-999": b"HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n",
    "switches": b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n",
    "ssh": b"SSH-2.0-OpenSSH_9.2\r\n",
    "icy": b"ICY 200 OK\r\n\r\n",
    "http-2-in-plain": b"HTTP/2 200 OK\r\nContent-Length: 2\r\n\r\n{}",
    "zeros": bytes(5000),
    "fields-1100": OK + b"X-Field: 1\r\n" * 1100 + b"Content-Length: 2\r\n\r\n{}",
    "fields-900": OK + b"X-Field: 1\r\n" * 900 + b"Content-Length: 2\r\n\r\n{}",
    "two-lengths": OK + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ",
    "negative-length": OK + b"Content-Length: -1\r\n\r\n{}",
    "huge-length": OK + b"Content-Length: 99999999999999999999999\r\n\r\n{}",
    "length-of-letters": OK + b"Content-Length: two\r\n\r\n{}",
    "closes-in-body": OK + b"Content-Length: 100\r\n\r\n{}",
    "bad-chunk": OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
    "huge-chunk": OK + b"Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n",
    "cut-chunks": OK + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
    "no-content": b"HTTP/1.1 204 No Content\r\n\r\n{}",
    "redirects": b"HTTP/1.1 302 Found\r\nLocation: /redirects\r\nContent-Length: 0\r\n\r\n",
    "wild-location": b"HTTP/1.1 302 Found\r\nLocation: " + b"\x80%zz\t<>" * 5000 + b"\r\nContent-Length: 0\r\n\r\n",
    "retry-never": sized(b"{}", b"Retry-After: 99999999999999999999\r\n", b"503 Busy"),
    "gzip-bomb": coded(b"gzip", packed(512 * MIB, 31)),
    "deflate-bomb": coded(b"deflate", packed(512 * MIB, 15)),
    "gzip-in-gzip": coded(b"gzip, gzip", gzip.compress(packed(512 * MIB, 31))),
    "gzip-many": coded(b", ".join([b"gzip"] * 500), gzip.compress(b"{}")),
    "gzip-cut": coded(b"gzip", gzip.compress(b'{"a": "' + b"x" * 1000 + b'"}')[:-6]),
    "gzip-wrong-sum": coded(b"gzip", gzip.compress(b"{}")[:-8] + bytes(8)),
    "json-brackets": sized(b"[" * MIB),
    "json-braces": sized(b'{"a":' * (MIB // 5)),
    "json-deep": sized(nested_objects(MIB // 12)),
    "json-chains-100": sized(chains(100)),
    "json-chains-500": sized(chains(500)),
    "json-wide": sized(wide_objects()),
    "json-zeros": sized(b"[" + b"0," * (MIB // 2 - 2) + b"0]"),
    "json-members": sized(b"{" + b",".join(b'"%d":0' % n for n in range(100_000)) + b"}"),
    "json-same-member": sized(b"{" + b",".join([b'"status":0'] * 90_000) + b"}"),
    "json-escapes": sized(b'"' + b"\\u0041" * (MIB // 6 - 1) + b'"'),
    "json-digits": sized(b"9" * (MIB - 1)),
    "lone-surrogates": sized(b'{"status": "' + b"\\ud800" * 1000 + b'"}'),
    "not-utf-8": sized(b'{"status": "\xff\xfe\xc0\x80"}'),
    "utf-16": plain('{"status": 1}'.encode("utf-16"), "utf-16"),
    "unknown-charset": plain(b'{"status": 1}', "x-klingon"),
    "nothing-but-nul": sized(bytes(1000)),
}
JUDGED = "$.data..status"  # by every one that answers; few of the answers have what it looks for


def stream(head, part, pause=0.002):
    """The head, then the part again and again until the peer goes."""
    async def act(_, writer):
        writer.write(head)
        while not writer.is_closing():
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(pause)
    return act


def drip(text, pause=0.2):
    async def act(_, writer):
        for byte in text:
            writer.write(bytes([byte]))
            await asyncio.sleep(pause)
    return act


def stall(head):
    async def act(reader, writer):
        writer.write(head)
        await reader.read()
    return act


def abort(head):
    async def act(_, writer):
        writer.write(head)
        await writer.drain()
        await asyncio.sleep(0.1)
        writer.transport.abort()
    return act


ANSWER = sized(json.dumps({"status": 1}).encode())
ACTED = {
    "silent": stall(b""),
    "aborts": abort(b""),
    "aborts-in-status": abort(ANSWER[:8]),
    "aborts-in-fields": abort(ANSWER[:30]),
    "aborts-in-body": abort(ANSWER[:-3]),
    "drips-the-status": drip(ANSWER),
    "drips-the-fields": stream(OK, b"X-Drip: 1\r\n", 0.1),
    "drips-the-body": stream(OK + b"Content-Length: 100000\r\n\r\n", b" ", 0.05),
    "stalls-in-status": stall(ANSWER[:8]),
    "stalls-in-fields": stall(ANSWER[:30]),
    "stalls-in-body": stall(ANSWER[:-3]),
    "floods-fields": stream(OK, b"X-Flood: 12345678901234567890\r\n" * 500),
    "floods-one-field": stream(OK + b"X-Flood: ", b"12345678901234567890" * 500),
    "floods-the-status": stream(b"HTTP/1.1 200 ", b"OK" * 5000),
    "floods-interim": stream(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 100),
    "floods-the-body": stream(OK + b"\r\n", b"0" * 16384),
    "floods-chunks": stream(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n0\r\n" * 3000),
    "floods-an-extension": stream(OK + b"Transfer-Encoding: chunked\r\n\r\n2;", b"x" * 16384),
    "floods-trailers": stream(OK + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n", b"X-Flood: 1\r\n" * 1000),
    "floods-an-answered-one": stream(ANSWER, b"HTTP/1.1 200 OK\r\n" * 1000),
}



def passing(limit, then):
    """Hands the target's bytes over, handshake and all; after so many of them it stalls, aborts, or goes on byte by byte."""
    async def act(reader, writer, target):
        upstream, to_upstream = await asyncio.open_connection("127.0.0.1", target)

        async def forward():
            while data := await reader.read(4096):
                to_upstream.write(data)

        forwarding = asyncio.create_task(forward())
        left = limit
        try:
            while data := await upstream.read(min(4096, left) if left else 1):
                writer.write(data)
                await writer.drain()
                left = max(0, left - len(data))
                if left:
                    continue
                if then == "aborts":
                    writer.transport.abort()
                    return
                if then == "stalls":
                    await forwarding
                    return
                await asyncio.sleep(0.05)
        finally:
            forwarding.cancel()
            to_upstream.close()
    return act


def before_tls(act):
    async def without_target(reader, writer, _):
        await act(reader, writer)
    return without_target


BELOW_TLS = {
    "accepts-and-is-silent": before_tls(stall(b"")),
    "accepts-and-aborts": before_tls(abort(b"")),
    "speaks-plain-http": before_tls(drip(ANSWER, 0)),
    "speaks-garbage": before_tls(drip(bytes(range(256)), 0)),
    "floods-before-tls": before_tls(stream(b"", b"\x16\x03\x03\x40\x00" + bytes(0x4000))),
    "sends-an-alert": before_tls(drip(b"\x15\x03\x03\x00\x02\x02\x28", 0)),
    **{f"tls-{then}-after-{limit}": passing(limit, then) for then in ("stalls", "aborts", "drips") for limit in (1, 100, 900)},
}


class HostileTarget(Target):
    """A behaviour of WRITTEN and ACTED to each path, one of BELOW_TLS to each port of its own."""

    def __init__(self, folder):
        self.folder = folder
        self.folder.mkdir(parents=True)
        self._issue()
        self.lock = threading.Lock()
        self.requests = collections.Counter()  # by path, without its slash
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(self.folder / "leaf.pem", self.folder / "leaf.key")
        self.ports = {}
        listens = threading.Event()
        threading.Thread(target=lambda: asyncio.run(self._serve(listens)), daemon=True).start()
        listens.wait()

    async def _serve(self, listens):
        server = await asyncio.start_server(self._talk, "127.0.0.1", 0, ssl=self.context, backlog=256)
        self.port = server.sockets[0].getsockname()[1]
        below = []
        for name, act in BELOW_TLS.items():
            below.append(await asyncio.start_server(self._talking_below(act), "127.0.0.1", 0))
            self.ports[name] = below[-1].sockets[0].getsockname()[1]
        listens.set()
        async with contextlib.AsyncExitStack() as stack:
            for one in (server, *below):
                await stack.enter_async_context(one)
            await asyncio.Event().wait()

    def _talking_below(self, act):
        async def talk(reader, writer):
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                await act(reader, writer, self.port)
            writer.close()
        return talk

    async def _talk(self, reader, writer):
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, ssl.SSLError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            length = next(int(line.split(":")[1]) for line in head.split("\r\n") if line.lower().startswith("content-length:"))
            await reader.readexactly(length)
            name = head.split(" ")[1].lstrip("/")
            with self.lock:
                self.requests[name] += 1
            if name in WRITTEN:
                writer.write(WRITTEN[name])
                await writer.drain()
            else:
                await ACTED.get(name, drip(ANSWER, 0))(reader, writer)
        writer.close()

    def url_of(self, name):
        """A host of its own for each, so that none inherits another's connection."""
        return f"https://{name}.targets.localhost:{self.ports.get(name, self.port)}/{name}"
