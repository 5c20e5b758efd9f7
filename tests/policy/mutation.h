// Small changes of documents, for properties that must hold whatever is changed.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "document/path.h"
#include "policy/scan.h"

namespace kastell::policy::testing {

// Every path below `node`, parents before what they hold.
std::vector<document::Path> paths_below(const document::Node& node);

// The node without what is at `path`; with `value` in its place.
document::Node without(const document::Node& node, std::span<const document::Step> path, Arena& arena);
document::Node with_value(const document::Node& node, std::span<const document::Step> path, const document::Node& value,
                          Arena& arena);

bool is_prefix(std::span<const document::Step> a, std::span<const document::Step> b);

// The options under which a control's example is judged, with every verdict listed.
ScanOptions options_for(const Control& control, const Example& example);

// Exceptions of a property: a YAML list of {reason, controls, paths}. Each must be used.
class ExceptionList {
 public:
  ExceptionList(const std::string& file, SymbolTable& symbols);
  bool contains(const std::string& control, const std::string& path);
  std::vector<std::string> unused() const;

 private:
  struct Exception {
    std::string control, path;
    bool used = false;
  };
  std::vector<Exception> exceptions_;
};

}  // namespace kastell::policy::testing
