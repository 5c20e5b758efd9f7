// Any text as a kubeconfig: it is read or refused; every context of it resolves or says why not; no message quotes
// a secret.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "kube/client/kubeconfig.h"

using namespace kastell;

namespace {

// A secret of some length is not in a message by chance.
void check_discreet(const std::string& message, const client::Secret& secret) {
  if (secret.reveal().size() > 12 && message.find(secret.reveal()) != std::string::npos) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const auto config = client::parse_kubeconfig(text, "config");
  if (!config) return 0;
  for (const auto& [name, context] : config->contexts) {
    const auto access = client::resolve_access(*config, name, this_machine());
    if (access) continue;
    for (const auto& [user, entry] : config->users) {
      if (user == entry.token.reveal() || user == entry.password.reveal()) return 0;
      check_discreet(access.error().message, entry.token);
      check_discreet(access.error().message, entry.password);
    }
  }
  return 0;
}
