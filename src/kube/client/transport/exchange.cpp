#include "kube/client/transport/exchange.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <utility>

#include "base/ascii.h"
#include "document/source.h"

namespace kastell::client {

namespace {

constexpr std::size_t padding = document::Source::padding;
constexpr std::size_t first_capacity = std::size_t{64} << 10;
// Seconds until an idle connection is probed, between probes, and until bytes that nobody acknowledges end it.
constexpr long probe_after = 30, probe_every = 10;
constexpr unsigned unacknowledged_ms = 30'000;

constexpr int ok = 200;

// A half-open connection must not look like a silent one: without this the kernel keeps it for a quarter of an hour.
int on_socket(void*, curl_socket_t socket, curlsocktype) {
  setsockopt(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &unacknowledged_ms, sizeof unacknowledged_ms);
  return CURL_SOCKOPT_OK;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
}

// "HTTP/2 200" → 200
int status_in(std::string_view line) {
  const std::size_t space = line.find(' ');
  int status = 0;
  if (space != std::string_view::npos) std::from_chars(line.data() + space + 1, line.data() + line.size(), status);
  return status;
}

curl_blob blob_of(const std::string& text) {
  return {const_cast<char*>(text.data()), text.size(), CURL_BLOB_COPY};
}

}  // namespace

Exchange::Exchange(const CurlLibrary& curl, const Server& server, const Request& request,
                   const TransportOptions& options, bool streams, std::uint64_t number)
    : curl_(curl),
      server_(server),
      options_(options),
      streams_(streams),
      number_(number),
      bounds_(request.bounds),
      target_(request.target),
      easy_(curl.easy_init()) {
  if (easy_ == nullptr) return;
  set_options(request);
  if (setting_ == CURLE_OK) return;
  curl_.easy_cleanup(easy_);
  easy_ = nullptr;
}

Exchange::~Exchange() {
  if (easy_ != nullptr) curl_.easy_cleanup(easy_);
  curl_.slist_free_all(headers_);
  curl_.slist_free_all(connect_to_);
}

template <typename Value>
void Exchange::set(CURLoption option, Value value) {
  const CURLcode code = curl_.easy_setopt(easy_, option, value);
  if (setting_ == CURLE_OK) setting_ = code;
}

void Exchange::set_options(const Request& request) {
  set(CURLOPT_URL, (server_.base + request.target).c_str());
  set(CURLOPT_HTTPGET, 1L);
  set(CURLOPT_PROTOCOLS_STR, "https,http");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_PATH_AS_IS, 1L);
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  set(CURLOPT_PIPEWAIT, 1L);  // rather a stream of the one connection than a connection of its own
  set(CURLOPT_FRESH_CONNECT, request.fresh_connection ? 1L : 0L);
  set(CURLOPT_PRIVATE, static_cast<void*>(this));
  set(CURLOPT_ERRORBUFFER, message_.data());
  set(CURLOPT_HEADERFUNCTION, &Exchange::on_header);
  set(CURLOPT_HEADERDATA, static_cast<void*>(this));
  set(CURLOPT_WRITEFUNCTION, &Exchange::on_body);
  set(CURLOPT_WRITEDATA, static_cast<void*>(this));
  if (server_.compression) set(CURLOPT_ACCEPT_ENCODING, "gzip");
  set_server();
  set_headers(request);
  set_identity(request);
  set_bounds(request.bounds);
}

void Exchange::set_server() {
  // Always said, so that libcurl does not look into the environment by rules of its own.
  set(CURLOPT_PROXY, server_.proxy.c_str());
  set(CURLOPT_NOPROXY, "");
  set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  set(CURLOPT_SSL_VERIFYPEER, server_.skip_verification ? 0L : 1L);
  set(CURLOPT_SSL_VERIFYHOST, server_.skip_verification ? 0L : 2L);
  if (!server_.authority.empty()) {
    // Only this authority: the system's would else be trusted beside it.
    curl_blob authority = blob_of(server_.authority);
    set(CURLOPT_CAINFO, static_cast<char*>(nullptr));
    set(CURLOPT_CAPATH, static_cast<char*>(nullptr));
    set(CURLOPT_CAINFO_BLOB, &authority);
  }
  if (!server_.connect_to.empty()) {
    connect_to_ = curl_.slist_append(nullptr, server_.connect_to.c_str());
    set(CURLOPT_CONNECT_TO, connect_to_);
  }
}

