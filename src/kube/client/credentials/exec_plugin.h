// Runs an exec credential plugin (client.authentication.k8s.io/v1 and v1beta1): a program without a shell, its request
// in KUBERNETES_EXEC_INFO, its answer on standard output.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "base/machine.h"
#include "kube/client/kubeconfig.h"
#include "kube/client/transport.h"

namespace kastell::client {

struct ExecCredential {
  Secret token;                                   // empty if none
  std::shared_ptr<const TlsIdentity> identity;    // null if none
  std::optional<Machine::WallTime> expires = {};  // never, if absent
};

Result<ExecCredential> run_exec_plugin(const ExecPlugin& plugin, const Access& access, const Machine& machine);

// What a plugin wrote. Errors never quote it.
Result<ExecCredential> parse_exec_credential(std::string_view output, const ExecPlugin& plugin);

// "2026-11-25T17:00:00Z", with fractions and offsets (RFC 3339).
std::optional<Machine::WallTime> parse_rfc3339(std::string_view text);

}  // namespace kastell::client
