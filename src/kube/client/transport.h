// Transport: how a request reaches an API server and its answer comes back.
//
// There is one method, GET: whatever is built on a Transport can read a cluster and cannot change it. Redirects are not
// followed; a response is bounded in size and time. The only real one, make_transport(), speaks HTTP/2 or 1.1 over
// libcurl, many requests over one connection (docs/decisions/004); tests put others in its place.
//
// Thread-safety: get() may be called from several threads at once.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "kube/client/kubeconfig.h"

namespace kastell::client {

struct Header {
  std::string name, value;
};

// A client certificate with its key, both PEM, held in memory only.
struct TlsIdentity {
  std::string certificate;
  Secret key;
};

struct RequestBounds {
  std::uint64_t most_bytes = std::uint64_t{512} << 20;  // of the body, decompressed
  std::chrono::milliseconds connecting = std::chrono::seconds(15);
  std::chrono::milliseconds idle = std::chrono::seconds(30);  // without a byte: the connection counts as dead
  std::chrono::milliseconds whole = std::chrono::minutes(5);  // zero: no end
};

struct Request {
  std::string target;  // path and query, from the server's root: /api/v1/pods?limit=500
  std::vector<Header> headers = {};
  Secret authorization = {};  // value of that header; empty for none
  std::shared_ptr<const TlsIdentity> identity = {};
  RequestBounds bounds = {};
  bool fresh_connection = false;  // do not reuse one that may be dead
};

// The bytes of a body, with room behind them for a parser (document::Source::padding).
struct Body {
  std::unique_ptr<char[]> buffer;
  std::size_t size = 0;

  std::string_view text() const { return {buffer.get(), size}; }
};

struct Response {
  int status = 0;
  std::vector<Header> headers;  // names in lower case
  Body body;

  // The first value of a header; empty if there is none. `name` in lower case.
  std::string_view header(std::string_view name) const;
};

// Why there is no usable answer. The message names server and path, and the HTTP status if there is one.
struct RequestFailure {
  Error error;
  int status = 0;            // 0: the server was not reached, or did not answer in full
  std::string reason = {};   // of the Status object: "Forbidden", "Expired"…
  std::string message = {};  // of the Status object
  std::optional<std::chrono::seconds> retry_after = {};
  bool may_pass = false;  // trying again can help
};
template <typename T>
using Answer = std::expected<T, RequestFailure>;

// Gets the pieces of a body as they come; false ends the request. Called on the thread that called get(), never for a
// response whose status is not 200.
using PieceReader = std::function<bool(std::string_view piece)>;

class Transport {
 public:
  virtual ~Transport() = default;

  // Any status is an answer. With `reader`, the body of a response 200 goes there and not into the response, and an end
  // that the reader asked for is no failure.
  virtual Answer<Response> get(const Request& request, const PieceReader& reader = {}) = 0;
};

struct TransportOptions {
  unsigned connections = 4;  // at most, to a server without HTTP/2
  std::size_t most_header_bytes = std::size_t{256} << 10;
  std::size_t most_backlog = std::size_t{64} << 20;  // bytes of a stream that its reader has not taken yet
};

// Loads libcurl and gets ready; nothing is sent before the first get(). Errors: libcurl is not there or too old, the
// certificate authority cannot be read.
Result<std::unique_ptr<Transport>> make_transport(const Access& access, const Machine& machine,
                                                  const TransportOptions& options = {});

}  // namespace kastell::client
