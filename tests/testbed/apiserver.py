"""kube-apiserver: RBAC, audit log, Pod Security admission, both kinds of admission policies."""

import json
from dataclasses import dataclass
from pathlib import Path

from testbed import tokens
from testbed.certificates import KeyPair, SigningKeys
from testbed.network import Network
from testbed.processes import Process
from testbed.state import State

AUDIT_POLICY = Path(__file__).parent / "audit-policy.yaml"

# ValidatingAdmissionPolicy is on by default since 1.30, MutatingAdmissionPolicy since 1.36.
ALPHA, BETA = 32, 34
MUTATING_POLICIES_BY_DEFAULT = 36


@dataclass(frozen=True)
class Files:
    """What the server reads; made before it starts."""

    authority: KeyPair
    server: KeyPair
    accounts: SigningKeys
    tokens: Path
    encryption: Path | None  # None: Secrets lie in etcd as they are
    kubelet_client: KeyPair


def mutating_policy_flags(version: str) -> list[str]:
    minor = int(version.split(".")[1])
    if minor >= MUTATING_POLICIES_BY_DEFAULT or minor < ALPHA:
        return []
    api = "v1beta1" if minor >= BETA else "v1alpha1"
    return ["--feature-gates=MutatingAdmissionPolicy=true", f"--runtime-config=admissionregistration.k8s.io/{api}=true"]


def admission_flags(service_accounts: bool) -> list[str]:
    flags = ["--enable-admission-plugins=NodeRestriction"]
    if not service_accounts:
        # Nobody makes the ServiceAccounts that this plug-in wants every Pod to have.
        flags.append("--disable-admission-plugins=ServiceAccount")
    return flags


def encryption_configuration(key: str) -> str:
    """Secrets encrypted by a key in the file, old ones still readable."""
    providers = [{"secretbox": {"keys": [{"name": "testbed", "secret": key}]}}, {"identity": {}}]
    return json.dumps(
        {
            "apiVersion": "apiserver.config.k8s.io/v1",
            "kind": "EncryptionConfiguration",
            "resources": [{"resources": ["secrets"], "providers": providers}],
        }
    )


def kubelet_flags(files: Files) -> list[str]:
    return [
        f"--kubelet-client-certificate={files.kubelet_client.certificate}",
        f"--kubelet-client-key={files.kubelet_client.key}",
        f"--kubelet-certificate-authority={files.authority.certificate}",
        # Nobody resolves the node's name.
        "--kubelet-preferred-address-types=InternalIP",
    ]


def arguments(state: State, files: Files, network: Network, etcd_url: str, service_accounts: bool) -> list[str]:
    encryption = [f"--encryption-provider-config={files.encryption}"] if files.encryption else []
    return [
        f"--etcd-servers={etcd_url}",
        f"--bind-address={state.address}",
        f"--secure-port={state.port}",
        # Loopback may not be an endpoint, and nobody would route to one.
        "--endpoint-reconciler-type=none",
        f"--service-cluster-ip-range={network.service_range}",
        f"--tls-cert-file={files.server.certificate}",
        f"--tls-private-key-file={files.server.key}",
        f"--client-ca-file={files.authority.certificate}",
        f"--token-auth-file={files.tokens}",
        f"--service-account-issuer={tokens.ISSUER}",
        f"--service-account-key-file={files.accounts.public}",
        f"--service-account-signing-key-file={files.accounts.private}",
        "--authorization-mode=Node,RBAC",
        "--allow-privileged=true",
        "--profiling=false",
        f"--audit-policy-file={AUDIT_POLICY}",
        f"--audit-log-path={state.audit_log}",
        *kubelet_flags(files),
        *admission_flags(service_accounts),
        *mutating_policy_flags(state.kubernetes),
        *encryption,
    ]


def start(
    state: State, program: Path, files: Files, network: Network, etcd_url: str, service_accounts: bool
) -> Process:
    state.address, state.port = network.api_address, network.api_port
    return state.start("kube-apiserver", [program, *arguments(state, files, network, etcd_url, service_accounts)])
