#include <array>

#include "base/bytes.h"
#include "cel/evaluate/names.h"
#include "cel/image.h"
#include "cel/image/format.h"
#include "cel/image/literal.h"

namespace kastell::cel {

namespace {

// By TypeKind, where the kind says everything.
constexpr std::array simple_types{
    &types::dyn,     &types::null_type, &types::boolean, &types::int_,      &types::uint,
    &types::double_, &types::string,    &types::bytes,   &types::timestamp, &types::duration,
};

class ImageReader {
 public:
  ImageReader(const Environment& environment, std::string_view text, std::string_view bytes)
      : environment_(environment), bytes_(bytes) {
    ast_.text = text;
  }

  std::optional<Ast> run() {
    ast_.node_count = static_cast<std::int64_t>(bytes_.count());
    const std::size_t nodes = bytes_.count();
    ast_.arena = std::make_shared<Arena>(nodes * (sizeof(Expr) + spare_bytes));
    ast_.types.assign(static_cast<std::size_t>(ast_.node_count) + 1, &types::dyn);
    ast_.references.assign(ast_.types.size(), {});
    ast_.root = read(0);
    ast_.checked = true;
    if (bytes_.failed()) return std::nullopt;
    return std::move(ast_);
  }

 private:
  static constexpr std::size_t spare_bytes = 32;  // for what a node points to

  Arena& arena() { return *ast_.arena; }

  const Expr* read(unsigned depth) {
    Expr& expr = *arena().create<Expr>();
    if (depth > image::deepest_node) bytes_.fail();
    if (bytes_.failed()) return &expr;
    const std::uint8_t head = bytes_.byte();
    expr.kind = static_cast<ExprKind>(head & image::head::kind_mask);
    expr.test_only = (head & image::head::test_only) != 0;
    expr.id = static_cast<std::int64_t>(bytes_.varint());
    expr.begin = bytes_.number32();
    expr.end = bytes_.number32();
    expr.at = bytes_.number32();
    const auto id = static_cast<std::size_t>(expr.id);
    if (id >= ast_.types.size()) bytes_.fail();
    if (bytes_.failed()) return &expr;
    ast_.types[id] = read_type(depth);
    if ((head & image::head::reference) != 0) ast_.references[id] = read_reference(head);
    read_payload(expr, head, depth);
    return &expr;
  }

  const Type* read_type(unsigned depth) {
    const auto kind = static_cast<TypeKind>(bytes_.byte());
    if (kind == TypeKind::error) return &types::error;
    if (!image::has_parts(kind)) {
      const auto number = static_cast<std::size_t>(kind);
      return number < simple_types.size() ? simple_types[number] : &types::dyn;
    }
    const std::string_view name = bytes_.text();
    const std::size_t count = depth > image::deepest_node ? bytes_.fail() : bytes_.count();
    const auto parameters = arena().allocate_array<const Type*>(count);
    for (std::size_t i = 0; i < count; ++i) parameters[i] = read_type(depth + 1);
    return arena().create<Type>(kind, name, std::span<const Type* const>{parameters, count});
  }

  Reference read_reference(std::uint8_t head) {
    Reference reference{.name = bytes_.text()};
    const auto overloads = numbers(environment_.overloads().size());
    reference.overloads = overloads;
    if ((head & image::head::is_constant) == 0) return reference;
    reference.constant = environment_.find_constant(without_root(reference.name));
    if (reference.constant == nullptr) bytes_.fail();
    return reference;
  }

  std::span<const std::uint32_t> numbers(std::size_t limit) {
    const std::size_t count = bytes_.count();
    auto* read = arena().allocate_array<std::uint32_t>(count);
    for (std::size_t i = 0; i < count; ++i) {
      read[i] = bytes_.number32();
      if (read[i] >= limit) bytes_.fail();
    }
    return {read, count};
  }

  void read_payload(Expr& expr, std::uint8_t head, unsigned depth) {
    if (expr.kind == ExprKind::literal) {
      expr.literal = image::read_literal(bytes_, static_cast<Kind>(bytes_.byte()));
      return;
    }
    if (expr.kind == ExprKind::comprehension) {
      expr.comprehension = read_fold(depth + 1);
      return;
    }
    expr.name = bytes_.text();
    if ((head & image::head::operand) != 0) expr.operand = read(depth + 1);
    const std::size_t count = bytes_.count();
    auto* arguments = arena().allocate_array<const Expr*>(count);
    for (std::size_t i = 0; i < count; ++i) arguments[i] = read(depth + 1);
    expr.arguments = {arguments, count};
    expr.optional_elements = numbers(count);
    expr.entries = read_entries(depth + 1);
  }

  std::span<const ExprEntry> read_entries(unsigned depth) {
    const std::size_t count = bytes_.count();
    auto* entries = arena().allocate_array<ExprEntry>(count);
    for (std::size_t i = 0; i < count; ++i) entries[i] = read_entry(depth);
    return {entries, count};
  }

  ExprEntry read_entry(unsigned depth) {
    ExprEntry entry;
    entry.id = static_cast<std::int64_t>(bytes_.varint());
    entry.at = bytes_.number32();
    entry.optional = bytes_.byte() != 0;
    if (bytes_.byte() != 0) entry.key = read(depth);
    entry.field = bytes_.text();
    entry.value = read(depth);
    return entry;
  }

  const Comprehension* read_fold(unsigned depth) {
    Comprehension& fold = *arena().create<Comprehension>();
    fold.iteration_variable = bytes_.text();
    fold.iteration_variable2 = bytes_.text();
    fold.accumulator = bytes_.text();
    for (auto part : {&Comprehension::range, &Comprehension::accumulator_start, &Comprehension::loop_condition,
                      &Comprehension::loop_step, &Comprehension::result}) {
      fold.*part = read(depth);
    }
    return &fold;
  }

  const Environment& environment_;
  ByteReader bytes_;
  Ast ast_;
};

}  // namespace

std::optional<Ast> read_image(const Environment& environment, std::string_view text, std::string_view bytes) {
  return ImageReader(environment, text, bytes).run();
}

}  // namespace kastell::cel
