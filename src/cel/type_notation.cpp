// Reads the notation of types and signatures that library tables use.
#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "base/ascii.h"
#include "cel/type.h"

namespace kastell::cel {

namespace {

struct NamedType {
  std::string_view name;
  const Type* type;
};

constexpr std::array plain_types{
    NamedType{"dyn", &types::dyn},
    NamedType{"any", &types::dyn},
    NamedType{"null_type", &types::null_type},
    NamedType{"null", &types::null_type},
    NamedType{"bool", &types::boolean},
    NamedType{"int", &types::int_},
    NamedType{"uint", &types::uint},
    NamedType{"double", &types::double_},
    NamedType{"string", &types::string},
    NamedType{"bytes", &types::bytes},
    NamedType{"timestamp", &types::timestamp},
    NamedType{"google.protobuf.Timestamp", &types::timestamp},
    NamedType{"duration", &types::duration},
    NamedType{"google.protobuf.Duration", &types::duration},
    NamedType{"type", &types::type},
    NamedType{"list", &types::list_dyn},
    NamedType{"map", &types::map_dyn_dyn},
};

struct Constructor {
  std::string_view name;
  TypeKind kind;
  std::size_t parameters;
};

constexpr std::array constructors{
    Constructor{"list", TypeKind::list, 1},         Constructor{"map", TypeKind::map, 2},
    Constructor{"type", TypeKind::type, 1},         Constructor{"optional_type", TypeKind::optional, 1},
    Constructor{"optional", TypeKind::optional, 1}, Constructor{"wrapper", TypeKind::wrapper, 1},
};

constexpr int nesting_limit = 16;

bool is_name_character(char c) {
  return is_alphanumeric(c) || c == '_' || c == '.' || c == '-' || c == '/' || c == '@';
}

class NotationReader {
 public:
  NotationReader(Arena& arena, std::string_view text) : arena_(arena), text_(text) {}

  // Null when the text does not read as a type.
  const Type* read_type(int depth = 0) {
    const std::string_view name = read_name();
    if (name.empty() || depth > nesting_limit) return nullptr;
    if (!take("(")) return plain_type(name);
    const std::optional<std::vector<const Type*>> parameters = read_types(")", depth + 1);
    return parameters && !parameters->empty() ? constructed_type(name, *parameters) : nullptr;
  }

  // Types up to and including `closing`.
  std::optional<std::vector<const Type*>> read_types(std::string_view closing, int depth = 0) {
    std::vector<const Type*> found;
    found.reserve(4);
    if (take(closing)) return found;
    do {
      const Type* type = read_type(depth);
      if (type == nullptr) return std::nullopt;
      found.push_back(type);
    } while (take(","));
    if (!take(closing)) return std::nullopt;
    return found;
  }

  bool at_end() {
    skip_spaces();
    return at_ == text_.size();
  }

 private:
  void skip_spaces() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }

  bool is_arrow() const { return text_[at_] == '-' && text_.substr(at_).starts_with("->"); }

  bool take(std::string_view token) {
    skip_spaces();
    if (!text_.substr(at_).starts_with(token)) return false;
    at_ += token.size();
    return true;
  }

  std::string_view read_name() {
    skip_spaces();
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_name_character(text_[at_]) && !is_arrow()) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  const Type* plain_type(std::string_view name) {
    const auto* found = std::ranges::find(plain_types, name, &NamedType::name);
    if (found != plain_types.end()) return found->type;
    const bool is_parameter = name.size() == 1 && is_upper(name[0]);
    return is_parameter ? make_parameter_type(arena_, name) : make_opaque_type(arena_, name);
  }

  const Type* constructed_type(std::string_view name, const std::vector<const Type*>& parameters) {
    const auto* constructor = std::ranges::find(constructors, name, &Constructor::name);
    if (constructor == constructors.end()) return make_opaque_type(arena_, name, parameters);
    if (constructor->parameters != parameters.size()) return nullptr;
    const std::span<const Type* const> given{parameters};
    return arena_.create<Type>(constructor->kind, std::string_view{}, std::span<const Type* const>{arena_.copy(given)});
  }

  Arena& arena_;
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

Result<const Type*> parse_type(Arena& arena, std::string_view text) {
  NotationReader reader(arena, text);
  const Type* type = reader.read_type();
  if (type == nullptr || !reader.at_end()) {
    return failure(ErrorCode::syntax, "'" + std::string{text} + "' is not a type");
  }
  return type;
}

Result<Signature> parse_signature(Arena& arena, std::string_view text) {
  NotationReader reader(arena, text);
  const std::optional<std::vector<const Type*>> parameters = reader.read_types("->");
  const Type* result = parameters ? reader.read_type() : nullptr;
  if (result == nullptr || !reader.at_end()) {
    return failure(ErrorCode::syntax, "'" + std::string{text} + "' is not a signature");
  }
  return Signature{arena.copy(std::span<const Type* const>{*parameters}), result};
}

}  // namespace kastell::cel
