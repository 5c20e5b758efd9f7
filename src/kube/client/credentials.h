// Credentials: as whom a request is made. Tokens and certificates in files are read again when they may have changed,
// and the answers of exec plugins are kept until they expire.
//
// Nothing secret is sent to a server without TLS, as in client-go.
// Thread-safety: all members may be called from several threads at once.
#pragma once

#include <memory>

#include "base/machine.h"
#include "kube/client/kubeconfig.h"
#include "kube/client/transport.h"

namespace kastell::client {

class Credentials {
 public:
  // `machine` must outlive the credentials.
  Credentials(const Access& access, const Machine& machine);
  Credentials(Credentials&&) noexcept;
  Credentials& operator=(Credentials&&) noexcept;
  ~Credentials();

  // Puts them into the request. Errors: a file cannot be read, the plugin failed.
  Result<void> apply(Request& request);

  // The server answered 401: what is kept is no longer good. False if there is nothing to renew.
  bool renew();

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace kastell::client
