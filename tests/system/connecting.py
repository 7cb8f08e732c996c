# SPDX-FileCopyrightText: Tocsin contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real HTTPS target on asyncio, as uvicorn, hypercorn and aiohttp are, that does with its connections what it is told."""
import asyncio
import json
import ssl
import threading

from target import Target

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"


class ConnectionTarget(Target):
    """`act(connection, number, path)` says what the request with that number on its connection gets: "answer", "abort" (no
    answer, no farewell), "until closed" (a body without a length, ended by close_notify alone). Connections without a
    request for `idle` seconds are ended as asyncio ends them: close_notify, and the socket stays open for the peer's."""

    def __init__(self, folder, act, idle=None):
        self.folder = folder
        self.folder.mkdir(parents=True)
        self._issue()
        self.act, self.idle = act, idle
        self.lock = threading.Lock()
        self.arrivals = []  # (connection, number on it, path, sequence)
        self.connections = 0
        self.ended = 0  # by close_notify; what was sent on them later would be lost
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(self.folder / "leaf.pem", self.folder / "leaf.key")
        listens = threading.Event()
        threading.Thread(target=lambda: asyncio.run(self._serve(listens)), daemon=True).start()
        listens.wait()

    async def _serve(self, listens):
        server = await asyncio.start_server(self._talk, "127.0.0.1", 0, ssl=self.context)
        self.port = server.sockets[0].getsockname()[1]
        listens.set()
        async with server:
            await server.serve_forever()

    async def _talk(self, reader, writer):
        with self.lock:
            connection = self.connections
            self.connections += 1
        number = 0
        try:
            while True:
                head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), self.idle)
                lines = head.decode().split("\r\n")
                length = next(int(line.split(":")[1]) for line in lines if line.lower().startswith("content-length:"))
                body = json.loads(await reader.readexactly(length))
                path = lines[0].split(" ")[1]
                with self.lock:
                    self.arrivals.append((connection, number, path, body["sequence"]))
                does = self.act(connection, number, path)
                number += 1
                if does == "abort":
                    writer.transport.abort()
                    return
                if does == "until closed":
                    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{}")
                    writer.close()
                    return
                writer.write(ANSWER)
        except asyncio.TimeoutError:
            writer.close()
            with self.lock:
                self.ended += 1
        except (asyncio.IncompleteReadError, ConnectionError, ssl.SSLError):
            writer.close()

    def sequences(self, path="/hook"):
        with self.lock:
            return [arrival[3] for arrival in self.arrivals if arrival[2] == path]

    def url_of(self, path):
        return f"https://localhost:{self.port}{path}"
