// Walking a resource beside the schema of its definition, for what the schema says of values.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "cel/text_rules.h"
#include "custom/values/keywords.h"
#include "custom/values/sink.h"
#include "document/path.h"

namespace kastell::custom {

// Patterns of definitions, each compiled once.
class Patterns {
 public:
  using Compiled = std::expected<cel::TextPattern, std::string>;
  const Compiled& of(std::string_view text);

 private:
  static constexpr std::size_t most_kept = 2000;
  std::unordered_map<std::string, Compiled> compiled_;
};

class ValueWalk {
 public:
  ValueWalk(const SymbolTable& symbols, const Keywords& words, Patterns& patterns, Steps& steps, ProblemSink& sink,
            unsigned minor)
      : symbols_(symbols), words_(words), patterns_(patterns), steps_(steps), sink_(sink), minor_(minor) {}

  void check_resource(const document::Node& resource, const document::Node& schema);

 private:
  // Who asks for types, enumerations and missing fields: of the schema's own structure kube/api_schema.h does. Inside
  // allOf, anyOf, oneOf and not, and in metadata, the walk itself does.
  enum class Asked : std::uint8_t { values, all };
  enum class Outcome : std::uint8_t { holds, fails, unknown };
  using Node = document::Node;

  void check(const Node& value, const Node& schema, Asked asked);
  void check_below(document::Step step, const Node& value, const Node& schema, Asked asked);
  void check_members(const Node& object, const Node& schema, Asked asked, bool is_resource);
  void check_object(const Node& object, const Node& schema, Asked asked);
  void check_required(const Node& object, const Node& schema);
  void check_enumeration(const Node& value, const Node& schema);
  void check_number(const Node& value, const Node& schema);
  void check_multiple(const Node& value, const Node& schema);
  void check_bound(const Node& value, const Node& schema, Symbol bound, Symbol exclusive, bool is_least);
  void check_range_of_format(const Node& value, const Node& schema);
  void check_text(std::string_view text, const Node& schema);
  void check_pattern(std::string_view text, const Node& schema);
  void check_format(std::string_view text, const Node& schema);
  void check_list(const Node& list, const Node& schema, Asked asked);
  void check_duplicates(const Node& list, const Node& schema);
  void report_duplicates(const Node& list, const std::vector<Symbol>& keys, bool whole);
  std::vector<Symbol> map_keys(const Node& schema);
  void check_size(std::uint64_t size, const Node& schema, Symbol least, Symbol most, std::string_view unit);
  void check_branches(const Node& value, const Node& schema);
  void check_all_of(const Node& value, const Node& schema);
  void check_any_of(const Node& value, const Node& branches);
  void check_one_of(const Node& value, const Node& branches);
  void check_not(const Node& value, const Node& schema);
  Outcome try_branch(const Node& value, const Node& schema);
  std::string needed_by(const Node& branches) const;

  bool suits_type(const Node& value, const Node& schema);
  std::optional<std::uint64_t> count(const Node& schema, Symbol keyword);
  const Node* list_of(const Node& schema, Symbol keyword);
  std::string_view text_of(const Node& schema, Symbol keyword) const;
  void fail(const std::string& explanation) { fail(kube::FieldProblemType::invalid_value, explanation); }
  void fail(kube::FieldProblemType type, const std::string& explanation);
  void doubt(const std::string& explanation, bool is_unreadable = false);
  void unreadable(Symbol keyword, std::string_view what);

  const SymbolTable& symbols_;
  const Keywords& words_;
  Patterns& patterns_;
  Steps& steps_;
  ProblemSink& sink_;
  unsigned minor_;                    // of Kubernetes 1
  std::vector<document::Step> path_;  // where the walk is
  std::unordered_set<const document::Node*> patterns_met_;
  // Within a branch of anyOf, oneOf or not problems are counted, not told.
  struct Tally {
    bool fails = false, is_unknown = false;
  };
  Tally* tally_ = nullptr;
};

}  // namespace kastell::custom
