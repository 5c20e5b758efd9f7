#include "cel/evaluate/expression_generator.h"

namespace kastell::cel::tests {

namespace {

constexpr const char* fields[] = {"a", "b", "c", "d"};
constexpr int deepest = 4;

}  // namespace

std::string ExpressionGenerator::expression() {
  loops_ = 0;
  return of(one_in(2) ? Type::boolean : any_type(), deepest);
}

// Now and then an expression is of another type than asked for.
std::string ExpressionGenerator::of(Type type, int depth) {
  if (one_in(25)) type = any_type();
  switch (type) {
    case Type::boolean: return boolean(depth - 1);
    case Type::integer: return integer(depth - 1);
    case Type::unsigned_integer: return unsigned_integer(depth - 1);
    case Type::floating: return floating(depth - 1);
    case Type::text: return text(depth - 1);
    case Type::list: return list(depth - 1);
    case Type::map: return map(depth - 1);
    case Type::any: return any(depth - 1);
  }
  return "null";
}

std::string ExpressionGenerator::boolean(int depth) {
  if (depth <= 0) return pick({"true", "false", "yes", "object.a", "has(object.b)"});
  const Type type = any_type();
  switch (below(13)) {
    case 0: return "(" + of(Type::boolean, depth) + " && " + of(Type::boolean, depth) + ")";
    case 1: return "(" + of(Type::boolean, depth) + " || " + of(Type::boolean, depth) + ")";
    case 2: return "!" + of(Type::boolean, depth);
    case 3: return "(" + of(type, depth) + pick({" == ", " != "}) + of(type, depth) + ")";
    case 4: return "(" + of(type, depth) + pick({" < ", " <= ", " > ", " >= "}) + of(type, depth) + ")";
    case 5: return membership(depth);
    case 6: return quantified(depth);
    case 7: return guarded(depth);
    case 8: return "has(" + path(depth) + "." + pick(fields) + ")";
    case 9:
      return of(Type::text, depth) + pick({".startsWith('a')", ".contains('b')", ".matches('^a')", ".endsWith(s)"});
    case 10: return optional(depth) + ".hasValue()";
    case 11:
      return "(" + of(Type::boolean, depth) + " ? " + of(Type::boolean, depth) + " : " + of(Type::boolean, depth) + ")";
    default: return "(" + path(depth) + pick({" == 'a'", " != 'a'", " == 1", " == null", " == true"}) + ")";
  }
}

std::string ExpressionGenerator::integer(int depth) {
  if (depth <= 0) return pick({"0", "1", "-1", "7", "n", "9223372036854775807", "object.c", "size(xs)"});
  switch (below(6)) {
    case 0:
    case 1:
      return "(" + of(Type::integer, depth) + pick({" + ", " - ", " * ", " / ", " % "}) + of(Type::integer, depth) +
             ")";
    case 2: return "size(" + of(one_in(2) ? Type::list : Type::text, depth) + ")";
    case 3: return "-" + of(Type::integer, depth);
    case 4: return "int(" + of(any_type(), depth) + ")";
    default: return optional(depth) + ".orValue(" + of(Type::integer, depth) + ")";
  }
}

std::string ExpressionGenerator::unsigned_integer(int depth) {
  if (depth <= 0) return pick({"0u", "1u", "7u", "18446744073709551615u"});
  if (one_in(3)) return "uint(" + of(Type::integer, depth) + ")";
  return "(" + of(Type::unsigned_integer, depth) + pick({" + ", " - ", " * "}) + of(Type::unsigned_integer, depth) +
         ")";
}

std::string ExpressionGenerator::floating(int depth) {
  if (depth <= 0) return pick({"0.0", "1.0", "-1.5", "1e300", "double('NaN')", "9007199254740993.0"});
  return "(" + of(Type::floating, depth) + pick({" + ", " - ", " * ", " / "}) + of(Type::floating, depth) + ")";
}

std::string ExpressionGenerator::text(int depth) {
  if (depth <= 0) return pick({"'a'", "''", "'abc'", "s", "'żółw'", "object.d", "'b'"});
  switch (below(4)) {
    case 0: return "(" + of(Type::text, depth) + " + " + of(Type::text, depth) + ")";
    case 1: return "string(" + of(any_type(), depth) + ")";
    case 2: return optional(depth) + ".orValue(" + of(Type::text, depth) + ")";
    default:
      return "(" + of(Type::boolean, depth) + " ? " + of(Type::text, depth) + " : " + of(Type::text, depth) + ")";
  }
}

std::string ExpressionGenerator::list(int depth) {
  if (depth <= 0)
    return pick({"[]", "[1, 2]", "xs", "['a', 'b', 'c']", "object.a", "[[1], []]", "[1, dyn('a'), null]"});
  switch (below(5)) {
    case 0: return "[" + of(any_type(), depth) + ", " + of(any_type(), depth) + "]";
    case 1: return "(" + of(Type::list, depth) + " + " + of(Type::list, depth) + ")";
    case 2: return "[?" + optional(depth) + ", " + of(any_type(), depth) + "]";
    default: return collected(depth);
  }
}

std::string ExpressionGenerator::map(int depth) {
  if (depth <= 0) return pick({"{}", "{'a': 1}", "m", "object", "object.b", "{1: 'x', 2: 'y'}"});
  switch (below(3)) {
    case 0: return "{" + of(Type::text, depth) + ": " + of(any_type(), depth) + ", 'b': " + of(any_type(), depth) + "}";
    case 1: return "{?" + of(Type::text, depth) + ": " + optional(depth) + "}";
    default: return "{" + of(Type::integer, depth) + ": " + of(any_type(), depth) + "}";
  }
}

std::string ExpressionGenerator::any(int depth) {
  if (loops_ > 0 && one_in(3)) return "x" + std::to_string(1 + below(static_cast<std::size_t>(loops_)));
  if (depth <= 0)
    return pick(
        {"null", "object", "b'ab'", "duration('1h')", "timestamp('2024-01-01T00:00:00Z')", "int", "optional.none()"});
  switch (below(8)) {
    case 0: return "(" + of(Type::boolean, depth) + " ? " + path(depth) + " : " + path(depth) + ")." + pick(fields);
    case 1: return "dyn(" + of(any_type(), depth) + ")";
    case 2:
      return of(one_in(2) ? Type::list : Type::map, depth) + "[" + of(one_in(3) ? Type::text : Type::integer, depth) +
             "]";
    case 3: return optional(depth);
    case 4: return "type(" + of(any_type(), depth) + ")";
    case 5: return bound(depth);
    case 6: return "(" + of(Type::boolean, depth) + " ? " + any(depth - 1) + " : " + of(any_type(), depth) + ")";
    default: return path(depth);
  }
}

std::string ExpressionGenerator::bound(int depth) {
  const std::string value = of(any_type(), depth);
  const std::string name = "x" + std::to_string(++loops_);
  const std::string result = of(any_type(), depth);
  --loops_;
  return "cel.bind(" + name + ", " + value + ", " + result + ")";
}

std::string ExpressionGenerator::path(int depth) {
  std::string text = loops_ > 0 && one_in(2) ? "x" + std::to_string(loops_) : one_in(8) ? "m" : "object";
  for (std::size_t i = below(3) + 1; i > 0; --i) text += "." + pick(fields);
  if (depth > 0 && one_in(6)) text += "[" + of(one_in(2) ? Type::text : Type::integer, depth - 1) + "]";
  return text;
}

std::string ExpressionGenerator::optional(int depth) {
  switch (below(5)) {
    case 0: return "optional.of(" + of(any_type(), depth) + ")";
    case 1: return path(depth) + "[?" + of(one_in(2) ? Type::text : Type::integer, depth) + "]";
    case 2:
      return "(" + of(Type::boolean, depth) + " ? " + path(0) + ".?" + pick(fields) + " : optional.none())" +
             (one_in(2) ? ".?b" : "");
    default:
      return path(depth) + ".?" + pick(fields) +
             (one_in(2)   ? ".?" + pick(fields)
              : one_in(3) ? "." + pick(fields)
                          : "");
  }
}

// has(p.x) before something that reads p.x, in the forms that authors use.
std::string ExpressionGenerator::guarded(int depth) {
  const std::string read = path(0) + "." + pick(fields);
  const std::string test = "has(" + read + ")";
  const std::string use = read + (one_in(2) ? "" : "." + pick(fields)) + pick({" == 'a'", " == 1", " != null", ""});
  switch (below(5)) {
    case 0: return "(" + test + " && " + use + ")";
    case 1: return "(!" + test + " || " + use + ")";
    case 2: return "(" + test + " ? " + use + " : " + of(Type::boolean, depth) + ")";
    case 3: return "(" + of(Type::boolean, depth) + " && " + test + " && " + use + ")";
    default: return "(" + test + " && " + of(Type::boolean, depth) + " && " + use + ")";
  }
}

std::string ExpressionGenerator::quantified(int depth) {
  const std::string range = of(one_in(3) ? Type::map : Type::list, depth);
  const bool pairs = one_in(4);
  const std::string name = "x" + std::to_string(++loops_);
  const std::string variables = pairs ? "k" + std::to_string(loops_) + ", " + name : name;
  const std::string macro = pairs ? pick({"all", "exists", "existsOne"}) : pick({"all", "exists", "exists_one"});
  const std::string predicate = of(Type::boolean, depth);
  --loops_;
  return range + "." + macro + "(" + variables + ", " + predicate + ")";
}

std::string ExpressionGenerator::collected(int depth) {
  const std::string range = of(one_in(3) ? Type::map : Type::list, depth);
  const std::string name = "x" + std::to_string(++loops_);
  const std::string pair = "k" + std::to_string(loops_) + ", " + name;
  std::string call;
  switch (below(6)) {
    case 0: call = ".map(" + name + ", " + of(any_type(), depth) + ")"; break;
    case 1: call = ".map(" + name + ", " + of(Type::boolean, depth) + ", " + of(any_type(), depth) + ")"; break;
    case 2: call = ".transformList(" + pair + ", " + of(any_type(), depth) + ")"; break;
    case 3:
      call = ".transformMap(" + pair + ", " + of(Type::boolean, depth) + ", " + of(any_type(), depth) + ")";
      break;
    case 4: call = ".transformMapEntry(" + pair + ", {" + name + ": 1})"; break;
    default: call = ".filter(" + name + ", " + of(Type::boolean, depth) + ")";
  }
  --loops_;
  return range + call;
}

std::string ExpressionGenerator::membership(int depth) {
  switch (below(5)) {
    case 0: return "(" + of(Type::text, depth) + " in ['a', 'b', 'abc'])";
    case 1: return "(" + of(any_type(), depth) + " in [1, 2, 9007199254740993])";
    case 2: return "(" + path(depth) + " in [dyn(1), 1u, 2.0, 'a', true])";
    case 3: return "(" + of(any_type(), depth) + " in [])";
    default: return "(" + of(any_type(), depth) + " in " + of(one_in(2) ? Type::list : Type::map, depth) + ")";
  }
}

std::string ExpressionGenerator::document() {
  std::string text = "{";
  for (const char* field : fields) {
    if (!one_in(4)) text += (text.size() > 1 ? ", \"" : "\"") + std::string(field) + "\": " + json(3);
  }
  return text + "}";
}

std::string ExpressionGenerator::json(int depth) {
  if (depth == 0 || one_in(3))
    return pick({"null", "true", "false", "0", "1", "-7", "1.5", "\"a\"", "\"\"", "\"abc\"", "\"żółw\""});
  if (one_in(3)) return "[" + json(depth - 1) + ", " + json(depth - 1) + "]";
  std::string text = "{";
  for (const char* field : fields) {
    if (one_in(2)) text += (text.size() > 1 ? ", \"" : "\"") + std::string(field) + "\": " + json(depth - 1);
  }
  return text + "}";
}

}  // namespace kastell::cel::tests
