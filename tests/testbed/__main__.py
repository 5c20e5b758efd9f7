"""The command line of the test bed: ./dev cluster up|down|status|kubectl"""

import argparse
import os
import sys
import time

from testbed import binaries, cluster, options, state, teardown
from testbed.errors import Failed, Unavailable


def up(arguments: argparse.Namespace) -> None:
    started = time.monotonic()
    wanted = options.Options(
        kubernetes=arguments.kubernetes,
        name=arguments.name,
        controllers=arguments.controllers,
        node=arguments.node,
        kubeadm=arguments.kubeadm,
        encrypt_secrets=arguments.encrypt_secrets,
        minutes=arguments.minutes,
    )
    made = cluster.start(wanted)
    print(
        f"Kubernetes {wanted.kubernetes} at {made.state.url} after {time.monotonic() - started:.1f} s,"
        f" for {wanted.minutes:g} minutes"
    )
    print(f"contexts: {', '.join(made.access.credentials)}, wrong-ca, anonymous")
    if made.node_root:
        print(f"node: {made.node_root}")
    print(made.kubeconfig)


def down(arguments: argparse.Namespace) -> None:
    names = state.names() if arguments.all else [arguments.name or arguments.kubernetes]
    for name in names:
        if found := state.load(name):
            teardown.tear_down(found)
            print(f"{name}: ended")
        else:
            print(f"{name}: there is none")


def status(_: argparse.Namespace) -> None:
    for found in filter(None, map(state.load, state.names())):
        left = (found.deadline - time.time()) / 60
        print(
            f"{found.name}: Kubernetes {found.kubernetes}, "
            + (f"{left:.0f} min left" if left > 0 else "its time is up")
        )
        for process in found.processes:
            print(f"  {process.name:24} {process.pid:7} {'running' if process.alive() else 'ended'}  {process.log}")
        print(f"  {found.kubeconfig}")


def kubectl(arguments: argparse.Namespace) -> None:
    """kubectl of the cluster's own version; becomes it."""
    found = state.load(arguments.name or arguments.kubernetes)
    if found is None:
        raise Failed("there is no such test bed: ./dev cluster up")
    program = binaries.programs(binaries.kubernetes(found.kubernetes), ["kubectl"])["kubectl"]
    os.execve(program, ["kubectl", *arguments.arguments], os.environ | {"KUBECONFIG": str(found.kubeconfig)})


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="./dev cluster", description="A real Kubernetes on this machine, for tests.")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    which = argparse.ArgumentParser(add_help=False)
    which.add_argument(
        "--kubernetes",
        default=options.DEFAULT_VERSION,
        choices=binaries.versions(),
        help="version (default: %(default)s)",
    )
    which.add_argument(
        "--name", default="", help="of this cluster, if there are several of a version (default: the version)"
    )

    command = commands.add_parser("up", parents=[which], help="start one; the last line is the path of its kubeconfig")
    command.add_argument("--controllers", action="store_true", help="with kube-controller-manager and kube-scheduler")
    command.add_argument(
        "--node", action="store_true", help="with all that and one node: kubelet and containerd (root)"
    )
    command.add_argument(
        "--kubeadm", action="store_true", help="as kubeadm makes one, in static pods on one node (root)"
    )
    command.add_argument("--encrypt-secrets", action="store_true", help="Secrets encrypted in etcd")
    command.add_argument("--minutes", type=float, default=60, help="then it ends by itself (default: %(default)s)")
    command.set_defaults(run=up)

    command = commands.add_parser("down", parents=[which], help="end one and remove its files")
    command.add_argument("--all", action="store_true", help="every one of yours, those of running tests too")
    command.set_defaults(run=down)

    command = commands.add_parser("status", help="what runs")
    command.set_defaults(run=status)

    command = commands.add_parser(
        "kubectl", parents=[which], help="kubectl of that version: ./dev cluster kubectl -- get pods"
    )
    command.add_argument("arguments", nargs="*")
    command.set_defaults(run=kubectl)
    return top


def main() -> int:
    arguments = parser().parse_args()
    try:
        arguments.run(arguments)
    except Unavailable as error:
        print(f"testbed: cannot be had here: {error}", file=sys.stderr)
        return 3
    except Failed as error:
        print(f"testbed: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