void Exchange::set_headers(const Request& request) {
  const auto add = [this](const std::string& name, const std::string& value) {
    headers_ = curl_.slist_append(headers_, (name + ": " + value).c_str());
  };
  for (const Header& header : request.headers) add(header.name, header.value);
  if (!request.authorization.empty()) add("Authorization", request.authorization.reveal());
  if (!server_.host.empty()) add("Host", server_.host);
  set(CURLOPT_HTTPHEADER, headers_);
  set(CURLOPT_HEADEROPT, static_cast<long>(CURLHEADER_SEPARATE));  // a proxy gets none of them
}

void Exchange::set_identity(const Request& request) {
  if (request.identity == nullptr) return;
  curl_blob certificate = blob_of(request.identity->certificate);
  curl_blob key = blob_of(request.identity->key.reveal());
  set(CURLOPT_SSLCERTTYPE, "PEM");
  set(CURLOPT_SSLKEYTYPE, "PEM");
  set(CURLOPT_SSLCERT_BLOB, &certificate);
  set(CURLOPT_SSLKEY_BLOB, &key);
}

void Exchange::set_bounds(const RequestBounds& bounds) {
  set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(bounds.connecting.count()));
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(bounds.whole.count()));
  // libcurl's own low-speed limit averages over five seconds, and misses by as much.
  set(CURLOPT_PREREQFUNCTION, &Exchange::on_request);
  set(CURLOPT_PREREQDATA, static_cast<void*>(this));
  set(CURLOPT_TCP_KEEPALIVE, 1L);
  set(CURLOPT_TCP_KEEPIDLE, probe_after);
  set(CURLOPT_TCP_KEEPINTVL, probe_every);
  set(CURLOPT_SOCKOPTFUNCTION, &on_socket);
}

int Exchange::on_request(void* exchange, char*, char*, int, int) {
  static_cast<Exchange*>(exchange)->hear();
  return CURL_PREREQFUNC_OK;
}

void Exchange::hear() {
  silent_until_ = std::chrono::steady_clock::now() + bounds_.idle;
}

std::size_t Exchange::on_header(char* data, std::size_t size, std::size_t count, void* exchange) {
  return static_cast<Exchange*>(exchange)->take_header({data, size * count}) ? size * count : 0;
}

std::size_t Exchange::on_body(char* data, std::size_t size, std::size_t count, void* exchange) {
  return static_cast<Exchange*>(exchange)->take_body({data, size * count}) ? size * count : CURL_WRITEFUNC_ERROR;
}

bool Exchange::take_header(std::string_view line) {
  hear();
  header_bytes_ += line.size();
  if (header_bytes_ > options_.most_header_bytes) {
    reached_ = Bound::headers;
    return false;
  }
  // Each response begins with a status line, an interim one (1xx) too.
  if (line.starts_with("HTTP/")) {
    response_.headers.clear();
    response_.status = status_in(line);
    return true;
  }
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return true;
  response_.headers.push_back({in_lower_case(line.substr(0, colon)), std::string(trimmed(line.substr(colon + 1)))});
  return true;
}

bool Exchange::take_body(std::string_view piece) {
  hear();
  if (!streams_ || response_.status != ok) return append_to_body(piece);
  const std::lock_guard lock(mutex_);
  if (pending_.size() + piece.size() > options_.most_backlog) {
    reached_ = Bound::backlog;
    return false;
  }
  pending_.append(piece);
  changed_.notify_one();
  return true;
}

