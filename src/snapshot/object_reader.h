// Finds the Kubernetes objects in one document, and says what else is there.
#pragma once

#include <string>
#include <vector>

#include "snapshot/snapshot.h"

namespace kastell::snapshot {

class ObjectReader {
 public:
  // `arena` is the document's: an item that inherits its kind from a typed list is rebuilt there.
  ObjectReader(const document::Source& source, Arena& arena) : source_(source), arena_(arena) {}

  void read(const document::Document& document);

  std::vector<Object>& objects() { return objects_; }
  // What was not taken, in document order: `skipped` or `partial`.
  std::vector<Coverage>& troubles() { return troubles_; }

 private:
  // A value under inspection: where it is, and what a typed list lends it.
  struct Candidate {
    const document::Node* node;
    std::uint32_t offset;
    unsigned depth;                  // lists around it
    std::string_view api_version{};  // inherited
    std::string_view kind{};         // inherited
    bool meant_as_object = false;    // item of a List: anything else there is trouble, not a stranger
  };

  void read_value(const Candidate& candidate);
  void read_object(const Candidate& candidate);
  void read_list_kind(const Candidate& list, std::string_view kind);
  void read_collection(const Candidate& collection);
  void read_items(const document::Node& list, const Candidate& sample);
  void add_object(const Candidate& candidate, const document::Node& root);
  document::Node with_inherited(const Candidate& candidate);
  void report(const Candidate& candidate, CoverageStatus status, std::string reason);

  const document::Source& source_;
  Arena& arena_;
  document::Path prefix_;
  std::vector<Object> objects_;
  std::vector<Coverage> troubles_;
};

}  // namespace kastell::snapshot
