// Lists: every object of one resource, page by page, parsed where it arrived.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/symbol.h"
#include "document/document.h"
#include "kube/client/reader.h"

namespace kastell::client {

struct ListRequest {
  std::string path;            // /apis/apps/v1/deployments
  std::string query = {};      // more parameters, escaped: labelSelector=…
  bool only_metadata = false;  // metadata-only objects (PartialObjectMetadata)
  std::string kind = {};       // of the items: a list of others is refused; empty: any (a definition names its lists)
  unsigned page = 500;         // objects per response
  unsigned most_pages = 100'000;  // more are an endless list
};

// Takes the pages of one list.
class ListConsumer {
 public:
  virtual ~ListConsumer() = default;

  // Before the first page, and again if the list has to start over (its continue token expired): forget what came
  // before.
  virtual void begin() = 0;
  // One List object, the only document of its stream. Its `items` is a list; it may be empty.
  virtual void page(document::DocumentStream page) = 0;
};

struct ListEnd {
  std::string resource_version;
  unsigned pages = 0;
  unsigned restarts = 0;
};

// All pages, or a failure, after which what the consumer got is incomplete and must not be taken for everything.
Answer<ListEnd> list(ApiReader& reader, const ListRequest& request, SymbolTable& symbols, ListConsumer& consumer);

}  // namespace kastell::client
