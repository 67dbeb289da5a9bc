"""Sends what a peer asks of Microsoft's login services to the mock, on the peer's default configuration."""

import os
import socket

HOSTS = ("login.microsoftonline.com", "login.botframework.com")
APP_ID = os.environ["BENCH_APP_ID"]
TENANT = os.environ["BENCH_TENANT"]
SECRET = os.environ["BENCH_SECRET"]
PORT = int(os.environ["PORT"])

_real = socket.getaddrinfo


def _getaddrinfo(host, port, *args, **kwargs):
    if host in HOSTS:
        return _real("127.0.0.1", int(os.environ["BENCH_TLS_PORT"]), *args, **kwargs)
    return _real(host, port, *args, **kwargs)


socket.getaddrinfo = _getaddrinfo