bool Exchange::append_to_body(std::string_view piece) {
  Body& body = response_.body;
  if (body.size + piece.size() > bounds_.most_bytes) {
    reached_ = Bound::body;
    return false;
  }
  if (body.size + piece.size() > capacity_) {
    curl_off_t announced = 0;
    if (capacity_ == 0) curl_.easy_getinfo(easy_, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &announced);
    const std::uint64_t length = announced > 0 ? std::min<std::uint64_t>(announced, bounds_.most_bytes) : 0;
    reserve_body(std::max<std::size_t>({first_capacity, 2 * capacity_, length, body.size + piece.size()}));
  }
  std::memcpy(body.buffer.get() + body.size, piece.data(), piece.size());
  body.size += piece.size();
  return true;
}

void Exchange::reserve_body(std::size_t capacity) {
  auto larger = std::make_unique_for_overwrite<char[]>(capacity + padding);
  if (response_.body.size != 0) std::memcpy(larger.get(), response_.body.buffer.get(), response_.body.size);
  response_.body.buffer = std::move(larger);
  capacity_ = capacity;
}

void Exchange::finish(CURLcode code) {
  const std::lock_guard lock(mutex_);
  code_ = code;
  done_ = true;
  changed_.notify_one();
}

void Exchange::wait() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return done_; });
}

bool Exchange::pass_on(const PieceReader& reader) {
  std::string pieces;
  for (bool done = false; !done;) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return done_ || !pending_.empty(); });
      pieces.clear();
      pieces.swap(pending_);
      done = done_;
    }
    if (!pieces.empty() && !reader(pieces)) return false;
  }
  return true;
}

Answer<Response> Exchange::take_answer(bool ended_by_reader) {
  if (code_ != CURLE_OK && !ended_by_reader) return std::unexpected(failure_of(code_));
  if (response_.body.buffer == nullptr) reserve_body(0);
  std::memset(response_.body.buffer.get() + response_.body.size, 0, padding);
  return std::move(response_);
}

std::string Exchange::reached_bound() const {
  switch (reached_) {
    case Bound::body:
      return "the response is larger than the limit of " + std::to_string(bounds_.most_bytes) + " bytes";
    case Bound::headers:
      return "the headers are larger than the limit of " + std::to_string(options_.most_header_bytes) + " bytes";
    case Bound::backlog:
      return "more than the limit of " + std::to_string(options_.most_backlog) + " bytes wait to be read";
    case Bound::none: break;
  }
  return "";
}

RequestFailure Exchange::failure_of(CURLcode code) const {
  const std::string where = "GET " + server_.shown + target_ + ": ";
  if (reached_ != Bound::none) return {.error = {ErrorCode::limit, where + reached_bound()}};
  std::string detail = message_[0] != 0 ? message_.data() : curl_.easy_strerror(code);
  switch (code) {
    case CURLE_PEER_FAILED_VERIFICATION:
      detail = "the server's certificate is not to be trusted: " + detail +
               "; check certificate-authority and tls-server-name of the kubeconfig's cluster";
      break;
    case CURLE_SSL_CERTPROBLEM: detail = "the client certificate or its key cannot be used: " + detail; break;
    case CURLE_SSL_CACERT_BADFILE: detail = "the certificate authority cannot be used: " + detail; break;
    case CURLE_OPERATION_TIMEDOUT:
      detail = "no answer in time: " + (silent_until_ <= std::chrono::steady_clock::now()
                                            ? "silent for " + std::to_string(bounds_.idle.count()) + " ms"
                                            : detail);
      break;
    default: break;
  }
  const bool hopeless = code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CERTPROBLEM ||
                        code == CURLE_SSL_CACERT_BADFILE || code == CURLE_URL_MALFORMAT;
  return {.error = {ErrorCode::unreadable, where + detail}, .may_pass = !hopeless};
}

}  // namespace kastell::client
