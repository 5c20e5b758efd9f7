// Watches: one resource kept in view, as client-go's reflector does it.
//
// follow() lists (by a watch-list where the server has it, else page by page) and then watches with bookmarks, from the
// last version it saw. When that version has expired (410), it lists anew and the observer forgets what it had; any
// other fault is waited out with a growing pause. It returns when the observer has seen enough.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/symbol.h"
#include "document/document.h"
#include "kube/client/list.h"
#include "kube/client/reader.h"

namespace kastell::client {

enum class WatchEventType : std::uint8_t { added, modified, deleted };

struct WatchEvent {
  WatchEventType type;
  document::Node object;
  document::DocumentStream line;  // that the object lives in
};

class Observer {
 public:
  virtual ~Observer() = default;

  // What was known is to be forgotten: a list begins.
  virtual void begin() = 0;
  // A page of that list, as in ListConsumer; a watch-list sends `added` events instead.
  virtual void page(document::DocumentStream page) = 0;
  virtual void event(WatchEvent event) = 0;
  // The list is complete.
  virtual void synced() = 0;
  // Something failed and will be tried again: what is known may be out of date until the next event or list.
  virtual void trouble(const RequestFailure& failure) = 0;
  // Asked between events.
  virtual bool wants_more() = 0;
};

struct FollowOptions {
  // The server ends a watch after this, up to twice as long: so that not all come back at once.
  std::chrono::seconds watch_lasts{300};
  // Without an event or a bookmark, which come about once a minute, the connection counts as dead.
  std::chrono::milliseconds silence{90'000};
  bool use_watch_list = true;
  std::size_t longest_event = std::size_t{64} << 20;  // bytes
};

// Ends with a failure only where trying again cannot help: the resource is not there, or may not be listed or watched.
Answer<void> follow(ApiReader& reader, const ListRequest& request, SymbolTable& symbols, Observer& observer,
                    const FollowOptions& options = {});

}  // namespace kastell::client
