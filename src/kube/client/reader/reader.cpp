#include "kube/client/reader.h"
#include "base/ascii.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <utility>

#include "kube/client/reader/rate_limit.h"
#include "kube/client/reader/status.h"

namespace kastell::client {

namespace {

constexpr std::size_t most_warnings = 100;
constexpr int ok = 200, unauthorized = 401, too_many_requests = 429;
constexpr double growth = 2;

}  // namespace

class ApiReader::State {
 public:
  State(std::unique_ptr<Transport> transport, Credentials credentials, std::string server, const Machine& machine,
        const ReaderOptions& options)
      : server_(std::move(server)),
        machine_(machine),
        options_(options),
        transport_(std::move(transport)),
        credentials_(std::move(credentials)),
        limit_(options.qps, options.burst, machine) {}

  Answer<Response> get(const std::string& target, std::string_view accept) {
    bool renewed = false, fresh = false;
    for (unsigned attempt = 1;; ++attempt) {
      auto answer = attempt_once(target, accept, options_.bounds, fresh, {});
      if (answer || attempt >= options_.attempts) return answer;
      const RequestFailure& failed = answer.error();
      if (failed.status == unauthorized && !std::exchange(renewed, true) && credentials_.renew()) continue;
      if (!failed.may_pass || failed.retry_after.value_or(std::chrono::seconds(0)) > options_.longest_retry_after) {
        return answer;
      }
      // After a silent or broken connection another one is made, for the old one may be half-open.
      fresh = failed.status == 0;
      ++retried_;
      machine_.sleep(failed.retry_after ? std::chrono::milliseconds(*failed.retry_after) : pause_after(attempt));
    }
  }

  Answer<Response> attempt_once(const std::string& target, std::string_view accept, const RequestBounds& bounds,
                                bool fresh, const PieceReader& reader) {
    Request request{.target = target, .headers = headers(accept), .bounds = bounds, .fresh_connection = fresh};
    if (auto applied = credentials_.apply(request); !applied) {
      return std::unexpected(RequestFailure{.error = applied.error()});
    }
    limit_.wait();
    ++sent_;
    auto answer = transport_->get(request, reader);
    if (!answer) return answer;
    received_ += answer->body.size;
    keep_warnings(*answer);
    if (answer->status == ok) return answer;
    if (answer->status == too_many_requests) ++throttled_;
    return std::unexpected(failure_of_response("GET " + server_ + target, *answer));
  }

  RequestCounts counts() const { return {sent_, retried_, throttled_, received_}; }

  std::vector<std::string> warnings() const {
    const std::lock_guard lock(mutex_);
    return warnings_;
  }

  const std::string server_;
  const Machine& machine_;
  const ReaderOptions options_;

 private:
  static std::vector<Header> headers(std::string_view accept) {
    return {{"Accept", std::string(accept)}, {"User-Agent", "kastell (read-only)"}};
  }

  std::chrono::milliseconds pause_after(unsigned attempt) const {
    double pause = static_cast<double>(options_.first_pause.count());
    for (unsigned i = 1; i < attempt; ++i) pause *= growth;
    pause = std::min(pause * (1 + machine_.random()), static_cast<double>(options_.longest_pause.count()));
    return std::chrono::milliseconds(static_cast<std::int64_t>(pause));
  }

  void keep_warnings(const Response& response) {
    for (const Header& header : response.headers) {
      if (header.name != "warning") continue;
      const std::string text = text_of_warning(header.value);
      const std::lock_guard lock(mutex_);
      const bool known = text.empty() || std::ranges::find(warnings_, text) != warnings_.end();
      if (!known && warnings_.size() < most_warnings) warnings_.push_back(text);
    }
  }

  std::unique_ptr<Transport> transport_;
  Credentials credentials_;
  RateLimit limit_;
  std::atomic<std::uint64_t> sent_{0}, retried_{0}, throttled_{0}, received_{0};
  mutable std::mutex mutex_;
  std::vector<std::string> warnings_;
};

Result<std::unique_ptr<ApiReader>> ApiReader::connect(const Access& access, const Machine& machine,
                                                      const ReaderOptions& options) {
  auto transport = make_transport(access, machine);
  if (!transport) return std::unexpected(transport.error());
  return std::make_unique<ApiReader>(std::move(*transport), Credentials(access, machine), access.server, machine,
                                     options);
}

ApiReader::ApiReader(std::unique_ptr<Transport> transport, Credentials credentials, std::string server,
                     const Machine& machine, const ReaderOptions& options)
    : state_(
          std::make_unique<State>(std::move(transport), std::move(credentials), std::move(server), machine, options)) {}
ApiReader::~ApiReader() = default;

Answer<Response> ApiReader::get(const std::string& target, std::string_view accept) {
  return state_->get(target, accept);
}

Answer<Response> ApiReader::stream(const std::string& target, std::string_view accept, const RequestBounds& bounds,
                                   const PieceReader& reader) {
  return state_->attempt_once(target, accept, bounds, false, reader);
}

const std::string& ApiReader::server() const {
  return state_->server_;
}
const Machine& ApiReader::machine() const {
  return state_->machine_;
}
const ReaderOptions& ApiReader::options() const {
  return state_->options_;
}
RequestCounts ApiReader::counts() const {
  return state_->counts();
}
std::vector<std::string> ApiReader::warnings() const {
  return state_->warnings();
}

std::string escape_url(std::string_view text) {
  constexpr std::string_view plain = "-._~";
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string result;
  for (const char c : text) {
    const bool unreserved = is_alphanumeric(c);
    if (unreserved || plain.find(c) != std::string_view::npos) {
      result += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      result.append({'%', hex[byte >> 4], hex[byte & 15]});
    }
  }
  return result;
}

RequestFailure bad_response(const ApiReader& reader, std::string_view target, std::string_view what) {
  return {.error = {ErrorCode::syntax, "GET " + reader.server() + std::string(target) + ": " + std::string(what)},
          .status = ok,
          .may_pass = true};
}

}  // namespace kastell::client
