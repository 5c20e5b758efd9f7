// FakeApiServer: a server on loopback for faults that a real API server cannot be talked into: half-open connections,
// slow bodies, truncated answers, tokens that expire. Plain HTTP/1.1; what a request gets is a function of its target.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <utility>
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
  std::vector<std::thread> threads_;  // one a connection
  std::thread acceptor_;
  std::set<int> open_;
};

namespace fake_server {

inline bool send_all(int connection, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = send(connection, text.data(), text.size(), MSG_NOSIGNAL);
    if (count <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

// One request with its headers, or nothing once the client has gone.
inline std::string read_request(int connection) {
  std::string text;
  char block[4096];
  while (text.find("\r\n\r\n") == std::string::npos) {
    const ssize_t count = recv(connection, block, sizeof block, 0);
    if (count <= 0) return "";
    text.append(block, static_cast<std::size_t>(count));
  }
  return text;
}

}  // namespace fake_server

inline FakeApiServer::FakeApiServer(Answer answer) : answer_(std::move(answer)) {
  listening_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  auto* plain = reinterpret_cast<sockaddr*>(&address);
  socklen_t size = sizeof address;
  bind(listening_, plain, size);
  listen(listening_, 64);
  getsockname(listening_, plain, &size);
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { accept_connections(); });
}

inline FakeApiServer::~FakeApiServer() {
  ending_ = true;
  shutdown(listening_, SHUT_RDWR);
  acceptor_.join();  // no connection is added after it
  {
    const std::lock_guard lock(mutex_);
    for (const int connection : open_) shutdown(connection, SHUT_RDWR);
  }
  for (std::thread& thread : threads_) thread.join();
  close(listening_);
}

inline std::vector<std::string> FakeApiServer::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

inline std::string FakeApiServer::last_headers() const {
  const std::lock_guard lock(mutex_);
  return last_headers_;
}

inline void FakeApiServer::accept_connections() {
  while (!ending_) {
    const int connection = accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection < 0) continue;
    ++accepted_;
    const std::lock_guard lock(mutex_);
    open_.insert(connection);
    threads_.emplace_back([this, connection] { serve(connection); });
  }
}

inline void FakeApiServer::serve(int connection) {
  for (bool go_on = true; go_on;) {
    const std::string request = fake_server::read_request(connection);
    if (request.empty()) break;
    const std::string line = request.substr(0, request.find(" HTTP/"));
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(line);
      last_headers_ = request;
    }
    go_on = reply(connection, answer_(line.substr(line.find(' ') + 1)));
  }
  const std::lock_guard lock(mutex_);
  open_.erase(connection);
  close(connection);
}

inline bool FakeApiServer::pause(std::chrono::milliseconds duration) const {
  const auto end = std::chrono::steady_clock::now() + duration;
  while (!ending_ && std::chrono::steady_clock::now() < end) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  return !ending_;
}

inline bool FakeApiServer::reply(int connection, const FakeReply& reply) {
  using Fault = FakeReply::Fault;
  if (reply.fault == Fault::silence) return pause(std::chrono::hours(1));
  std::string head = "HTTP/1.1 " + std::to_string(reply.status) + " X\r\n" + reply.headers;
  if (reply.fault == Fault::keep_open) {
    head += "\r\n";
  } else {
    head += "Content-Length: " + std::to_string(reply.body.size()) + "\r\n\r\n";
  }
  if (reply.fault == Fault::none)
    return fake_server::send_all(connection, head + reply.body);  // in one piece, for Nagle's sake
  if (!fake_server::send_all(connection, head)) return false;
  const std::string_view half = std::string_view(reply.body).substr(0, reply.body.size() / 2);
  switch (reply.fault) {
    case Fault::stop: return fake_server::send_all(connection, half) && pause(std::chrono::hours(1));
    case Fault::cut: return fake_server::send_all(connection, half) && false;
    case Fault::drip:
      for (const char c : reply.body) {
        if (!fake_server::send_all(connection, {&c, 1}) || !pause(std::chrono::milliseconds(200))) return false;
      }
      return true;
    case Fault::keep_open: return fake_server::send_all(connection, reply.body) && pause(std::chrono::hours(1));
    default: return true;
  }
}

}  // namespace kastell::tests
