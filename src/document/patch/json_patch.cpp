#include "document/json_patch.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include "document/document.h"
#include "document/write.h"

namespace kastell::document {

namespace {

constexpr std::string_view missing = ": missing value";
constexpr std::size_t deepest = ParseLimits{}.depth;
constexpr std::size_t most_copied = std::size_t{3} << 20;  // the API server's limit (JSONPatchMaxCopyBytes)

std::unexpected<Error> refuse(std::string message) {
  return failure(ErrorCode::unsupported, std::move(message));
}

// "~1" is "/", "~0" is "~".
std::string decode(std::string_view part) {
  std::string text;
  for (std::size_t i = 0; i < part.size(); ++i) {
    const bool is_escape = part[i] == '~' && i + 1 < part.size() && (part[i + 1] == '0' || part[i + 1] == '1');
    text += is_escape ? (part[++i] == '0' ? '~' : '/') : part[i];
  }
  return text;
}

// "/a/b" → a, b; nothing if the path does not begin with a slash somewhere.
std::vector<std::string> parts_of(std::string_view path) {
  std::vector<std::string> parts;
  auto slash = path.find('/');
  while (slash != std::string_view::npos) {
    path.remove_prefix(slash + 1);
    slash = path.find('/');
    parts.push_back(decode(path.substr(0, slash)));
  }
  return parts;
}

// Go's strconv.Atoi, and its complaint.
Result<std::int64_t> read_index(std::string_view text) {
  const std::string_view digits = text.starts_with('+') ? text.substr(1) : text;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error == std::errc{} && end == digits.data() + digits.size() && !digits.empty()) return value;
  return refuse("strconv.Atoi: parsing \"" + std::string(text) + "\": invalid syntax");
}

// The index of one of `size` places, from the front or, if negative, from the back.
Result<std::size_t> place_of(std::string_view key, std::size_t size) {
  const auto index = read_index(key);
  if (!index) return std::unexpected(index.error());
  const auto count = static_cast<std::int64_t>(size);
  if (*index >= count || *index < -count) {
    return refuse("Unable to access invalid index: " + std::to_string(*index) + ": invalid index referenced");
  }
  return static_cast<std::size_t>(*index < 0 ? *index + count : *index);
}

bool is_within(const Node& value, std::size_t levels) {
  if (!value.is_list() && !value.is_object()) return true;
  return levels > 0 && std::all_of(value.items, value.items + value.size,
                                   [levels](const Node& inside) { return is_within(inside, levels - 1); });
}

// A list or an object in the document, the way to it, and the key that an operation names in it.
struct Target {
  struct Step {
    Node container;
    std::size_t at;
  };
  std::vector<Step> way;
  Node container;
  std::string key;
};

class Patcher {
 public:
  Patcher(const Node& document, Arena& arena, SymbolTable& symbols)
      : document_(document), arena_(arena), symbols_(symbols) {}

  // False if a test failed.
  Result<bool> run(const PatchOperation& operation) {
    if (operation.op == "add") return done(add(operation));
    if (operation.op == "remove") return done(remove(operation));
    if (operation.op == "replace") return done(replace(operation));
    if (operation.op == "move") return done(move(operation));
    if (operation.op == "copy") return done(copy(operation));
    if (operation.op == "test") return test(operation);
    return refuse("Unexpected kind: " + operation.op);
  }

  const Node& document() const { return document_; }

 private:
  static Result<bool> done(const Result<void>& result) {
    if (!result) return std::unexpected(result.error());
    return true;
  }

  std::optional<Target> find(std::string_view path) const {
    std::vector<std::string> parts = parts_of(path);
    if (parts.empty()) return std::nullopt;
    Target target{.way = {}, .container = document_, .key = std::move(parts.back())};
    parts.pop_back();
    for (const std::string& part : parts) {
      const auto at = index_in(target.container, part);
      if (!at) return std::nullopt;
      const Node next = target.container.items[*at];
      if (!next.is_object() && !next.is_list()) return std::nullopt;
      target.way.push_back({target.container, *at});
      target.container = next;
    }
    return target;
  }

  std::optional<std::size_t> index_in(const Node& container, std::string_view key) const {
    if (container.is_list()) {
      const auto place = place_of(key, container.size);
      return place ? std::optional(*place) : std::nullopt;
    }
    const auto symbol = symbols_.find(key);
    const std::int64_t index = symbol ? container.find_index(*symbol) : -1;
    return index < 0 ? std::nullopt : std::optional(static_cast<std::size_t>(index));
  }

