#include "kube/client/list.h"

#include <utility>

#include "kube/client/field.h"

namespace kastell::client {

namespace {

constexpr unsigned most_restarts = 3;
constexpr unsigned page_attempts = 3;
constexpr int gone = 410;

class Lister {
 public:
  Lister(ApiReader& reader, const ListRequest& request, SymbolTable& symbols, ListConsumer& consumer)
      : reader_(reader), request_(request), symbols_(symbols), consumer_(consumer) {}

  Answer<ListEnd> run() {
    consumer_.begin();
    while (end_.pages < request_.most_pages) {
      auto page = get_page();
      if (!page) {
        if (!may_start_over(page.error())) return std::unexpected(page.error());
        start_over();
        continue;
      }
      ++end_.pages;
      read_metadata(*page);
      consumer_.page(std::move(*page));
      if (token_.empty()) return end_;
    }
    return std::unexpected(RequestFailure{.error = {ErrorCode::limit, "GET " + reader_.server() + request_.path +
                                                                          ": more pages than the limit of " +
                                                                          std::to_string(request_.most_pages)}});
  }

 private:
  // The snapshot that the pages are taken from has been compacted away: the rest of it is not to be had.
  bool may_start_over(const RequestFailure& failed) const {
    return failed.status == gone && !token_.empty() && end_.restarts < most_restarts;
  }

  // The last time the whole list in one response: no token, nothing to expire.
  void start_over() {
    token_.clear();
    end_.pages = 0;
    in_one_response_ = ++end_.restarts == most_restarts;
    consumer_.begin();
  }

  std::string target() const {
    std::string target = request_.path;
    char separator = '?';
    const auto add = [&](const std::string& parameter) {
      target += separator + parameter;
      separator = '&';
    };
    if (!request_.query.empty()) add(request_.query);
    if (!in_one_response_) add("limit=" + std::to_string(request_.page));
    if (!token_.empty()) add("continue=" + escape_url(token_));
    return target;
  }

  // A response cut short is asked for again: reading changes nothing.
  Answer<document::DocumentStream> get_page() {
    const std::string where = target();
    for (unsigned attempt = 1;; ++attempt) {
      auto response = reader_.get(where, request_.only_metadata ? accept::metadata_list : accept::json);
      if (!response) return std::unexpected(std::move(response.error()));
      auto source = std::make_shared<const document::Source>(request_.path, std::move(response->body.buffer),
                                                             response->body.size);
      auto page = document::parse(std::move(source), symbols_, {.format = document::Format::json});
      const std::string problem = problem_of(page);
      if (problem.empty()) return page;
      if (attempt >= page_attempts) return std::unexpected(bad_response(reader_, where, problem));
    }
  }

  std::string problem_of(const document::DocumentStream& page) const {
    if (!page.errors.empty()) return "the response is broken: " + page.errors.front().message;
    if (page.documents.size() != 1) return "the response is not one JSON object";
    const Field list(&page.documents.front().root, symbols_);
    const std::string_view kind = list["kind"].text();
    if (!kind.ends_with("List")) return "the response is no list";
    if (!is_wanted(kind)) return "the response is a list of something else";
    const document::Node* items = list["items"].node();
    // client-go's empty lists have `items: null`; one without any is none.
    if (items == nullptr || !(items->is_list() || items->is_null())) return "the response is a list without items";
    const Field metadata = list["metadata"];
    if (metadata.exists() && !metadata.node()->is_object()) return "the response's metadata are no object";
    return problem_of_token(metadata["continue"]);
  }

  // Somebody else's list, empty, must not read as ours.
  bool is_wanted(std::string_view kind) const {
    return request_.kind.empty() || kind == request_.kind + "List" ||
           (request_.only_metadata && kind == "PartialObjectMetadataList");
  }

  // What is no text must not read as no token: the list would seem to be whole.
  std::string problem_of_token(const Field& token) const {
    if (!token.exists()) return "";
    if (!token.node()->is_string()) return "the response's token for the next page is no text";
    const bool again = !token_.empty() && token.text() == token_;
    return again ? "the response gives the token of the page that it is" : "";
  }

  void read_metadata(const document::DocumentStream& page) {
    const Field metadata = Field(&page.documents.front().root, symbols_)["metadata"];
    token_ = metadata["continue"].string();
    end_.resource_version = metadata["resourceVersion"].string();
  }

  ApiReader& reader_;
  const ListRequest& request_;
  SymbolTable& symbols_;
  ListConsumer& consumer_;
  std::string token_;
  bool in_one_response_ = false;
  ListEnd end_;
};

}  // namespace

Answer<ListEnd> list(ApiReader& reader, const ListRequest& request, SymbolTable& symbols, ListConsumer& consumer) {
  return Lister(reader, request, symbols, consumer).run();
}

}  // namespace kastell::client
