#include "custom/rules/list_manners.h"

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "custom/rules/list_keys.h"
#include "custom/rules/names.h"

namespace kastell::custom {

using cel::Equality;
using cel::Value;
using document::Kind;
using document::Node;

namespace {

constexpr unsigned first_of_values = 37;    // the minor from which sums hold values
constexpr std::size_t most_keys_apart = 3;  // of a map; more are printed into one text

std::string_view text_of(const Node& schema, Symbol keyword) {
  const Node* value = schema.find(keyword);
  return value == nullptr ? std::string_view{} : value->as_string();
}

bool is_composite(const Value& value) {
  return value.is_list() || cel::is_map(value);
}

std::string_view schema_type(const Value& value) {
  switch (value.kind) {
    case Kind::boolean: return "boolean";
    case Kind::integer: return "integer";
    case Kind::floating: return "number";
    case Kind::string: return "string";
    case Kind::object: return "object";
    default: return cel::has_manner(value) ? "array" : "?";
  }
}

// What a list's items are written as.
class Items {
 public:
  Items(const Node* schema, const Keywords& words)
      : type_(schema == nullptr ? std::string_view{} : text_of(*schema, words.type)),
        is_either_(schema != nullptr && is_true(*schema, words.int_or_string)) {}

  // Whether the value, written and read again as such an item, is the same. Values of formats have a kind of their own.
  bool keeps(const Value& value) const {
    const std::string_view type = schema_type(value);
    return is_either_ ? type == "string" || type == "integer" : type == type_;
  }

 private:
  std::string_view type_;
  bool is_either_;
};

// A list that is not of type set or map, and what all have in common.
class PlainManner : public cel::ListManner {
 public:
  PlainManner(Items items, bool of_values, ListNotes& notes) : items_(items), of_values_(of_values), notes_(notes) {}

  Equality compare(const Value& own, const Value& other, const SymbolTable& symbols) const override {
    if (own.size != other.size) return Equality::no;
    for (std::uint32_t i = 0; i < own.size; ++i) {
      const Equality one = cel::compare_equality(own.items[i], other.items[i], symbols);
      if (one != Equality::yes) return one;
    }
    return Equality::yes;
  }

  Value add(Arena& arena, const Value& own, const Value& other, const SymbolTable& /*symbols*/) const override {
    const auto [at, is_first] = notes_.grown.emplace(own.items, other.items);
    if (!of_values_ && !is_first && at->second != other.items) notes_.is_unknown = true;
    note_written(other);
    std::vector<Value> items(own.as_list().begin(), own.as_list().end());
    items.insert(items.end(), other.as_list().begin(), other.as_list().end());
    return of_values_ ? cel::make_list(arena, items) : cel::make_list(arena, items, *this);
  }

 protected:
  // Items that are added are written, and read again as the list's own.
  void note_written(const Value& other) const {
    const bool is_kept = std::ranges::all_of(other.as_list(), [&](const Value& item) { return items_.keeps(item); });
    if (!of_values_ && !is_kept) notes_.is_unknown = true;
  }
  Equality unknown() const {
    notes_.is_unknown = true;
    return Equality::no;
  }

  Items items_;
  bool of_values_;
  ListNotes& notes_;
};

class SetManner : public PlainManner {
 public:
  explicit SetManner(const PlainManner& common) : PlainManner(common) {}

  Equality compare(const Value& own, const Value& other, const SymbolTable& /*symbols*/) const override {
    if (own.size != other.size) return Equality::no;
    std::unordered_set<std::string> members, seen;
    if (!collect(own, members)) return unknown();
    for (const Value& item : other.as_list()) {
      const auto key = scalar_key(item);
      if (!key) return unknown();
      // Up to 1.36 a set that was added to takes what was added for its own.
      if (!members.contains(*key)) return !of_values_ && notes_.grown.contains(own.items) ? unknown() : Equality::no;
      seen.insert(*key);
    }
    return !of_values_ || seen.size() == members.size() ? Equality::yes : Equality::no;
  }

  Value add(Arena& arena, const Value& own, const Value& other, const SymbolTable& /*symbols*/) const override {
    if (of_values_ && (has_composite(own) || has_composite(other))) {
      return cel::make_error(arena, "listSet operations are only supported on lists of scalar values");
    }
    if (!of_values_ && !notes_.grown.emplace(own.items, other.items).second) unknown();
    note_written(other);
    std::unordered_set<std::string> members;
    std::vector<Value> items(own.as_list().begin(), own.as_list().end());
    if (!collect(own, members)) unknown();
    for (const Value& item : other.as_list()) {
      const auto key = scalar_key(item);
      if (!key) unknown();
      if (key && members.insert(*key).second) items.push_back(item);
    }
    return cel::make_list(arena, items, *this);
  }

 private:
  static bool has_composite(const Value& list) { return std::ranges::any_of(list.as_list(), is_composite); }

