#include <algorithm>
#include <optional>
#include <utility>

#include "kube/client/field.h"
#include "kube/client/reader/line_splitter.h"
#include "kube/client/watch.h"

namespace kastell::client {

namespace {

constexpr int ok = 200, bad_request = 400, forbidden = 403, not_found = 404, gone = 410, unprocessable = 422;
// A watch that has lasted this long was a good one: the next pause is the first again.
constexpr std::chrono::minutes good_watch{2};

std::optional<WatchEventType> type_of(std::string_view text) {
  if (text == "ADDED") return WatchEventType::added;
  if (text == "MODIFIED") return WatchEventType::modified;
  if (text == "DELETED") return WatchEventType::deleted;
  return std::nullopt;
}

// Lets an observer take the pages of a list.
class PagesTo final : public ListConsumer {
 public:
  explicit PagesTo(Observer& observer) : observer_(observer) {}
  void begin() override { observer_.begin(); }
  void page(document::DocumentStream page) override { observer_.page(std::move(page)); }

 private:
  Observer& observer_;
};

class Follower {
 public:
  Follower(ApiReader& reader, const ListRequest& request, SymbolTable& symbols, Observer& observer,
           const FollowOptions& options)
      : reader_(reader),
        request_(request),
        symbols_(symbols),
        observer_(observer),
        options_(options),
        watch_lists_(options.use_watch_list) {}

  Answer<void> run() {
    while (observer_.wants_more()) {
      const auto started = reader_.machine().steady_time();
      auto done = version_.empty() ? begin() : watch(false);
      if (reader_.machine().steady_time() - started >= good_watch) pauses_ = 0;
      if (done) continue;
      const RequestFailure& failed = done.error();
      if (failed.status == gone) {
        version_.clear();
      } else if (failed.status == forbidden || failed.status == not_found) {
        return done;
      }
      observer_.trouble(failed);
      pause(failed);
    }
    return {};
  }

 private:
  Answer<void> begin() {
    if (watch_lists_) {
      auto watched = watch(true);
      const int status = watched ? ok : watched.error().status;
      if (status != bad_request && status != unprocessable) return watched;
      watch_lists_ = false;  // a server that does not know them says so
    }
    PagesTo pages(observer_);
    auto listed = list(reader_, request_, symbols_, pages);
    if (!listed) return std::unexpected(std::move(listed.error()));
    version_ = listed->resource_version;
    observer_.synced();
    return {};
  }

  std::string target(bool initial) const {
    const auto lasts = options_.watch_lasts.count();
    const auto seconds = lasts + static_cast<std::int64_t>(static_cast<double>(lasts) * reader_.machine().random());
    std::string target =
        request_.path + "?watch=true&allowWatchBookmarks=true&timeoutSeconds=" + std::to_string(seconds);
    if (!request_.query.empty()) target += "&" + request_.query;
    if (initial) return target + "&sendInitialEvents=true&resourceVersionMatch=NotOlderThan";
    return target + "&resourceVersion=" + escape_url(version_);
  }

  // One connection, until it ends.
  Answer<void> watch(bool initial) {
    const std::string where = target(initial);
    LineSplitter lines(options_.longest_event);
    event_failure_.reset();
    syncing_ = initial;
    if (initial) observer_.begin();
    RequestBounds bounds = reader_.options().bounds;
    bounds.whole = std::chrono::milliseconds(0);
    bounds.idle = options_.silence;
    const auto accepted = request_.only_metadata ? accept::metadata_event : accept::json;
    auto answer = reader_.stream(where, accepted, bounds, [&](std::string_view piece) {
      return lines.add(piece, [&](std::string_view line) { return take(line, where); });
    });
    if (lines.too_long()) {
      return std::unexpected(bad_response(
          reader_, where, "an event is longer than the limit of " + std::to_string(options_.longest_event) + " bytes"));
    }
    if (event_failure_) return std::unexpected(*std::exchange(event_failure_, std::nullopt));
    if (!answer) return std::unexpected(std::move(answer.error()));
    // Cut off before it was complete: what came so far is no list.
    if (std::exchange(syncing_, false) && observer_.wants_more()) version_.clear();
    return {};
  }

  // False ends the watch.
  bool take(std::string_view line, const std::string& where) {
    if (line.empty()) return true;
    WatchEvent event{WatchEventType::added, {}, {}};
    event.line = document::parse(std::make_shared<const document::Source>(request_.path, line), symbols_,
                                 {.format = document::Format::json});
    if (!event.line.errors.empty() || event.line.documents.size() != 1) return fail(where, "a line is no event");
    const Field root(&event.line.documents.front().root, symbols_);
    const Field object = root["object"];
    const std::string_view type = root["type"].text();
    if (type == "ERROR") return fail_as(object, where);
    if (object.node() == nullptr || !object.node()->is_object()) return fail(where, "an event has no object");
    const std::string version = object["metadata"]["resourceVersion"].string();
    if (type == "BOOKMARK") return take_bookmark(object, version);
    const auto known = type_of(type);
    if (!known) return fail(where, "an event has an unknown type");
    event.type = *known;
    event.object = *object.node();
    observer_.event(std::move(event));
    // Events of a watch-list come in no order: only its end is a version to go on from.
    if (!syncing_) version_ = version;
    return observer_.wants_more();
  }

  bool take_bookmark(const Field& object, const std::string& version) {
    const bool end = object["metadata"]["annotations"]["k8s.io/initial-events-end"].text() == "true";
    if (syncing_ && !end) return true;
    version_ = version;
    if (std::exchange(syncing_, false)) observer_.synced();
    return observer_.wants_more();
  }

  bool fail(const std::string& where, std::string_view what) {
    event_failure_ = bad_response(reader_, where, what);
    return false;
  }

  // ERROR events carry a Status, 410 most of all.
  bool fail_as(const Field& status, const std::string& where) {
    event_failure_ = bad_response(reader_, where, "the watch ended: " + status["message"].string());
    event_failure_->status = static_cast<int>(status["code"].integer().value_or(0));
    event_failure_->reason = status["reason"].string();
    return false;
  }

  // Doubling, with jitter, as between attempts of a request.
  void pause(const RequestFailure& failed) {
    const ReaderOptions& options = reader_.options();
    auto pause = options.first_pause;
    for (unsigned i = 0; i < pauses_ && pause < options.longest_pause; ++i) pause *= 2;
    ++pauses_;
    const double jittered = static_cast<double>(pause.count()) * (1 + reader_.machine().random());
    pause = std::min(std::chrono::milliseconds(static_cast<std::int64_t>(jittered)), options.longest_pause);
    if (failed.retry_after) pause = std::max(pause, std::chrono::milliseconds(*failed.retry_after));
    reader_.machine().sleep(pause);
  }

  ApiReader& reader_;
  const ListRequest& request_;
  SymbolTable& symbols_;
  Observer& observer_;
  const FollowOptions& options_;
  bool watch_lists_;
  bool syncing_ = false;  // a watch-list has not told its end yet
  std::string version_;   // to go on from; empty: list
  std::optional<RequestFailure> event_failure_;
  unsigned pauses_ = 0;
};

}  // namespace

Answer<void> follow(ApiReader& reader, const ListRequest& request, SymbolTable& symbols, Observer& observer,
                    const FollowOptions& options) {
  return Follower(reader, request, symbols, observer, options).run();
}

}  // namespace kastell::client
