# SPDX-FileCopyrightText: Tocsin contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real HTTPS target: nginx on a free loopback port, with a certificate authority of its own and a log of what arrived."""
import json
import os
import pathlib
import shutil
import socket
import subprocess
import time

CONFIGURATION = """
{user}
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    client_max_body_size 4m;
    client_body_buffer_size 4m;
    log_format arrived escape=json '{{"method":"$request_method","target":"$request_uri","authorization":"$http_authorization",'
        '"api_key":"$http_dd_api_key","content_type":"$content_type","user_agent":"$http_user_agent","webhook_id":"$http_webhook_id","body":"$request_body"}}';
    access_log off;
    server {{
        listen 127.0.0.1:{port} ssl;
        ssl_certificate {folder}/leaf.pem;
        ssl_certificate_key {folder}/leaf.key;
        access_log {folder}/arrived.log arrived;
        location / {{ proxy_pass http://unix:{folder}/answer.sock; }}
    }}
    server {{
        listen unix:{folder}/answer.sock;
        default_type application/json;
        location / {{ return 202 '{{"status":"ok","id":7}}'; }}
        location /refuse {{ return 401 '{{"error":"invalid_token"}}'; }}
    }}
}}
"""


def run(*argv, **options):
    subprocess.run([str(a) for a in argv], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **options)


class Target:
    def __init__(self, folder, configuration_text=CONFIGURATION, names=()):
        """`names`: what the certificate is for beside this machine."""
        for program, package in (("nginx", "nginx-light"), ("openssl", "openssl")):
            if not (shutil.which(program) or pathlib.Path("/usr/sbin", program).exists()):
                raise SystemExit(f"{program} is missing: apt-get install {package}")
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True)
        self._issue(names)
        # held, though nobody listens there, so that the port stays ours while nginx is down
        self.reservation = socket.socket()
        self.reservation.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.reservation.bind(("127.0.0.1", 0))
        self.port = self.reservation.getsockname()[1]
        configuration = self.folder / "nginx.conf"
        # as root, nginx would hand its work to somebody who may not enter our folder
        user = "user root;" if os.geteuid() == 0 else ""
        configuration.write_text(configuration_text.format(folder=self.folder, port=self.port, user=user))
        self.start()

    def start(self):
        nginx = shutil.which("nginx") or "/usr/sbin/nginx"
        self.process = subprocess.Popen([nginx, "-e", str(self.folder / "error.log"), "-p", str(self.folder), "-c",
                                         str(self.folder / "nginx.conf")])
        end = time.monotonic() + 20
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    break
            if self.process.poll() is not None or time.monotonic() > end:
                raise SystemExit("nginx did not start: " + (self.folder / "error.log").read_text())
            time.sleep(0.05)

    def _issue(self, names=()):
        """Certificates that outlive what a story does to the clock."""
        f = self.folder
        run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "800", "-subj",
            "/CN=Story authority", "-keyout", f / "ca.key", "-out", f / "ca.pem")
        run("openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=localhost",
            "-keyout", f / "leaf.key", "-out", f / "leaf.csr")
        subjects = ["IP:127.0.0.1", *(f"DNS:{name}" for name in ("localhost", "*.targets.localhost", *names))]
        (f / "leaf.ext").write_text("subjectAltName=" + ",".join(subjects) + "\n")
        run("openssl", "x509", "-req", "-in", f / "leaf.csr", "-CA", f / "ca.pem", "-CAkey", f / "ca.key", "-CAcreateserial",
            "-days", "800", "-extfile", f / "leaf.ext", "-out", f / "leaf.pem")

    @property
    def url(self):
        return f"https://localhost:{self.port}/api/v2/logs"

    @property
    def authority(self):
        return (self.folder / "ca.pem").read_text()

    def arrived(self):
        log = self.folder / "arrived.log"
        return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []

    def sequences(self):
        """The numbers at the end of the bodies, in the order of arrival."""
        return [int(arrival["body"].rsplit(":", 1)[1].rstrip(" }")) for arrival in self.arrived()]

    def count(self):
        """How much arrived; cheaper than arrived()."""
        log = self.folder / "arrived.log"
        with log.open("rb") if log.exists() else open(os.devnull, "rb") as lines:
            return sum(1 for _ in lines)

    def stop(self):
        self.process.terminate()
        self.process.wait()

    def close(self):
        self.stop()
        self.reservation.close()
