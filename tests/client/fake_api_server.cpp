#include "client/fake_api_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <utility>

namespace kastell::tests {

namespace {

using Fault = FakeReply::Fault;
using namespace std::chrono_literals;

bool send_all(int connection, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = send(connection, text.data(), text.size(), MSG_NOSIGNAL);
    if (count <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

// One request with its headers, or nothing once the client has gone.
std::string read_request(int connection) {
  std::string text;
  char block[4096];
  while (text.find("\r\n\r\n") == std::string::npos) {
    const ssize_t count = recv(connection, block, sizeof block, 0);
    if (count <= 0) return "";
    text.append(block, static_cast<std::size_t>(count));
  }
  return text;
}

}  // namespace

FakeApiServer::FakeApiServer(Answer answer) : answer_(std::move(answer)) {
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
  threads_.emplace_back([this] { accept_connections(); });
}

FakeApiServer::~FakeApiServer() {
  ending_ = true;
  shutdown(listening_, SHUT_RDWR);
  threads_.front().join();  // no connection is added after it
  {
    const std::lock_guard lock(mutex_);
    for (const int connection : open_) shutdown(connection, SHUT_RDWR);
  }
  for (std::size_t i = 1; i < threads_.size(); ++i) threads_[i].join();
  close(listening_);
}

std::vector<std::string> FakeApiServer::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

std::string FakeApiServer::last_headers() const {
  const std::lock_guard lock(mutex_);
  return last_headers_;
}

void FakeApiServer::accept_connections() {
  while (!ending_) {
    const int connection = accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection < 0) continue;
    ++accepted_;
    const std::lock_guard lock(mutex_);
    open_.insert(connection);
    threads_.emplace_back([this, connection] { serve(connection); });
  }
}

void FakeApiServer::serve(int connection) {
  for (bool go_on = true; go_on;) {
    const std::string request = read_request(connection);
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

bool FakeApiServer::pause(std::chrono::milliseconds duration) const {
  const auto end = std::chrono::steady_clock::now() + duration;
  while (!ending_ && std::chrono::steady_clock::now() < end) std::this_thread::sleep_for(5ms);
  return !ending_;
}

bool FakeApiServer::reply(int connection, const FakeReply& reply) {
  if (reply.fault == Fault::silence) return pause(1h);
  std::string head = "HTTP/1.1 " + std::to_string(reply.status) + " X\r\n" + reply.headers;
  if (reply.fault == Fault::keep_open) {
    head += "\r\n";
  } else {
    head += "Content-Length: " + std::to_string(reply.body.size()) + "\r\n\r\n";
  }
  if (reply.fault == Fault::none) return send_all(connection, head + reply.body);  // in one piece, for Nagle's sake
  if (!send_all(connection, head)) return false;
  const std::string_view half = std::string_view(reply.body).substr(0, reply.body.size() / 2);
  switch (reply.fault) {
    case Fault::stop: return send_all(connection, half) && pause(1h);
    case Fault::cut: return send_all(connection, half) && false;
    case Fault::drip:
      for (const char c : reply.body) {
        if (!send_all(connection, {&c, 1}) || !pause(200ms)) return false;
      }
      return true;
    case Fault::keep_open: return send_all(connection, reply.body) && pause(1h);
    default: return true;
  }
}

}  // namespace kastell::tests
