// The server that all requests of one transport go to, as libcurl wants to know it.
#pragma once

#include <string>

#include "kube/client/kubeconfig.h"

namespace kastell::client {

struct Server {
  std::string shown;       // https://host:port/path, for messages
  std::string base;        // what a target is appended to; its host is the name that the certificate must have
  std::string host;        // value of the Host header, if it is not that of `base`
  std::string connect_to;  // CURLOPT_CONNECT_TO, if the host to connect to is not that of `base`
  std::string authority;   // PEM; empty: the system's
  bool skip_verification = false;
  std::string proxy;
  bool compression = true;
};

// Errors: the file of the certificate authority cannot be read.
Result<Server> describe_server(const Access& access, const Machine& machine);

}  // namespace kastell::client
