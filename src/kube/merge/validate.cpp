#include "kube/merge/validate.h"

#include <algorithm>
#include <set>

#include "kube/merge/types.h"

namespace kastell::kube::merge {

using document::Kind;
using document::Node;

namespace {

bool is_number(const Node& value) {
  return value.kind == Kind::integer || value.kind == Kind::floating;
}
bool is_scalar(const Node& value) {
  return is_number(value) || value.is_string() || value.kind == Kind::boolean;
}

std::string_view go_type(const Node& value) {
  switch (value.kind) {
    case Kind::boolean: return "bool";
    case Kind::integer: return "int64";
    case Kind::floating: return "float64";
    case Kind::string: return "string";
    case Kind::list: return "[]interface {}";
    case Kind::null: return "structpb.NullValue";
    default: return "map[string]interface {}";
  }
}

class Validator {
 public:
  Validator(const SymbolTable& symbols, ItemNames names) : symbols_(symbols), names_(names) {}

  void check(const Node& value, ApiType type, const std::string& path, unsigned depth) {
    if (depth == 0) return report(path, "a value is nested deeper than the limit of 1000 levels");
    const TypeRow row = row_for(type, value);
    if (value.is_null() && row_of(type).shape <= Shape::opaque)
      return report(path, "expected map, got " + shown(value));
    switch (row.shape) {
      case Shape::structure:
      case Shape::map: return check_map(value, row, path, depth);
      case Shape::list: return check_list(value, row, path, depth);
      default: return check_scalar(value, row.shape, path);
    }
  }

  std::vector<Problem> take() { return std::move(problems_); }

 private:
  void report(const std::string& path, std::string message, bool undeclared = false) {
    problems_.push_back({path, std::move(message), undeclared});
  }

  std::string shown(const Node& value) const { return "&{" + go_text(value, symbols_) + '}'; }

  void check_map(const Node& value, const TypeRow& row, const std::string& path, unsigned depth) {
    if (!value.is_object()) return report(path, "expected map, got " + shown(value));
    for (std::size_t i = 0; i < value.size; ++i) {
      const std::string_view name = symbols_.text(value.member_keys()[i]);
      const std::string below = path + '.' + std::string(name);
      const auto type = member_type(row, name);
      if (!type) return report(below, "field not declared in schema", true);
      check(value.member_values()[i], *type, below, depth - 1);
    }
  }

  void check_list(const Node& value, const TypeRow& row, const std::string& path, unsigned depth) {
    if (!value.is_list()) return report(path, "expected list, got " + shown(value));
    std::set<std::string> seen;
    for (std::size_t i = 0; i < value.size; ++i) {
      const Node& item = value.items[i];
      const bool by_index = row.atomic || names_ == ItemNames::indexes;
      ItemKey key = by_index ? ItemKey{'[' + std::to_string(i) + ']'} : key_of(row, item, symbols_);
      if (!key.error.empty()) return report(path, "element " + std::to_string(i) + ": " + key.error);
      if (!seen.insert(key.text).second) report(path, "duplicate entries for key " + key.text);
      check(item, row.element, path + key.text, depth - 1);
    }
  }

  void check_scalar(const Node& value, Shape shape, const std::string& path) {
    if (shape == Shape::number && !is_number(value)) {
      report(path, "expected numeric (int or float), got " + std::string(go_type(value)));
    } else if (shape == Shape::text && !value.is_string()) {
      report(path, "expected string, got &value.valueUnstructured{Value:" +
                       (value.is_null() ? "0" : go_text(value, symbols_)) + '}');
    } else if (shape == Shape::boolean && value.kind != Kind::boolean) {
      report(path, "expected boolean, got " + shown(value));
    } else if (!is_scalar(value)) {
      report(path, "expected any scalar, got " + shown(value));
    }
  }

  const SymbolTable& symbols_;
  ItemNames names_;
  std::vector<Problem> problems_;
};

class AtomicFinder {
 public:
  explicit AtomicFinder(const SymbolTable& symbols) : symbols_(symbols) {}

  // Below fields that no structure declares nothing is looked for, as in the API server.
  void find(const Node& value, ApiType type, const std::string& path) {
    const TypeRow row = row_for(type, value);
    if (row.atomic && (value.is_object() || value.is_list())) atomics_.push_back(path);
    for (std::size_t i = 0; value.is_object() && i < value.size; ++i) {
      const std::string_view name = symbols_.text(value.member_keys()[i]);
      const std::optional<ApiType> declared = declared_type(row, name);
      if (declared) find(value.member_values()[i], *declared, path + '.' + std::string(name));
    }
    if (!value.is_list() || row.shape != Shape::list) return;
    for (std::size_t i = 0; i < value.size; ++i) {
      find(value.items[i], row.element, path + '[' + std::to_string(i) + ']');
    }
  }

  std::vector<std::string> take() { return std::move(atomics_); }

 private:
  const SymbolTable& symbols_;
  std::vector<std::string> atomics_;
};

}  // namespace

std::vector<Problem> validate(const Node& value, ApiType type, const SymbolTable& symbols, ItemNames names) {
  Validator validator(symbols, names);
  validator.check(value, type, "", deepest_value);
  return validator.take();
}

std::string to_string(const std::vector<Problem>& problems) {
  std::string text = problems.size() == 1 ? "" : "errors:";
  for (const Problem& problem : problems) {
    text.append(problems.size() == 1 ? "" : "\n  ").append(problem.path).append(problem.path.empty() ? "" : ": ");
    text += problem.message;
  }
  return text;
}

std::vector<std::string> find_atomics(const Node& value, ApiType type, const SymbolTable& symbols) {
  AtomicFinder finder(symbols);
  finder.find(value, type, "");
  return finder.take();
}

}  // namespace kastell::kube::merge