  // What is at the key; null if an object has no such member.
  Result<const Node*> get(const Target& target) const {
    if (target.container.is_list()) {
      const auto place = place_of(target.key, target.container.size);
      if (!place) return std::unexpected(place.error());
      return &target.container.items[*place];
    }
    const auto index = index_in(target.container, target.key);
    return index ? &target.container.items[*index] : nullptr;
  }

  static std::vector<Member> members_of(const Node& object) {
    std::vector<Member> members;
    for (std::size_t i = 0; i < object.size; ++i) {
      members.push_back({object.member_keys()[i], object.member_values()[i]});
    }
    return members;
  }

  Node with_item(const Node& container, std::size_t at, const Node& value) {
    if (container.is_list()) {
      std::vector<Node> items(container.as_list().begin(), container.as_list().end());
      items[at] = value;
      return make_list(arena_, items);
    }
    std::vector<Member> members = members_of(container);
    members[at].value = value;
    return make_object(arena_, members, false);
  }

  void put_back(const Target& target, Node container) {
    for (auto step = target.way.rbegin(); step != target.way.rend(); ++step) {
      container = with_item(step->container, step->at, container);
    }
    document_ = container;
  }

  // Copies of copies would double what is there each time.
  Result<void> charge_copy(const Node& value) {
    copy_.clear();
    append_json(copy_, value, symbols_);
    copied_ += copy_.size();
    if (copied_ <= most_copied) return {};
    return refuse("Unable to complete the copy, the accumulated size increase of copy is " + std::to_string(copied_) +
                  ", exceeding the limit " + std::to_string(most_copied));
  }

  static Result<void> check_depth(const Target& target, const Node& value) {
    const std::size_t above = target.way.size() + 1;
    if (above <= deepest && is_within(value, deepest - above)) return {};
    return refuse("the document would be nested deeper than the limit of " + std::to_string(deepest) + " levels");
  }

  void set_member(const Target& target, const Node& value) {
    std::vector<Member> members = members_of(target.container);
    const auto index = index_in(target.container, target.key);
    if (index) {
      members[*index].value = value;
    } else {
      members.push_back({symbols_.intern(target.key), value});
    }
    put_back(target, make_object(arena_, members, false));
  }

  Result<void> add_at(const Target& target, const Node& value) {
    if (auto fits = check_depth(target, value); !fits) return fits;
    if (target.container.is_object()) {
      set_member(target, value);
      return {};
    }
    std::vector<Node> items(target.container.as_list().begin(), target.container.as_list().end());
    std::size_t at = items.size();
    if (target.key != "-") {
      if (const auto number = read_index(target.key); !number) {
        return refuse("value was not a proper array index: '" + target.key + "': " + number.error().message);
      }
      const auto place = place_of(target.key, items.size() + 1);
      if (!place) return std::unexpected(place.error());
      at = *place;
    }
    items.insert(items.begin() + static_cast<std::ptrdiff_t>(at), value);
    put_back(target, make_list(arena_, items));
    return {};
  }

  Result<void> remove_at(const Target& target) {
    if (target.container.is_list()) {
      const auto place = place_of(target.key, target.container.size);
      if (!place) return std::unexpected(place.error());
      std::vector<Node> items(target.container.as_list().begin(), target.container.as_list().end());
      items.erase(items.begin() + static_cast<std::ptrdiff_t>(*place));
      put_back(target, make_list(arena_, items));
      return {};
    }
    const auto index = index_in(target.container, target.key);
    if (!index) return refuse("Unable to remove nonexistent key: " + target.key + std::string(missing));
    std::vector<Member> members = members_of(target.container);
    members.erase(members.begin() + static_cast<std::ptrdiff_t>(*index));
    put_back(target, make_object(arena_, members, false));
    return {};
  }

  static std::unexpected<Error> wrap(std::string what, const Error& error) {
    return refuse(std::move(what) + ": " + error.message);
  }

  Result<void> add(const PatchOperation& operation) {
    const auto target = find(operation.path);
    if (!target) {
      return refuse("add operation does not apply: doc is missing path: \"" + operation.path + "\"" +
                    std::string(missing));
    }
    const auto added = add_at(*target, operation.value.value_or(Node::make_null()));
    if (!added) return wrap("error in add for path: '" + operation.path + "'", added.error());
    return {};
  }

