// How an API server's own lists are compared and added to, by what their schema says they are (apiserver
// pkg/cel/common: unstructuredList, unstructuredSetList, unstructuredMapList).
//
// The list on the left decides. Up to Kubernetes 1.36 a sum is again such a list, of items as they were written; from
// 1.37 it holds values: of sets and maps it is compared and added to as they are (refValSetList, refValMapList), of
// other lists it is a list as expressions make them.
#pragma once

#include <memory>
#include <unordered_map>

#include "cel/list_manner.h"
#include "custom/values/keywords.h"

namespace kastell::custom {

// What one evaluation did with lists.
struct ListNotes {
  // An answer rests on what Kastell does not know: how the text of a time was written, or what a list shares.
  bool is_unknown = false;
  // Lists that were added to, by their items, with what was added first. Up to 1.36 the sum may lie in the same memory
  // as the list (Go's append), and a second sum replaces what the first one added.
  std::unordered_map<const document::Node*, const document::Node*> grown;
};

// Of one definition.
class ListManners {
 public:
  // `minor` of Kubernetes 1.
  ListManners(const Keywords& words, unsigned minor) : words_(words), minor_(minor) {}

  // Of lists of that schema.
  const cel::ListManner& of(const document::Node& schema);

  void begin() { notes_ = {}; }  // an evaluation
  bool met_unknown() const { return notes_.is_unknown; }

 private:
  std::unique_ptr<cel::ListManner> make(const document::Node& schema);

  const Keywords& words_;
  unsigned minor_;
  ListNotes notes_;
  std::unordered_map<const document::Node*, std::unique_ptr<cel::ListManner>> known_;
};

}  // namespace kastell::custom
