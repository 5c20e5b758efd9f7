#include <unordered_map>

#include "base/bytes.h"
#include "cel/evaluate/fast/image/code_image.h"
#include "cel/evaluate/fast/image/fields.h"
#include "cel/image/literal.h"

namespace kastell::cel::fast::image {

namespace {

class CodeWriter {
 public:
  explicit CodeWriter(const Environment& environment) : environment_(environment) {}

  std::optional<std::string> run(const CodeParts& parts) {
    node(parts.root);
    if (!representable_) return std::nullopt;
    ByteWriter image;
    image.varint(parts.frame_size);
    image.varint(room_);
    image.raw(bytes_.bytes());
    return std::string(image.bytes());
  }

  // What fields.h calls.

  template <typename Number>
  void number(Number value) {
    if constexpr (std::is_signed_v<Number>) {
      bytes_.varint(zigzag(value));
    } else {
      bytes_.varint(value);
    }
  }
  template <typename Word>
  void word(Word value) {
    bytes_.byte(static_cast<std::uint8_t>(value));
  }
  void text(std::string_view value) { bytes_.text(value); }

  void node(const Node* node) { write(*node, NodeTypes{}); }
  void node_or_none(const Node* node) {
    number(node != nullptr);
    if (node != nullptr) this->node(node);
  }
  // Of several readers of a lazy local; the first one brings the node.
  void shared(const Node* node) {
    const auto known = shared_.find(node);
    number(known == shared_.end() ? 0 : known->second);
    if (known != shared_.end()) return;
    this->node(node);
    shared_.emplace(node, shared_.size() + 1);
  }
  void same(const Node*, const AttributeNode* attribute) { number(attribute != nullptr); }
  void nodes(const Node* const* items, std::uint32_t size) {
    number(size);
    make_room(size * sizeof(Node*));
    for (std::uint32_t i = 0; i < size; ++i) node(items[i]);
  }
  void flags(const bool* flags, std::uint32_t size) {
    number(flags != nullptr);
    for (std::uint32_t i = 0; flags != nullptr && i < size; ++i) number(flags[i]);
    make_room(size);
  }
  template <typename Entry>
  void entries(const Entry* entries, std::uint32_t size) {
    number(size);
    make_room(size * sizeof(Entry));
    for (std::uint32_t i = 0; i < size; ++i) fields(*this, entries[i]);
  }
  void numbers(const std::uint32_t* numbers, std::uint32_t last) {
    number(numbers != nullptr);
    if (numbers == nullptr) return;
    make_room((last + std::size_t{1}) * sizeof(std::uint32_t));
    for (std::uint32_t i = 0; i <= last; ++i) number(numbers[i]);
  }
  void candidates(Candidates candidates) {
    number(candidates.size());
    make_room(candidates.size_bytes());
    for (const std::uint32_t candidate : candidates) number(candidate);
  }
  void operation(Implementation call) { text(call == nullptr ? std::string_view{} : operator_name(call)); }
  void cost(CallCost of_call) {
    const auto& overloads = environment_.overloads();
    for (std::size_t i = 0; of_call != nullptr && i < overloads.size(); ++i) {
      if (overloads[i]->cost == of_call) return number(2 * i + 1);
      if (overloads[i]->named_cost == of_call) return number(2 * i + 2);
    }
    representable_ &= of_call == nullptr;
    number(0U);
  }
  void regex(const LateRegex*, const Value&) {}
  void steps(const Step* steps, std::uint32_t size) {
    number(size);
    make_room(size * sizeof(Step));
    for (std::uint32_t i = 0; i < size; ++i) step(steps[i]);
  }
  void symbols_of(const Step*, std::uint32_t size, const Symbol*) { make_room(size * sizeof(Symbol)); }

  void value(const Value& value) {
    if (cel::image::write_literal(bytes_, value)) return;
    bytes_.byte(static_cast<std::uint8_t>(value.kind));
    if (value.is_list() && value.aux == 0) return list(value);
    if (value.kind == value_kind::map) return map(as_map(value));
    if (value.kind == value_kind::duration) return number(value.integer);
    if (value.kind == value_kind::type) return type(as_type(value));
    if (is_error(value)) return error(as_error(value));
    representable_ = false;
  }

 private:
  template <typename... Types>
  void write(const Node& node, TypeList<Types...>) {
    std::uint8_t at = 0;
    const bool written = ((try_write<Types>(node, at++)) || ...);
    representable_ &= written;
  }

  template <typename Type>
  bool try_write(const Node& node, std::uint8_t at) {
    if (node.code != &Type::template execute<true> && node.code != &Type::template execute<false>) return false;
    bytes_.byte(at);
    number(node.id);
    make_room(sizeof(Type));
    fields(*this, static_cast<const Type&>(node));
    return true;
  }

  void step(const Step& step) {
    const bool computed = step.computed != nullptr;
    bytes_.byte(static_cast<std::uint8_t>((step.named ? step_flag::named : 0) | (step.tests ? step_flag::tests : 0) |
                                          (step.optional ? step_flag::optional : 0) |
                                          (computed ? step_flag::computed : 0)));
    number(step.id);
    if (computed) return node(step.computed);
    if (!step.named) return value(step.key);
    const EvaluationError& missing = as_error(step.missing);
    text(missing.message);
    make_room(sizeof(EvaluationError));
    const std::string expected = std::string(missing_key).append(step.key.as_string());
    representable_ &= missing.message == expected && missing.expr_id == step.id;
  }

  void list(const Value& list) {
    number(list.size);
    make_room(list.size * sizeof(Value));
    for (const Value& item : list.as_list()) value(item);
  }

  void map(const MapValue& map) {
    number(map.size);
    make_room(sizeof(MapValue) + map.size * sizeof(MapEntry) + (map.index_mask + 1) * sizeof(std::uint32_t));
    for (const MapEntry& entry : std::span{map.entries, map.size}) {
      value(entry.key);
      value(entry.value);
    }
  }

  // As text, if that reads as the same type: objects' types do not.
  void type(const Type& type) {
    const std::string notation = to_string(type);
    Arena arena;
    const auto read = parse_type(arena, notation);
    representable_ &= read && same_type(**read, type) && to_string(**read) == notation;
    text(notation);
    make_room(sizeof(Type));
  }

  void error(const EvaluationError& error) {
    text(error.message);
    number(error.expr_id);
    make_room(sizeof(EvaluationError));
  }

  // As an arena lays it out, or a little more.
  void make_room(std::size_t bytes) { room_ += (bytes + 15) & ~std::size_t{15}; }

  const Environment& environment_;
  ByteWriter bytes_;
  std::size_t room_ = 0;
  std::unordered_map<const Node*, std::size_t> shared_;
  bool representable_ = true;
};

}  // namespace

std::optional<std::string> write_code(const Environment& environment, const CodeParts& parts) {
  return CodeWriter(environment).run(parts);
}

}  // namespace kastell::cel::fast::image
