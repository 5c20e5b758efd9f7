#include "cel/check/format_validation.h"

#include <algorithm>
#include <initializer_list>
#include <string>

#include "cel/evaluate/constant.h"
#include "cel/library/string_format.h"

namespace kastell::cel {
namespace {

using Kinds = std::initializer_list<TypeKind>;

struct Verb {
  std::string_view letters;
  std::string_view complaint;
  Kinds kinds;
};

constexpr Kinds integers{TypeKind::int_, TypeKind::uint};
constexpr Kinds numbers_as_text{TypeKind::double_, TypeKind::string};
constexpr Kinds bits{TypeKind::int_, TypeKind::uint, TypeKind::boolean};
constexpr Kinds hexadecimals{TypeKind::int_, TypeKind::uint, TypeKind::string, TypeKind::bytes};
constexpr Kinds printable{TypeKind::list,    TypeKind::map,      TypeKind::int_,   TypeKind::uint,
                          TypeKind::double_, TypeKind::boolean,  TypeKind::string, TypeKind::timestamp,
                          TypeKind::bytes,   TypeKind::duration, TypeKind::type,   TypeKind::null_type};
constexpr Verb verbs[] = {
    {"d", "decimal clause can only be used on integers", integers},
    {"f", "fixed-point clause can only be used on doubles", numbers_as_text},
    {"e", "scientific clause can only be used on doubles", numbers_as_text},
    {"b", "only integers and bools can be formatted as binary", bits},
    {"xX", "only integers, byte buffers, and strings can be formatted as hex", hexadecimals},
    {"o", "octal clause can only be used on integers", integers},
    {"s",
     "string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, durations, and "
     "timestamps",
     printable},
};

class FormatCheck {
 public:
  FormatCheck(const Ast& ast, const Expr& call) : ast_(ast), call_(call), arguments_(call.arguments[0]->arguments) {}

  std::optional<Diagnostic> run() {
    std::string_view rest = as_text(call_.operand->literal);
    std::size_t used = 0;
    while (take_to_clause(rest)) {
      if (rest.empty()) return at_call("unexpected end of string");
      if (used >= arguments_.size()) return at_call("index " + std::to_string(used) + " out of range");
      const auto clause = take_format_clause(rest, locale_format_precision_limit);
      if (!clause) return at_call(clause.error());
      if (auto problem = check_argument(*clause, *arguments_[used++])) return problem;
    }
    if (used == arguments_.size()) return std::nullopt;
    return at_call("too many arguments supplied to string.format (expected " + std::to_string(used) + ", got " +
                   std::to_string(arguments_.size()) + ")");
  }

 private:
  // Moves behind the next '%' that begins a clause.
  static bool take_to_clause(std::string_view& rest) {
    for (;;) {
      const std::size_t percent = rest.find('%');
      if (percent == std::string_view::npos) return false;
      rest.remove_prefix(percent + 1);
      if (!rest.starts_with('%')) return true;
      rest.remove_prefix(1);
    }
  }

  std::optional<Diagnostic> at_call(std::string message) const { return Diagnostic{std::move(message), call_.at}; }

  std::optional<Diagnostic> check_argument(const FormatClause& clause, const Expr& argument) const {
    const Verb& verb = *std::ranges::find_if(verbs, [&](const Verb& row) { return row.letters.contains(clause.verb); });
    const Expr* bad = has_kind(argument, verb.kinds) ? nullptr : &argument;
    if (bad == nullptr && clause.verb == 's') bad = find_unprintable(argument);
    if (bad == nullptr) return std::nullopt;
    const std::string type = to_string(ast_.type_of(*bad));
    return Diagnostic{
        "error during formatting: " + std::string(verb.complaint) + ", was given " + type.substr(0, type.find('(')),
        bad->at};
  }

  bool has_kind(const Expr& expr, Kinds kinds) const {
    const TypeKind kind = ast_.type_of(expr).kind;
    return kind == TypeKind::dyn || std::ranges::find(kinds, kind) != kinds.end();
  }

  // Looks into literals, whose depth the parser bounds.
  const Expr* find_unprintable(const Expr& expr) const {
    if (!has_kind(expr, printable)) return &expr;
    if (expr.kind == ExprKind::list)
      for (const Expr* element : expr.arguments)
        if (const Expr* bad = find_unprintable(*element)) return bad;
    if (expr.kind == ExprKind::map)
      for (const ExprEntry& entry : expr.entries)
        for (const Expr* part : {entry.key, entry.value})
          if (const Expr* bad = find_unprintable(*part)) return bad;
    return nullptr;
  }

  const Ast& ast_;
  const Expr& call_;
  std::span<const Expr* const> arguments_;
};

bool means_string_format(const Environment& environment, const Ast& ast, const Expr& call) {
  const Reference* reference = find_reference(ast, call);
  if (reference == nullptr) return false;
  return std::ranges::any_of(reference->overloads, [&](std::uint32_t number) {
    return environment.overloads()[number]->id == "string_format";
  });
}

}  // namespace

std::optional<Diagnostic> validate_format_call(const Environment& environment, const Ast& ast, const Expr& call) {
  if (call.name != "format" || call.operand == nullptr || call.arguments.size() != 1) return std::nullopt;
  if (call.operand->kind != ExprKind::literal || !call.operand->literal.is_string()) return std::nullopt;
  if (call.arguments[0]->kind != ExprKind::list || !means_string_format(environment, ast, call)) return std::nullopt;
  return FormatCheck(ast, call).run();
}

}  // namespace kastell::cel
