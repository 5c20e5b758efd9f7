#include <algorithm>
#include <atomic>
#include <thread>

#include "kube/client/transport.h"
#include "kube/client/transport/curl_library.h"
#include "kube/client/transport/exchange.h"

namespace kastell::client {

namespace {

constexpr int longest_poll_ms = 1000;

// One thread drives all exchanges over one multi handle, which keeps the connections.
class CurlTransport final : public Transport {
 public:
  CurlTransport(const CurlLibrary& curl, Server server, const TransportOptions& options)
      : curl_(curl), server_(std::move(server)), options_(options), multi_(curl.multi_init()) {
    curl_.multi_setopt(multi_, CURLMOPT_MAX_HOST_CONNECTIONS, static_cast<long>(options.connections));
    thread_ = std::jthread([this](const std::stop_token& stop) { serve(stop); });
  }
  CurlTransport(const CurlTransport&) = delete;
  CurlTransport& operator=(const CurlTransport&) = delete;
  ~CurlTransport() override {
    thread_.request_stop();
    curl_.multi_wakeup(multi_);
    thread_.join();
    curl_.multi_cleanup(multi_);
  }

  Answer<Response> get(const Request& request, const PieceReader& reader) override {
    Exchange exchange(curl_, server_, request, options_, static_cast<bool>(reader), ++last_number_);
    if (!exchange.is_ready()) {
      return std::unexpected(RequestFailure{
          .error = {ErrorCode::unsupported, "libcurl refuses a request to " + server_.shown + request.target}});
    }
    hand_over(arriving_, &exchange);
    bool ended_by_reader = false;
    if (reader && !exchange.pass_on(reader)) {
      ended_by_reader = true;
      hand_over(leaving_, exchange.number());
    }
    exchange.wait();
    return exchange.take_answer(ended_by_reader);
  }

 private:
  template <typename Item>
  void hand_over(std::vector<Item>& list, Item item) {
    {
      const std::lock_guard lock(mutex_);
      list.push_back(item);
    }
    curl_.multi_wakeup(multi_);
  }

  void serve(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      take_over();
      int running = 0;
      curl_.multi_perform(multi_, &running);
      finish_ended();
      const int patience = end_silent();
      curl_.multi_poll(multi_, nullptr, 0, patience, nullptr);
    }
  }

  void take_over() {
    std::vector<Exchange*> arriving;
    std::vector<std::uint64_t> leaving;
    {
      const std::lock_guard lock(mutex_);
      arriving.swap(arriving_);
      leaving.swap(leaving_);
    }
    for (Exchange* exchange : arriving) {
      under_way_.push_back(exchange);
      if (curl_.multi_add_handle(multi_, exchange->handle()) != CURLM_OK) end(exchange, CURLE_FAILED_INIT);
    }
    // One that has ended meanwhile is no longer under way.
    for (const std::uint64_t number : leaving) {
      const auto at = std::ranges::find(under_way_, number, &Exchange::number);
      if (at != under_way_.end()) end(*at, CURLE_ABORTED_BY_CALLBACK);
    }
  }

  void finish_ended() {
    int left = 0;
    while (const CURLMsg* message = curl_.multi_info_read(multi_, &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      const CURLcode code = message->data.result;  // the message dies with the handle
      const auto at = std::ranges::find(under_way_, message->easy_handle, &Exchange::handle);
      if (at != under_way_.end()) end(*at, code);
    }
  }

  // Ends what has been silent for too long; the milliseconds until that may happen again.
  int end_silent() {
    using std::chrono::milliseconds;
    const auto now = std::chrono::steady_clock::now();
    auto next = now + milliseconds(longest_poll_ms);
    const std::vector<Exchange*> checked = under_way_;
    for (Exchange* exchange : checked) {
      if (exchange->silent_until() <= now) {
        end(exchange, CURLE_OPERATION_TIMEDOUT);
      } else {
        next = std::min(next, exchange->silent_until());
      }
    }
    return static_cast<int>(std::chrono::ceil<milliseconds>(next - now).count());
  }

  // The exchange may be gone as soon as it is told.
  void end(Exchange* exchange, CURLcode code) {
    std::erase(under_way_, exchange);
    curl_.multi_remove_handle(multi_, exchange->handle());
    exchange->finish(code);
  }

  const CurlLibrary& curl_;
  const Server server_;
  const TransportOptions options_;
  CURLM* multi_;
  std::mutex mutex_;
  std::atomic<std::uint64_t> last_number_{0};
  std::vector<Exchange*> arriving_;
  std::vector<std::uint64_t> leaving_;
  std::vector<Exchange*> under_way_;  // of the thread
  std::jthread thread_;
};

}  // namespace

std::string_view Response::header(std::string_view name) const {
  const auto at = std::ranges::find(headers, name, &Header::name);
  return at == headers.end() ? std::string_view{} : std::string_view(at->value);
}

Result<std::unique_ptr<Transport>> make_transport(const Access& access, const Machine& machine,
                                                  const TransportOptions& options) {
  auto server = describe_server(access, machine);
  if (!server) return std::unexpected(server.error());
  const auto curl = load_curl();
  if (!curl) return std::unexpected(curl.error());
  return std::make_unique<CurlTransport>(**curl, std::move(*server), options);
}

}  // namespace kastell::client
