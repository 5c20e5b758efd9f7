"""No server outlives its test bed: neither a killed test nor a forgotten `./dev cluster up` leaves one behind."""

import os
import signal
import subprocess
import sys
import time
import unittest

from integration.support import ROOT, kubernetes_version
from testbed import processes, state
from testbed.cluster import start
from testbed.options import Options
from testbed.processes import Process
from testbed.teardown import tear_down

SERVERS = {"watchdog", "etcd", "kube-apiserver"}

FORGETFUL_TEST = """
import sys, time
from testbed.cluster import running
from testbed.options import Options
with running(Options(kubernetes=sys.argv[1], name=sys.argv[2])):
    print("ready", flush=True)
    time.sleep(600)
"""


def all_end(servers: list[Process], seconds: float = 60) -> bool:
    deadline = time.monotonic() + seconds
    while any(server.alive() for server in servers):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.2)
    return True


class LifetimeTest(unittest.TestCase):
    def test_a_killed_test_takes_its_cluster_with_it(self) -> None:
        name = f"killed-{os.getpid()}"
        environment = os.environ | {"PYTHONPATH": str(ROOT / "tests")}
        command = [sys.executable, "-c", FORGETFUL_TEST, kubernetes_version(), name]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as test:
            assert test.stdout
            self.assertEqual(test.stdout.readline(), "ready\n")
            found = state.load(name)
            assert found
            test.kill()
        self.assertEqual({server.name for server in found.processes}, SERVERS)
        self.assertTrue(all_end(found.processes))
        self.assertIsNone(state.load(name))
        self.assertFalse(found.folder.exists())

    def test_time_is_up(self) -> None:
        cluster = start(Options(kubernetes=kubernetes_version(), name=f"short-{os.getpid()}"))
        self.addCleanup(tear_down, cluster.state)
        self.assertEqual(len(cluster.state.running()), len(SERVERS))
        cluster.state.deadline = time.time()
        cluster.state.save()
        self.assertTrue(all_end(cluster.state.processes))
        self.assertTrue(cluster.state.audit_log.exists(), "the logs stay until somebody has read them")

    def test_a_process_id_that_has_changed_hands_is_not_signalled(self) -> None:
        with subprocess.Popen(["sleep", "60"]) as stranger:
            mine = processes.of("mine", stranger.pid)
            theirs = Process("gone", stranger.pid, mine.start_ticks - 1, os.devnull)
            processes.end(theirs)
            self.assertTrue(mine.alive())
            processes.send(mine, signal.SIGKILL)
        self.assertFalse(mine.alive())
