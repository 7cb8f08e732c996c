# SPDX-FileCopyrightText: Tocsin contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real HTTPS target that remembers each request in the order of arrival, and answers as it is told."""
import http.server
import json
import ssl
import threading

from target import Target


class Recorder(Target):
    """`answer(path, body)` gives a status and headers, or None to close without an answer; a third item, if there is one, is
    called before the answer goes out, and may wait."""

    def __init__(self, folder, answer):
        self.folder = folder
        self.folder.mkdir(parents=True)
        self._issue()
        self.lock = threading.Lock()
        self.arrivals = []  # (path, webhook-id, body, status)
        self.requests = []  # (headers, text), in the same order
        recorder = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                text = self.rfile.read(int(self.headers["Content-Length"])).decode()
                body = json.loads(text)
                with recorder.lock:
                    answered = answer(self.path, body)
                    status = answered[0] if answered else 0
                    recorder.arrivals.append((self.path, self.headers["webhook-id"], body, status))
                    recorder.requests.append((dict(self.headers.items()), text))
                if not answered:
                    self.close_connection = True
                    return
                if len(answered) > 2:
                    answered[2]()
                self.send_response(status)
                for name, value in answered[1].items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 256

            def handle_error(self, *_):  # a killed sender closes without a word
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder / "leaf.pem", self.folder / "leaf.key")
        # the handshake is each connection's own thread's, so that none waits for another's
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def arrived(self, path="/hook"):
        """(integration, sequence, status) of what came there, in order."""
        with self.lock:
            return [(a[2]["integration"], a[2]["sequence"], a[3]) for a in self.arrivals if a[0] == path]

    def url_of(self, path):
        return f"https://localhost:{self.port}{path}"

    def close(self):
        self.server.shutdown()
        self.server.server_close()
