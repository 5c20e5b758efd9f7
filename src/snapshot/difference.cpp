#include "snapshot/difference.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <tuple>

namespace kastell::snapshot {

using document::Node;
using document::Step;

namespace {

using FieldPath = document::Path;

bool is_kept_by_server(std::span<const Step> path) {
  constexpr std::array metadata{symbols::managedFields, symbols::resourceVersion, symbols::generation, symbols::uid,
                                symbols::creationTimestamp};
  if (path.size() == 1) return path[0] == Step::key(symbols::status);
  return path.size() == 2 && path[0] == Step::key(symbols::metadata) && !path[1].is_index &&
         std::ranges::find(metadata, path[1].symbol()) != metadata.end();
}

std::string_view name_in(const Node& item) {
  const Node* name = item.find(symbols::name);
  return name == nullptr ? std::string_view{} : name->as_string();
}

// Whether all items are objects with names of their own.
bool is_named_list(const Node& list) {
  std::set<std::string_view> names;
  return std::ranges::all_of(list.as_list(), [&names](const Node& item) {
    const std::string_view name = name_in(item);
    return !name.empty() && names.insert(name).second;
  });
}

// Walks two trees side by side; as deep as documents are (ParseLimits::depth).
class FieldComparison {
 public:
  FieldComparison(const SymbolTable& symbols, ObjectChange& result) : symbols_(symbols), result_(result) {}

  void compare(const Node& before, const Node& after) {
    if (before.is_object() && after.is_object()) return compare_objects(before, after);
    if (before.is_list() && after.is_list()) return compare_lists(before, after);
    if (!document::equal(before, after)) add(Change::changed);
  }

 private:
  void compare_objects(const Node& before, const Node& after) {
    for (std::uint32_t i = 0; i < before.size; ++i) {
      const Symbol key = before.member_keys()[i];
      compare_at(Step::key(key), &before.items[i], after.find(key));
    }
    for (std::uint32_t i = 0; i < after.size; ++i) {
      const Symbol key = after.member_keys()[i];
      if (before.find(key) == nullptr) compare_at(Step::key(key), nullptr, &after.items[i]);
    }
  }

  void compare_lists(const Node& before, const Node& after) {
    if (is_named_list(before) && is_named_list(after)) return compare_named(before, after);
    for (std::uint32_t i = 0; i < std::max(before.size, after.size); ++i) {
      compare_at(Step::index(i), i < before.size ? &before.items[i] : nullptr,
                 i < after.size ? &after.items[i] : nullptr);
    }
  }

  void compare_named(const Node& before, const Node& after) {
    for (std::uint32_t i = 0; i < before.size; ++i) {
      const auto at = find_named(after, name_in(before.items[i]));
      compare_at(Step::index(at.value_or(i)), &before.items[i], at ? &after.items[*at] : nullptr);
    }
    for (std::uint32_t i = 0; i < after.size; ++i) {
      if (!find_named(before, name_in(after.items[i]))) compare_at(Step::index(i), nullptr, &after.items[i]);
    }
  }

  static std::optional<std::uint32_t> find_named(const Node& list, std::string_view name) {
    const auto items = list.as_list();
    const auto at = std::ranges::find_if(items, [name](const Node& item) { return name_in(item) == name; });
    if (at == items.end()) return std::nullopt;
    return static_cast<std::uint32_t>(at - items.begin());
  }

  void compare_at(const Step& step, const Node* before, const Node* after) {
    path_.push_back(step);
    if (!is_kept_by_server(path_)) {
      if (before == nullptr || after == nullptr) {
        add(before == nullptr ? Change::added : Change::removed);
      } else {
        compare(*before, *after);
      }
    }
    path_.pop_back();
  }

  void add(Change change) {
    if (result_.fields.size() == most_fields) {
      ++result_.more_fields;
    } else {
      result_.fields.push_back({change, document::to_string(path_, symbols_)});
    }
  }

  const SymbolTable& symbols_;
  ObjectChange& result_;
  FieldPath path_;
};

bool is_first_of_its_identity(const Snapshot& snapshot, const Object& object) {
  const auto id = snapshot.find(object.group(), object.kind, object.name_space, object.name);
  return id && &snapshot.object(*id) == &object;
}

const Object* twin_in(const Snapshot& snapshot, const Object& object) {
  const auto id = snapshot.find(object.group(), object.kind, object.name_space, object.name);
  return id ? &snapshot.object(*id) : nullptr;
}

}  // namespace

std::string_view name_of(Change change) {
  constexpr std::array<std::string_view, 3> names = {"added", "removed", "changed"};
  return names[static_cast<std::size_t>(change)];
}

std::vector<ObjectChange> changes_between(const Snapshot& before, const Snapshot& after) {
  std::vector<ObjectChange> changes;
  for (const Object& object : after.objects()) {
    if (!is_first_of_its_identity(after, object)) continue;
    const Object* twin = twin_in(before, object);
    ObjectChange change{twin == nullptr ? Change::added : Change::changed, &object};
    if (twin != nullptr) FieldComparison(after.symbols(), change).compare(twin->root, object.root);
    if (twin == nullptr || !change.fields.empty()) changes.push_back(std::move(change));
  }
  for (const Object& object : before.objects()) {
    const bool gone = is_first_of_its_identity(before, object) && twin_in(after, object) == nullptr;
    if (gone) changes.push_back({Change::removed, &object});
  }
  std::ranges::sort(changes, {}, [](const ObjectChange& change) {
    const Object& object = *change.object;
    return std::tuple(object.kind, object.group(), object.effective_namespace(), object.name);
  });
  return changes;
}

}  // namespace kastell::snapshot