  bool collect(const Value& own, std::unordered_set<std::string>& members) const {
    for (const Value& item : own.as_list()) {
      auto key = of_values_ ? scalar_key(item) : items_.keeps(item) ? written_key(item) : std::nullopt;
      if (!key) return false;
      members.insert(*std::move(key));
    }
    return true;
  }
};

// A list of type map, or a sum of such lists.
class KeyedManner : public PlainManner {
 public:
  // `fields`: names in items' values.
  KeyedManner(const PlainManner& common, std::vector<std::string> fields, std::unique_ptr<KeyedManner> sums)
      : PlainManner(common), fields_(std::move(fields)), sums_(std::move(sums)) {}

  Equality compare(const Value& own, const Value& other, const SymbolTable& symbols) const override {
    if (own.size != other.size) return Equality::no;
    const auto known = positions(own, symbols);
    std::unordered_set<std::uint32_t> seen;
    for (const Value& item : other.as_list()) {
      const auto at = find(known, item, symbols);
      if (at == known.end()) return Equality::no;
      const Equality one = cel::compare_equality(own.items[at->second], item, symbols);
      if (one != Equality::yes) return one;
      seen.insert(at->second);
    }
    return !of_values_ || seen.size() == known.size() ? Equality::yes : Equality::no;
  }

  // From 1.37 it is the sum's keys that are compared.
  Value add(Arena& arena, const Value& own, const Value& other, const SymbolTable& symbols) const override {
    if (of_values_ && sums_ != nullptr) return sums_->add(arena, own, other, symbols);
    note_written(other);
    std::vector<Value> items(own.as_list().begin(), own.as_list().end());
    const auto known = positions(own, symbols);
    for (const Value& item : other.as_list()) {
      const auto at = find(known, item, symbols);
      if (at == known.end()) {
        items.push_back(item);
      } else {
        items[at->second] = item;
      }
    }
    return cel::make_list(arena, items, *this);
  }

 private:
  using Positions = std::unordered_map<std::string, std::uint32_t>;

  bool is_sum() const { return of_values_ && sums_ == nullptr; }

  Positions positions(const Value& own, const SymbolTable& symbols) const {
    Positions known;
    for (std::uint32_t i = 0; i < own.size; ++i) {
      if (auto text = key(own.items[i], symbols)) known[*std::move(text)] = i;
    }
    return known;
  }

  Positions::const_iterator find(const Positions& known, const Value& item, const SymbolTable& symbols) const {
    const auto text = key(item, symbols);
    return text ? known.find(*text) : known.end();
  }

  // Nothing if it is the key of no item.
  std::optional<std::string> key(const Value& item, const SymbolTable& symbols) const {
    if (fields_.empty()) unknown();
    if (!is_sum() && !item.is_object()) return std::nullopt;
    std::string text;
    for (const std::string& field : fields_) {
      const Value* value = cel::is_map(item) ? cel::find_key(item, cel::make_string(field), symbols) : nullptr;
      const auto part = value == nullptr ? std::string("<nil>") : part_of(*value);
      if (!part) {
        unknown();
        return std::nullopt;
      }
      text += is_printed() ? *part + " " : std::to_string(part->size()) + ":" + *part;
    }
    return text;
  }

  bool is_printed() const { return !of_values_ && fields_.size() > most_keys_apart; }
  std::optional<std::string> part_of(const Value& value) const {
    if (is_printed()) return printed_key(value);
    return is_sum() ? scalar_key(value) : written_key(value);
  }

  std::vector<std::string> fields_;
  std::unique_ptr<KeyedManner> sums_;
};

struct KeyFields {
  std::vector<std::string> escaped;
  // Where the list itself looks: for the escaped name among the names as they are written.
  std::vector<std::string> written;
};

// Nothing if one of them cannot be reached, or is looked for where `unseen` fields may be.
KeyFields fields_of(const Node& names, bool unseen) {
  KeyFields fields;
  for (const Node& name : names.as_list()) {
    const auto escaped = escape_name(name.as_string());
    const auto written = escaped ? escape_name(*escaped) : std::nullopt;
    if (!written || (unseen && *escaped != name.as_string())) return {};
    fields.escaped.push_back(*escaped);
    fields.written.push_back(*written);
  }
  return fields;
}

}  // namespace

const cel::ListManner& ListManners::of(const Node& schema) {
  auto& known = known_[&schema];
  if (known == nullptr) known = make(schema);
  return *known;
}

std::unique_ptr<cel::ListManner> ListManners::make(const Node& schema) {
  const Node* items = schema.find(words_.items);
  const PlainManner common(Items(items, words_), minor_ >= first_of_values, notes_);
  const std::string_view type = text_of(schema, words_.list_type);
  if (type == "set") return std::make_unique<SetManner>(common);
  if (type != "map") return std::make_unique<PlainManner>(common);
  const Node* names = schema.find(words_.list_map_keys);
  const bool unseen = items != nullptr && is_true(*items, words_.keeps_unknown_fields);
  auto keys = fields_of(names == nullptr ? Node::make_null() : *names, unseen);
  auto sums =
      minor_ < first_of_values ? nullptr : std::make_unique<KeyedManner>(common, std::move(keys.escaped), nullptr);
  return std::make_unique<KeyedManner>(common, std::move(keys.written), std::move(sums));
}

}  // namespace kastell::custom
