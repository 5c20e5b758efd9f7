"""The control plane as processes of this machine: etcd, the API server and, if asked for, controllers and a node."""

import base64
import secrets
from contextlib import closing
from pathlib import Path

from testbed import apiserver, binaries, certificates, controllers, etcd, machine, node, users
from testbed.files import write_private
from testbed.network import Network, free_link, loopback
from testbed.options import Options
from testbed.packages import node_programs
from testbed.state import State
from testbed.users import Access
from testbed.wait import until_ready


def needed_programs(options: Options) -> dict[str, Path]:
    """Found or built before anything is started."""
    names = ["kube-apiserver"]
    if options.with_controllers:
        names += [controllers.CONTROLLER_MANAGER, controllers.SCHEDULER]
    if options.node:
        names.append("kubelet")
    return binaries.programs(binaries.kubernetes(options.kubernetes), names) | binaries.programs(
        binaries.etcd(), ["etcd"]
    )


def encryption_file(folder: Path) -> Path:
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    return write_private(folder / "encryption.json", apiserver.encryption_configuration(key))


def make_files(folder: Path, options: Options, network: Network) -> apiserver.Files:
    authority = certificates.authority(folder, "ca")
    addresses = ["127.0.0.1", network.api_address, network.first_service_address]
    names = ["localhost", "kubernetes", "kubernetes.default.svc"]
    return apiserver.Files(
        authority=authority,
        server=certificates.server(folder, "kube-apiserver", [*addresses, *names], authority),
        accounts=certificates.signing_keys(folder, "service-accounts"),
        tokens=folder / "tokens.csv",
        encryption=encryption_file(folder) if options.encrypt_secrets else None,
        kubelet_client=certificates.client(folder, "kubelet-user", "kube-apiserver", ["system:masters"], authority),
    )


def make_credentials(folder: Path, files: apiserver.Files) -> dict[str, users.Credentials]:
    static = users.static_tokens()
    write_private(files.tokens, users.token_file_text(static))
    return (
        users.certificate_credentials(folder, files.authority) | static | users.useless_tokens(files.accounts.private)
    )


def start(state: State, options: Options, programs: dict[str, Path]) -> Access:
    link = free_link() if options.node else None
    network = link.network() if link else loopback()
    files = make_files(state.folder, options, network)
    access = Access(files.authority.certificate, make_credentials(state.folder, files))

    node_machine = machine.start(state, link) if link else None
    etcd_url = etcd.start(state, programs["etcd"])
    with_accounts = options.with_service_accounts
    server = apiserver.start(state, programs["kube-apiserver"], files, network, etcd_url, with_accounts)
    with closing(access.client(state)) as admin:
        until_ready(server, admin.healthy)
        if options.with_controllers:
            controllers.start(state, programs, files, network, admin)
        if node_machine:
            node.start(state, node_machine, programs["kubelet"], node_programs(), files, admin)
    return access