  Result<void> remove(const PatchOperation& operation) {
    const auto target = find(operation.path);
    if (!target) {
      return refuse("remove operation does not apply: doc is missing path: \"" + operation.path + "\"" +
                    std::string(missing));
    }
    const auto removed = remove_at(*target);
    if (!removed) return wrap("error in remove for path: '" + operation.path + "'", removed.error());
    return {};
  }

  Result<void> replace(const PatchOperation& operation) {
    const Node value = operation.value.value_or(Node::make_null());
    if (operation.path.empty()) {
      if (!value.is_object() && !value.is_list()) {
        return refuse("replace operation value must be object or array: %!w(<nil>)");
      }
      document_ = value;
      return {};
    }
    const auto target = find(operation.path);
    if (!target) {
      return refuse("replace operation does not apply: doc is missing path: " + operation.path + std::string(missing));
    }
    if (!get(*target)) {
      return refuse("replace operation does not apply: doc is missing key: " + operation.path + std::string(missing));
    }
    if (auto fits = check_depth(*target, value); !fits) return fits;
    if (target->container.is_object()) {
      set_member(*target, value);
    } else {
      put_back(*target, with_item(target->container, *index_in(target->container, target->key), value));
    }
    return {};
  }

  Result<Target> source_of(const PatchOperation& operation) const {
    if (operation.from.empty()) {
      return refuse(operation.op + " operation failed to decode from: operation, missing from field" +
                    std::string(missing));
    }
    auto target = find(operation.from);
    if (target) return std::move(*target);
    return refuse(operation.op + " operation does not apply: doc is missing from path: " + operation.from +
                  std::string(missing));
  }

  Result<Target> destination_of(const PatchOperation& operation) const {
    auto target = find(operation.path);
    if (target) return std::move(*target);
    return refuse(operation.op + " operation does not apply: doc is missing destination path: " + operation.path +
                  std::string(missing));
  }

  Result<void> move(const PatchOperation& operation) {
    const auto source = source_of(operation);
    if (!source) return std::unexpected(source.error());
    const auto found = get(*source);
    if (!found) return wrap("error in move for path: '" + source->key + "'", found.error());
    const Node value = *found == nullptr ? Node::make_null() : **found;
    if (const auto removed = remove_at(*source); !removed) {
      return wrap("error in move for path: '" + source->key + "'", removed.error());
    }
    const auto target = destination_of(operation);
    if (!target) return std::unexpected(target.error());
    const auto added = add_at(*target, value);
    if (!added) return wrap("error in move for path: '" + operation.path + "'", added.error());
    return {};
  }

  Result<void> copy(const PatchOperation& operation) {
    const auto source = source_of(operation);
    if (!source) return std::unexpected(source.error());
    const auto found = get(*source);
    if (!found) return wrap("error in copy for from: '" + operation.from + "'", found.error());
    const auto target = destination_of(operation);
    if (!target) return std::unexpected(target.error());
    const Node value = *found == nullptr ? Node::make_null() : **found;
    if (auto charged = charge_copy(value); !charged) return charged;
    const auto added = add_at(*target, value);
    if (!added) return wrap("error while adding value during copy", added.error());
    return {};
  }

  // A value of null never equals what is there: null is nothing at all to the library.
  Result<bool> test(const PatchOperation& operation) const {
    if (operation.path.empty()) return operation.value && equal(document_, *operation.value);
    const auto target = find(operation.path);
    if (!target) {
      return refuse("test operation does not apply: is missing path: " + operation.path + std::string(missing));
    }
    const auto found = get(*target);
    if (!found) return wrap("error in test for path: '" + operation.path + "'", found.error());
    if (*found == nullptr || (*found)->is_null()) return !operation.value;
    return operation.value && equal(**found, *operation.value);
  }

  Node document_;
  Arena& arena_;
  SymbolTable& symbols_;
  std::size_t copied_ = 0;  // bytes, as JSON
  std::string copy_;
};

}  // namespace

Result<Patched> apply_json_patch(const Node& document, std::span<const PatchOperation> operations, Arena& arena,
                                 SymbolTable& symbols) {
  Patcher patcher(document, arena, symbols);
  for (const PatchOperation& operation : operations) {
    const auto passed = patcher.run(operation);
    if (!passed) return std::unexpected(passed.error());
    if (!*passed) return Patched{document, true};
  }
  return Patched{patcher.document()};
}

}  // namespace kastell::document
