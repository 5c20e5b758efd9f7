// structured-merge-diff typed/merge.go, with the rule that the right side wins.
#include <algorithm>
#include <map>

#include "kube/merge/types.h"
#include "kube/merge/validate.h"
#include "kube/structured_merge.h"

namespace kastell::kube {

using document::Member;
using document::Node;

namespace merge {
namespace {

class Merger {
 public:
  Merger(Arena& arena, const SymbolTable& symbols) : arena_(arena), symbols_(symbols) {}

  Node merge(const Node& left, const Node& right, ApiType type) {
    const TypeRow row = row_for(type, right.is_null() ? left : right);
    if (row.atomic) return right;
    if (row.shape == Shape::list) return merge_lists(left, right, row);
    if (row.shape == Shape::map || row.shape == Shape::structure) return merge_maps(left, right, row);
    return right;
  }

 private:
  // An explicit null is no map at all: what is there stays.
  Node merge_maps(const Node& left, const Node& right, const TypeRow& row) {
    if (!left.is_object() || left.size == 0) return right;
    if (!right.is_object()) return left;
    std::vector<Member> members;
    for (std::size_t i = 0; i < left.size; ++i) {
      const Symbol key = left.member_keys()[i];
      const Node& value = left.member_values()[i];
      const Node* other = right.find(key);
      const ApiType type = member_type(row, symbols_.text(key)).value_or(ApiType{});
      members.push_back({key, other == nullptr ? value : merge(value, *other, type)});
    }
    for (std::size_t i = 0; i < right.size; ++i) {
      const Symbol key = right.member_keys()[i];
      if (left.find(key) == nullptr) members.push_back({key, right.member_values()[i]});
    }
    return document::make_object(arena_, members, false);
  }

  struct Indexed {
    std::vector<std::string> keys;
    std::map<std::string, const Node*, std::less<>> items;  // null: several have the key
  };
  Indexed index(const Node& list, const TypeRow& row) const {
    Indexed indexed;
    for (const Node& item : list.as_list()) {
      indexed.keys.push_back(key_of(row, item, symbols_).text);
      const auto [at, is_new] = indexed.items.emplace(indexed.keys.back(), &item);
      if (!is_new) at->second = nullptr;
    }
    return indexed;
  }

  Node merge_lists(const Node& left, const Node& right, const TypeRow& row) {
    if (!left.is_list() || left.size == 0) return right;
    if (!right.is_list() || right.size == 0) return left;
    return ListMerge(*this, left, right, row).run();
  }

  // Items that both lists have keep the right one's order among themselves; others stay where they are.
  class ListMerge {
   public:
    ListMerge(Merger& merger, const Node& left, const Node& right, const TypeRow& row)
        : merger_(merger),
          left_(left),
          right_(right),
          row_(row),
          l_(merger.index(left, row)),
          r_(merger.index(right, row)) {
      for (const std::string& key : r_.keys) {
        if (l_.items.contains(key)) shared_.push_back(&key);
      }
    }

    Node run() {
      while (at_left_ < left_.size || at_right_ < right_.size) step();
      return document::make_list(merger_.arena_, out_);
    }

   private:
    bool is_next_shared(const std::string& key) const { return next_ < shared_.size() && *shared_[next_] == key; }

    void step() {
      const bool has_left = at_left_ < left_.size;
      const bool has_right = at_right_ < right_.size;
      if (has_left && has_right) {
        const std::string& key = l_.keys[at_left_];
        if (key == r_.keys[at_right_]) {
          take_right(key);
          ++at_left_;
          return;
        }
        if (r_.items.contains(key) && next_ < shared_.size() && !is_next_shared(key)) {
          ++at_left_;  // shared, but not the one that is wanted now
          return;
        }
      }
      if (has_left) {
        const std::string& key = l_.keys[at_left_];
        if (!r_.items.contains(key)) {
          out_.push_back(left_.items[at_left_++]);
          return;
        }
        if (done_.contains(key)) ++at_left_;
      }
      if (has_right) take_right(r_.keys[at_right_]);
    }

    void take_right(const std::string& key) {
      done_.emplace(key, true);
      const Node& item = right_.items[at_right_++];
      const auto found = l_.items.find(key);
      const Node* other = found == l_.items.end() ? nullptr : found->second;
      out_.push_back(other == nullptr ? item : merger_.merge(*other, item, row_.element));
      if (is_next_shared(key)) ++next_;
    }

    Merger& merger_;
    const Node& left_;
    const Node& right_;
    const TypeRow& row_;
    Indexed l_, r_;
    std::vector<const std::string*> shared_;
    std::size_t next_ = 0;
    std::size_t at_left_ = 0, at_right_ = 0;
    std::map<std::string, bool, std::less<>> done_;
    std::vector<Node> out_;
  };

  Arena& arena_;
  const SymbolTable& symbols_;
};

std::string joined(const std::vector<std::string>& paths) {
  std::string text;
  for (const std::string& path : paths) text.append(&path == paths.data() ? "" : ", ").append(path);
  return text;
}

}  // namespace
}  // namespace merge

std::vector<std::string> undeclared_fields(const Node& object, ApiType type, const SymbolTable& symbols) {
  std::vector<std::string> fields;
  for (const merge::Problem& problem : merge::validate(object, type, symbols, merge::ItemNames::indexes)) {
    if (problem.is_undeclared) fields.push_back(problem.path.substr(1));
  }
  return fields;
}

Result<Node> apply_configuration(const Node& live, const Node& configuration, ApiType type, Arena& arena,
                                 const SymbolTable& symbols) {
  const auto problems = merge::validate(configuration, type, symbols);
  if (!problems.empty()) {
    return failure(ErrorCode::type, "failed to convert patch object to typed object: " + merge::to_string(problems));
  }
  const auto atomics = merge::find_atomics(configuration, type, symbols);
  if (!atomics.empty()) {
    return failure(ErrorCode::type, "invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: " +
                                        merge::joined(atomics));
  }
  return merge::Merger(arena, symbols).merge(live, configuration, type);
}

}  // namespace kastell::kube
