// Tags and the directives that give them names.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "document/yaml/cursor.h"
#include "document/yaml/resolve.h"

namespace kastell::document::yaml {

// What "%YAML" and "%TAG" lines before a document say.
class Directives {
 public:
  // Reads the line at the cursor, which begins with '%'. What is wrong with it, or null.
  const char* read(Cursor& cursor);
  bool any() const { return has_version_ || !handles_.empty(); }
  void clear();

  // Nothing for a handle that no directive made known.
  const std::string* prefix_of(std::string_view handle) const;

 private:
  const char* read_version(Cursor& cursor);
  const char* read_handle(Cursor& cursor);

  bool has_version_ = false;
  std::vector<std::pair<std::string, std::string>> handles_;
};

struct ScannedTag {
  Tag tag = Tag::none;
  const char* error = nullptr;
};

// At a '!'; leaves the cursor behind the tag.
ScannedTag scan_tag(Cursor& cursor, const Directives& directives);

}  // namespace kastell::document::yaml
