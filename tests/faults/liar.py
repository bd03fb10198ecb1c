# SPDX-License-Identifier: GPL-3.0-or-later
"""A line to the hub that ends TLS itself, with both sides' keys, so that it can do to HTTP what it likes."""

import os
import re
import socket
import ssl
import struct
import threading

MODES = ("reset", "lose-answer", "half-answer", "drip", "redirect", "garbage", "huge", "twice", "old-again", "error",
         "wrong-receipt", "crossed-receipts")
DRIP_BYTES = 40


def read_message(stream):
    """Returns (head, body) of a request or an answer with Content-Length; None at the end."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        line = stream.readline(65536)
        if not line:
            return None
        head += line
    length = 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            length = int(value)
    return head, stream.read(length) if length else b""


class Liar:
    """Passes requests on, and lies at the Nth, once."""

    def __init__(self, hub_port, hub, kiosk, mode, at):
        self.hub_port, self.mode, self.at = hub_port, mode, at
        self.requests, self.lied, self.before, self.answer_before, self.receipt = 0, False, None, None, None
        self.front = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.front.load_cert_chain(os.path.join(hub, "tls/server.pem"), os.path.join(hub, "tls/server.key"))
        self.back = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self.back.check_hostname = False
        self.back.verify_mode = ssl.CERT_NONE
        self.back.load_cert_chain(os.path.join(kiosk, "keys/kiosk-tls.crt"), os.path.join(kiosk, "keys/kiosk-tls.pem"))
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.stopping = False
        self.thread = threading.Thread(target=self.run, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stopping = True
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join(5)

    def run(self):
        while not self.stopping:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve_one, args=(client,), daemon=True).start()

    def serve_one(self, client):
        try:
            self.serve(client)
        except (OSError, ValueError):
            pass
        finally:
            client.close()

    def ask(self, request):
        with socket.create_connection(("127.0.0.1", self.hub_port)) as raw, self.back.wrap_socket(raw) as hub:
            hub.sendall(request)
            stream = hub.makefile("rb")
            if request.startswith(b"HEAD "):
                head = b""
                while not head.endswith(b"\r\n\r\n"):
                    head += stream.readline(65536)
                return head
            answer = read_message(stream)
            return answer[0] + answer[1]

    def serve(self, raw):
        with self.front.wrap_socket(raw, server_side=True) as client:
            stream = client.makefile("rb")
            while True:
                message = read_message(stream)
                if message is None:
                    return
                request = message[0] + message[1]
                self.requests += 1
                if self.mode == "crossed-receipts":
                    client.sendall(self.cross(self.ask(request)))
                elif not self.lied and self.requests >= self.at:
                    self.lied = True
                    if not self.lie(client, raw, request):
                        return
                else:
                    self.answer_before = self.ask(request)
                    client.sendall(self.answer_before)
                self.before = request

    def cross(self, answer):
        """One record's receipt with the answer about another; before there is another, a broken one."""
        found = re.search(rb"\r\nkouan-receipt: ([^\r]*)\r\n", answer, re.IGNORECASE)
        if not found:
            return answer
        other, self.receipt = self.receipt or found[1][::-1], found[1]
        self.lied = True
        return answer.replace(found[1], other)

    def lie(self, client, raw, request):
        """Returns whether the connection goes on."""
        if self.mode == "reset":
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return False
        if self.mode == "lose-answer":
            self.ask(request)
            return False
        if self.mode == "half-answer":
            client.sendall(self.ask(request)[:25])
            return False
        if self.mode == "drip":
            for byte in (b"HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n" + b"x" * DRIP_BYTES)[:DRIP_BYTES]:
                client.sendall(bytes((byte,)))
            return False
        if self.mode == "redirect":
            client.sendall(b"HTTP/1.1 307 Elsewhere\r\nLocation: https://127.0.0.1:1/records\r\nContent-Length: 0\r\n\r\n")
            return True
        if self.mode == "garbage":
            client.sendall(b"\x00\xff\x17 not http at all\r\n\r\n" * 50)
            return False
        if self.mode == "huge":
            client.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/cose\r\nContent-Length: 99000000000\r\n\r\n" +
                           b"x" * 100000)
            return False
        if self.mode == "error":
            client.sendall(b"HTTP/1.1 503 Later\r\nContent-Length: 0\r\n\r\n")
            return True
        if self.mode == "wrong-receipt":
            client.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/cose\r\nContent-Length: 4\r\n\r\nXXXX")
            return True
        return self.repeat(client, request)

    def repeat(self, client, request):
        if self.mode == "twice":
            self.ask(request)
        elif self.before is not None:  # old-again: an earlier request comes late
            self.ask(request)
            self.ask(self.before)
        client.sendall(self.ask(request))
        return True
