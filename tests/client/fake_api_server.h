// FakeApiServer: a server on loopback for faults that a real API server cannot be talked into: half-open connections,
// slow bodies, truncated answers, tokens that expire. Plain HTTP/1.1; what a request gets is a function of its target.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace kastell::tests {

struct FakeReply {
  int status = 200;
  std::string body = "";
  std::string headers = "";  // whole lines, each ended by \r\n
  enum class Fault {
    none,
    silence,    // the request is read and never answered: a half-open connection
    stop,       // half of the body, then silence
    cut,        // half of the body, then the connection ends
    drip,       // a byte now and then, for ever
    keep_open,  // the body, and no end (a watch)
  } fault = Fault::none;
};

class FakeApiServer {
 public:
  using Answer = std::function<FakeReply(const std::string& target)>;

  explicit FakeApiServer(Answer answer);
  FakeApiServer(const FakeApiServer&) = delete;
  FakeApiServer& operator=(const FakeApiServer&) = delete;
  ~FakeApiServer();

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  // Requests so far, as "METHOD target"; each line of the headers of the last one.
  std::vector<std::string> requests() const;
  std::string last_headers() const;
  unsigned connections() const { return accepted_; }

 private:
  void accept_connections();
  void serve(int connection);
  bool reply(int connection, const FakeReply& reply);
  bool pause(std::chrono::milliseconds duration) const;  // false: the server is to end

  Answer answer_;
  int listening_ = -1;
  int port_ = 0;
  std::atomic<bool> ending_{false};
  std::atomic<unsigned> accepted_{0};
  mutable std::mutex mutex_;
  std::vector<std::string> requests_;
  std::string last_headers_;
  std::vector<std::thread> threads_;
  std::set<int> open_;
};

}  // namespace kastell::tests
