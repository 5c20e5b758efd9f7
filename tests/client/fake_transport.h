// A transport that answers by heart and remembers what it was asked.
#pragma once

#include <cstring>
#include <deque>
#include <map>
#include <mutex>

#include "document/source.h"
#include "kube/client/transport.h"

namespace kastell::tests {

inline client::Body body_of(std::string_view text) {
  client::Body body{std::make_unique<char[]>(text.size() + document::Source::padding), text.size()};
  std::memcpy(body.buffer.get(), text.data(), text.size());
  return body;
}

struct FakeAnswer {
  int status = 200;  // 0: the connection broke
  std::string body = "";
  std::vector<client::Header> headers = {};
};

class FakeTransport final : public client::Transport {
 public:
  // The answers of one target, one after another; the last one stays.
  std::map<std::string, std::deque<FakeAnswer>> answers;
  std::vector<client::Request> requests;
  std::size_t piece = 7;  // streamed bodies come in pieces of this size

  client::Answer<client::Response> get(const client::Request& request, const client::PieceReader& reader) override {
    const FakeAnswer answer = next(request);
    if (answer.status == 0) {
      return std::unexpected(client::RequestFailure{
          .error = {ErrorCode::unreadable, "GET " + request.target + ": the connection broke"}, .may_pass = true});
    }
    const bool streams = reader && answer.status == 200;
    client::Response response{answer.status, answer.headers, body_of(streams ? "" : answer.body)};
    for (std::size_t at = 0; streams && at < answer.body.size(); at += piece) {
      if (!reader(std::string_view(answer.body).substr(at, piece))) break;
    }
    return response;
  }

  std::size_t times_asked(std::string_view target) const {
    std::size_t times = 0;
    for (const auto& request : requests) times += request.target == target;
    return times;
  }

 private:
  FakeAnswer next(const client::Request& request) {
    const std::lock_guard lock(mutex_);
    requests.push_back(request);
    const auto at = answers.find(request.target);
    if (at == answers.end() || at->second.empty()) return {404, R"({"kind":"Status","reason":"NotFound"})", {}};
    FakeAnswer answer = at->second.front();
    if (at->second.size() > 1) at->second.pop_front();
    return answer;
  }
  std::mutex mutex_;
};

}  // namespace kastell::tests
