#include <stdexcept>

#include "base/bytes.h"
#include "cel/evaluate/constant.h"
#include "cel/image.h"
#include "cel/image/format.h"
#include "cel/image/literal.h"

namespace kastell::cel {

namespace {

class ImageWriter {
 public:
  explicit ImageWriter(const Ast& ast) : ast_(ast) {}

  std::string run() {
    write(*ast_.root);
    ByteWriter image;
    image.varint(static_cast<std::uint64_t>(ast_.node_count));
    image.varint(nodes_);
    image.raw(bytes_.bytes());
    return std::string(image.bytes());
  }

 private:
  void write(const Expr& expr) {
    ++nodes_;
    const Reference* reference = find_reference(ast_, expr);
    bytes_.byte(head_of(expr, reference));
    bytes_.varint(static_cast<std::uint64_t>(expr.id));
    for (const std::uint32_t place : {expr.begin, expr.end, expr.at}) bytes_.varint(place);
    write_type(ast_.type_of(expr));
    if (reference != nullptr) write_reference(*reference);
    write_payload(expr);
  }

  static std::uint8_t head_of(const Expr& expr, const Reference* reference) {
    unsigned head = static_cast<unsigned>(expr.kind);
    if (expr.test_only) head |= image::head::test_only;
    if (expr.operand != nullptr) head |= image::head::operand;
    if (reference != nullptr) head |= image::head::reference;
    if (reference != nullptr && reference->constant != nullptr) head |= image::head::is_constant;
    return static_cast<std::uint8_t>(head);
  }

  void write_type(const Type& type) {
    bytes_.byte(static_cast<std::uint8_t>(type.kind));
    if (!image::has_parts(type.kind)) return;
    bytes_.text(type.name);
    bytes_.varint(type.parameters.size());
    for (const Type* parameter : type.parameters) write_type(*parameter);
  }

  void write_reference(const Reference& reference) {
    bytes_.text(reference.name);
    bytes_.varint(reference.overloads.size());
    for (const std::uint32_t number : reference.overloads) bytes_.varint(number);
  }

  void write_payload(const Expr& expr) {
    if (expr.kind == ExprKind::literal) {
      if (!image::write_literal(bytes_, expr.literal)) throw std::logic_error("no literal of CEL");
      return;
    }
    if (expr.kind == ExprKind::comprehension) return write_fold(*expr.comprehension);
    bytes_.text(expr.name);
    if (expr.operand != nullptr) write(*expr.operand);
    bytes_.varint(expr.arguments.size());
    for (const Expr* argument : expr.arguments) write(*argument);
    bytes_.varint(expr.optional_elements.size());
    for (const std::uint32_t element : expr.optional_elements) bytes_.varint(element);
    bytes_.varint(expr.entries.size());
    for (const ExprEntry& entry : expr.entries) write_entry(entry);
  }

  void write_entry(const ExprEntry& entry) {
    bytes_.varint(static_cast<std::uint64_t>(entry.id));
    bytes_.varint(entry.at);
    bytes_.byte(entry.optional ? 1 : 0);
    bytes_.byte(entry.key != nullptr ? 1 : 0);
    if (entry.key != nullptr) write(*entry.key);
    bytes_.text(entry.field);
    write(*entry.value);
  }

  void write_fold(const Comprehension& fold) {
    for (const std::string_view name : {fold.iteration_variable, fold.iteration_variable2, fold.accumulator}) {
      bytes_.text(name);
    }
    for (const Expr* part : {fold.range, fold.accumulator_start, fold.loop_condition, fold.loop_step, fold.result}) {
      write(*part);
    }
  }

  const Ast& ast_;
  ByteWriter bytes_;
  std::uint64_t nodes_ = 0;
};

}  // namespace

std::string write_image(const Ast& ast) {
  return ImageWriter(ast).run();
}

}  // namespace kastell::cel
