// Exchange: one request on its way and the answer coming back. Made and waited for by the thread that asked, filled by
// the transport's own thread, which never waits for anybody.
#pragma once

#include <array>
#include <condition_variable>
#include <mutex>
#include <string>

#include "kube/client/transport.h"
#include "kube/client/transport/curl_library.h"
#include "kube/client/transport/server.h"

namespace kastell::client {

class Exchange {
 public:
  Exchange(const CurlLibrary& curl, const Server& server, const Request& request, const TransportOptions& options,
           bool streams, std::uint64_t number);
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;
  ~Exchange();

  // For the thread that asked.
  bool is_ready() const { return easy_ != nullptr; }
  void wait();
  // Passes pieces on as they come. False: the reader has had enough, and the exchange is still under way.
  bool pass_on(const PieceReader& reader);
  Answer<Response> take_answer(bool ended_by_reader);

  // For the transport's thread.
  CURL* handle() const { return easy_; }
  std::uint64_t number() const { return number_; }
  void finish(CURLcode code);
  // When it will have been silent for too long; never while it waits for a connection, which has a bound of its own.
  std::chrono::steady_clock::time_point silent_until() const { return silent_until_; }

 private:
  enum class Bound : std::uint8_t { none, body, headers, backlog };

  void set_options(const Request& request);
  void set_server();
  void set_headers(const Request& request);
  void set_identity(const Request& request);
  void set_bounds(const RequestBounds& bounds);
  template <typename Value>
  void set(CURLoption option, Value value);

  void hear();
  bool take_header(std::string_view line);
  bool take_body(std::string_view piece);
  bool append_to_body(std::string_view piece);
  void reserve_body(std::size_t capacity);
  RequestFailure failure_of(CURLcode code) const;
  std::string reached_bound() const;

  static int on_request(void* exchange, char*, char*, int, int);
  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* exchange);
  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* exchange);

  const CurlLibrary& curl_;
  const Server& server_;
  const TransportOptions& options_;
  const bool streams_;
  const std::uint64_t number_;  // an address may come again, a number does not
  RequestBounds bounds_;
  std::string target_;
  CURL* easy_;
  CURLcode setting_ = CURLE_OK;  // the first option that was refused
  curl_slist* headers_ = nullptr;
  curl_slist* connect_to_ = nullptr;
  std::array<char, CURL_ERROR_SIZE> message_{};

  // Of the transport's thread until `done_`.
  Response response_;
  std::chrono::steady_clock::time_point silent_until_ = std::chrono::steady_clock::time_point::max();
  std::size_t capacity_ = 0;
  std::size_t header_bytes_ = 0;
  Bound reached_ = Bound::none;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::string pending_;  // of a stream
  bool done_ = false;
  CURLcode code_ = CURLE_OK;
};

}  // namespace kastell::client
