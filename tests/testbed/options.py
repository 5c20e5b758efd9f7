"""What one can ask of a test bed."""

from dataclasses import dataclass

DEFAULT_VERSION = "1.37.2"


@dataclass(frozen=True)
class Options:
    kubernetes: str = DEFAULT_VERSION
    name: str = ""  # of the state folder; empty: the version
    controllers: bool = False
    service_accounts: bool = False  # the plug-in of that name is on, and whoever asks makes the accounts
    node: bool = False  # implies the controllers
    kubeadm: bool = False  # a cluster as kubeadm makes it: controllers and node included
    encrypt_secrets: bool = False  # not with kubeadm
    minutes: float = 60

    @property
    def with_controllers(self) -> bool:
        return self.controllers or self.node

    @property
    def with_service_accounts(self) -> bool:
        return self.service_accounts or self.with_controllers
