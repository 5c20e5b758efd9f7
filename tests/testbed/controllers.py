"""kube-controller-manager and kube-scheduler: service accounts, aggregated roles, Deployments down to Pods, garbage
collection, signing of certificate requests."""

from contextlib import closing
from pathlib import Path

from testbed import certificates, kubeconfig
from testbed.apiserver import Files
from testbed.client import Client
from testbed.network import Network
from testbed.ports import free_port
from testbed.state import State
from testbed.users import Credentials
from testbed.wait import until_ready

CONTROLLER_MANAGER = "kube-controller-manager"
SCHEDULER = "kube-scheduler"


def controller_manager_arguments(files: Files, network: Network) -> list[str]:
    return [
        "--use-service-account-credentials=true",
        f"--service-account-private-key-file={files.accounts.private}",
        f"--root-ca-file={files.authority.certificate}",
        f"--cluster-signing-cert-file={files.authority.certificate}",
        f"--cluster-signing-key-file={files.authority.key}",
        f"--service-cluster-ip-range={network.service_range}",
    ]


def start_component(state: State, program: Path, files: Files, extra: list[str]) -> None:
    """Both take their name as user, a kubeconfig and a port, and there is one of each: no leader to elect."""
    name = program.name
    pair = certificates.client(state.folder, name, f"system:{name}", [], files.authority)
    content = kubeconfig.component_configuration(state.url, files.authority.certificate, Credentials(pair=pair))
    config = kubeconfig.write(state.folder / f"{name}.kubeconfig", content)
    serving = certificates.server(state.folder, f"{name}-serving", ["127.0.0.1"], files.authority)
    port = free_port()
    flags = [
        f"--kubeconfig={config}",
        f"--authentication-kubeconfig={config}",
        f"--authorization-kubeconfig={config}",
        "--leader-elect=false",
        "--bind-address=127.0.0.1",
        f"--secure-port={port}",
        f"--tls-cert-file={serving.certificate}",
        f"--tls-private-key-file={serving.key}",
    ]
    process = state.start(name, [program, *flags, *extra])
    with closing(Client("127.0.0.1", port, files.authority.certificate)) as client:
        until_ready(process, lambda: client.healthy("/healthz"))


def have_made_accounts(client: Client) -> bool:
    """A Pod is refused until its namespace has a ServiceAccount."""
    return client.healthy("/api/v1/namespaces/default/serviceaccounts/default")


def start(state: State, programs: dict[str, Path], files: Files, network: Network, admin: Client) -> None:
    start_component(state, programs[CONTROLLER_MANAGER], files, controller_manager_arguments(files, network))
    start_component(state, programs[SCHEDULER], files, [])
    until_ready(state.processes[-1], lambda: have_made_accounts(admin))
