"""Whoever asks for a port at the same time as others gets one of their own."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from tests.ports import free_port
from tests.stack import ROOT


def test_no_port_is_given_twice():
    with ThreadPoolExecutor(8) as threads:
        ports = list(threads.map(lambda _: free_port(), range(100)))
    assert len(set(ports)) == 100


def test_two_test_runs_share_no_port():
    many = "from tests.ports import free_port; print(*(free_port() for _ in range(250)))"
    other = subprocess.run([sys.executable, "-c", many], cwd=ROOT, capture_output=True, text=True, check=True)
    mine = {free_port() for _ in range(250)}
    assert not mine & set(map(int, other.stdout.split()))
