// ApiReader: reads one API server, gently: rate-limited, with retries where they can help, and honest about what it did
// not get. It can GET and nothing else.
//
//   auto reader = ApiReader::connect(*access, this_machine());
//   const auto discovery = discover(**reader);                                // discovery.h
//   const auto end = list((*reader), {"/api/v1/pods"}, symbols, consumer);    // list.h
//
// Thread-safety: all members may be called from several threads at once.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/machine.h"
#include "kube/client/credentials.h"
#include "kube/client/transport.h"

namespace kastell::client {

struct ReaderOptions {
  double qps = 50;        // requests per second in the long run…
  unsigned burst = 100;   // …and at once
  unsigned attempts = 5;  // of one request, the first included
  // Between attempts: doubling, with jitter of up to as much again (client-go's reflector).
  std::chrono::milliseconds first_pause{800};
  std::chrono::milliseconds longest_pause{30'000};
  // A server that asks for more patience than this gets none.
  std::chrono::seconds longest_retry_after{120};
  RequestBounds bounds = {};
};

struct RequestCounts {
  std::uint64_t sent = 0, retried = 0, throttled = 0;  // throttled: 429 received
  std::uint64_t received_bytes = 0;                    // of bodies, decompressed
};

class ApiReader {
 public:
  // `machine` must outlive the reader. Errors: see make_transport.
  static Result<std::unique_ptr<ApiReader>> connect(const Access& access, const Machine& machine,
                                                    const ReaderOptions& options = {});
  ApiReader(std::unique_ptr<Transport> transport, Credentials credentials, std::string server, const Machine& machine,
            const ReaderOptions& options);
  ~ApiReader();

  // A response 200 to the target; everything else is a failure. Tried again after connection faults, 429 and 5xx, and
  // once with renewed credentials after 401.
  Answer<Response> get(const std::string& target, std::string_view accept);
  // One attempt whose body goes to `reader` as it comes (a watch). Rate-limited like the others.
  Answer<Response> stream(const std::string& target, std::string_view accept, const RequestBounds& bounds,
                          const PieceReader& reader);

  const std::string& server() const;
  const Machine& machine() const;
  const ReaderOptions& options() const;
  RequestCounts counts() const;
  // Texts of the Warning headers that the server sent, each once, in order of appearance (at most 100).
  std::vector<std::string> warnings() const;

 private:
  class State;
  std::unique_ptr<State> state_;
};

namespace accept {
constexpr std::string_view json = "application/json";
// Lists of objects without spec, data or status: how Secrets are counted without their values.
constexpr std::string_view metadata_list = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
constexpr std::string_view metadata_event = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
constexpr std::string_view discovery =
    "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
    "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json";
}  // namespace accept

// One element of a path or a query's value, percent-encoded.
std::string escape_url(std::string_view text);

// A failure that says what is wrong with a 200 response of that target.
RequestFailure bad_response(const ApiReader& reader, std::string_view target, std::string_view what);

}  // namespace kastell::client
