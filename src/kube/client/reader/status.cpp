#include "kube/client/reader/status.h"

#include <charconv>

#include "document/document.h"
#include "kube/client/field.h"

namespace kastell::client {

namespace {

constexpr std::size_t longest_message = 1000;
constexpr std::size_t longest_status = std::size_t{1} << 20;

std::string printable(std::string_view text) {
  std::string result;
  for (const char c : text.substr(0, longest_message)) result += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  while (result.ends_with(' ')) result.pop_back();
  return result;
}

struct StatusText {
  std::string reason, message;
  std::optional<std::int64_t> retry_after;
};

StatusText read_status(std::string_view body) {
  StatusText status;
  if (body.size() > longest_status) return status;
  SymbolTable symbols;
  const auto stream = body.starts_with('{') ? document::parse(std::make_shared<const document::Source>("Status", body),
                                                              symbols, {.format = document::Format::json})
                                            : document::DocumentStream{};
  if (stream.documents.empty()) {
    status.message = printable(body);  // «404 page not found», a proxy's page
    return status;
  }
  const Field object(&stream.documents.front().root, symbols);
  status.reason = printable(object["reason"].text());
  status.message = printable(object["message"].text());
  status.retry_after = object["details"]["retryAfterSeconds"].integer();
  return status;
}

std::optional<std::chrono::seconds> retry_after(const Response& response, const StatusText& status) {
  const std::string_view header = response.header("retry-after");
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(header.data(), header.data() + header.size(), seconds);
  if (error == std::errc{} && seconds >= 0 && !header.empty()) return std::chrono::seconds(seconds);
  if (status.retry_after && *status.retry_after > 0) return std::chrono::seconds(*status.retry_after);
  return std::nullopt;
}

// What the numbers mean to somebody who scans a cluster; empty for those that the message explains.
std::string_view meaning_of(int status) {
  switch (status) {
    case 401:
      return "the server does not accept who we are (an expired or wrong token or certificate: log in again, or name "
             "another context)";
    case 403: return "not allowed";
    case 404: return "not there";
    case 410: return "no longer available";
    case 429: return "too many requests";
    case 503: return "the server is not ready";
    default: break;
  }
  return status >= 300 && status < 400 ? "a redirect, which is not followed" : "";
}

constexpr bool may_pass(int status) {
  return status == 429 || status == 500 || status == 502 || status == 503 || status == 504;
}

}  // namespace

RequestFailure failure_of_response(const std::string& where, const Response& response) {
  StatusText status = read_status(response.body.text());
  std::string text = where + ": HTTP " + std::to_string(response.status);
  if (const auto meaning = meaning_of(response.status); !meaning.empty()) text.append(", ").append(meaning);
  if (!status.message.empty()) text.append(": ").append(status.message);
  return {.error = {response.status == 404 ? ErrorCode::not_found : ErrorCode::unreadable, std::move(text)},
          .status = response.status,
          .reason = std::move(status.reason),
          .message = std::move(status.message),
          .retry_after = retry_after(response, status),
          .may_pass = may_pass(response.status)};
}

std::string text_of_warning(std::string_view value) {
  const std::size_t begin = value.find('"');
  if (!value.starts_with("299 ") || begin == std::string_view::npos) return "";
  std::string text;
  for (std::size_t i = begin + 1; i < value.size() && value[i] != '"'; ++i) {
    if (value[i] == '\\' && i + 1 < value.size()) ++i;
    text += value[i];
  }
  return printable(text);
}

}  // namespace kastell::client
