#include <array>

#include "base/bytes.h"
#include "cel/evaluate/fast/image/code_image.h"
#include "cel/evaluate/fast/image/fields.h"
#include "cel/image/format.h"
#include "cel/image/literal.h"

namespace kastell::cel::fast::image {

namespace {

class CodeReader {
 public:
  CodeReader(const Environment& environment, std::string_view bytes, bool count_cost, CodeParts& parts)
      : environment_(environment), bytes_(bytes), count_cost_(count_cost), parts_(parts) {}

  bool run() {
    parts_.frame_size = bytes_.number32();
    const std::uint64_t room = bytes_.varint();
    if (room > most_room * bytes_.left()) bytes_.fail();
    if (bytes_.failed()) return false;
    parts_.nodes = Arena(static_cast<std::size_t>(room));
    node(parts_.root);
    return !bytes_.failed() && bytes_.left() == 0;
  }

  // What fields.h calls.

  template <typename Number>
  void number(Number& value) {
    if constexpr (std::is_signed_v<Number>) {
      value = static_cast<Number>(unzigzag(bytes_.varint()));
    } else {
      value = static_cast<Number>(bytes_.varint());
    }
  }
  void word(BinaryNode::Form& form) {
    const std::uint8_t read = bytes_.byte();
    const auto last = static_cast<std::uint8_t>(BinaryNode::Form::greater_equals);
    form = static_cast<BinaryNode::Form>(read <= last ? read : bytes_.fail());
  }
  void text(std::string_view& value) { value = bytes_.text(); }

  void node(const Node*& node) { node = read(); }
  void node_or_none(const Node*& node) { node = flag() ? read() : nullptr; }
  void shared(const Node*& node) {
    const std::uint64_t number = bytes_.varint();
    if (number > shared_.size()) bytes_.fail();
    if (bytes_.failed()) return;
    node = number == 0 ? read() : shared_[number - 1];
    if (number == 0) shared_.push_back(node);
  }
  void same(const Node* node, const AttributeNode*& attribute) {
    attribute = flag() ? static_cast<const AttributeNode*>(node) : nullptr;
  }
  void nodes(const Node* const*& items, std::uint32_t& size) {
    auto* read_items = array<const Node*>(size);
    for (std::uint32_t i = 0; i < size; ++i) read_items[i] = read();
    items = read_items;
  }
  void flags(const bool*& flags, std::uint32_t size) {
    if (!flag()) return;
    auto* read_flags = parts_.nodes.allocate_array<bool>(size);
    for (std::uint32_t i = 0; i < size; ++i) read_flags[i] = flag();
    flags = read_flags;
  }
  template <typename Entry>
  void entries(const Entry*& entries, std::uint32_t& size) {
    auto* read_entries = array<Entry>(size);
    for (std::uint32_t i = 0; i < size; ++i) {
      read_entries[i] = {};
      fields(*this, read_entries[i]);
    }
    entries = read_entries;
  }
  void numbers(const std::uint32_t*& numbers, std::uint32_t last) {
    if (!flag()) return;
    if (last >= bytes_.left()) bytes_.fail();
    if (bytes_.failed()) return;
    auto* read_numbers = parts_.nodes.allocate_array<std::uint32_t>(last + std::size_t{1});
    for (std::uint32_t i = 0; i <= last; ++i) read_numbers[i] = bytes_.number32();
    numbers = read_numbers;
  }
  void candidates(Candidates& candidates) {
    std::uint32_t size = 0;
    auto* numbers = array<std::uint32_t>(size);
    for (std::uint32_t i = 0; i < size; ++i) numbers[i] = overload(bytes_.varint());
    candidates = {numbers, size};
  }
  void operation(Implementation& call) {
    const std::string_view name = bytes_.text();
    call = name.empty() ? nullptr : find_operator(name);
  }
  void cost(CallCost& of_call) {
    const std::uint64_t number = bytes_.varint();
    if (number == 0) return;
    const Overload& declared = *environment_.overloads()[overload((number - 1) / 2)];
    of_call = number % 2 == 1 ? declared.cost : declared.named_cost;
  }
  void regex(LateRegex*& regex, const Value& pattern) {
    parts_.regexes.push_back(std::make_unique<LateRegex>(pattern.as_string()));
    regex = parts_.regexes.back().get();
  }
  void steps(const Step*& steps, std::uint32_t& size) {
    auto* read_steps = array<Step>(size);
    for (std::uint32_t i = 0; i < size; ++i) read_steps[i] = step();
    steps = read_steps;
  }
  void symbols_of(const Step* steps, std::uint32_t size, const Symbol*& symbols) {
    auto* read_symbols = parts_.nodes.allocate_array<Symbol>(size);
    for (std::uint32_t i = 0; i < size; ++i) read_symbols[i] = steps[i].symbol;
    symbols = read_symbols;
  }

  void value(Value& value) {
    const auto kind = static_cast<Kind>(bytes_.byte());
    if (kind == Kind::list) return list(value);
    if (kind == value_kind::map) return map(value);
    if (kind == value_kind::duration) return duration(value);
    if (kind == value_kind::type) return type(value);
    if (kind == value_kind::error) return error(value);
    value = cel::image::read_literal(bytes_, kind);
  }

 private:
  static constexpr std::uint64_t most_room = 128;  // bytes of memory for a byte of the image

  bool flag() { return bytes_.byte() != 0; }

  // A number of things, each of which takes a byte of the image at least.
  template <typename T>
  T* array(std::uint32_t& size) {
    size = static_cast<std::uint32_t>(bytes_.count());
    return parts_.nodes.allocate_array<T>(size);
  }

  std::uint32_t overload(std::uint64_t number) {
    return number < environment_.overloads().size() ? static_cast<std::uint32_t>(number) : bytes_.fail();
  }

  const Node* read() { return read(NodeTypes{}); }
  template <typename... Types>
  const Node* read(TypeList<Types...>) {
    static constexpr std::array makers{&CodeReader::make<Types>...};
    const std::uint8_t type = bytes_.byte();
    if (type >= makers.size() || depth_ == cel::image::deepest_node) bytes_.fail();
    if (bytes_.failed()) return nullptr;
    ++depth_;
    const Node* node = (this->*makers[type])();
    --depth_;
    return node;
  }

  template <typename Type>
  const Node* make() {
    Type* node = parts_.nodes.create<Type>();
    set_code(*node, count_cost_);
    number(node->id);
    fields(*this, *node);
    return node;
  }

  Step step() {
    Step step;
    const std::uint8_t flags = bytes_.byte();
    step.named = (flags & step_flag::named) != 0;
    step.optional = (flags & step_flag::optional) != 0;
    step.tests = (flags & step_flag::tests) != 0;
    number(step.id);
    if ((flags & step_flag::computed) != 0) {
      node(step.computed);
    } else if (step.named) {
      name(step);
    } else {
      value(step.key);
    }
    return step;
  }

  // The key is the end of its error's message.
  void name(Step& step) {
    const std::string_view message = bytes_.text();
    if (!message.starts_with(missing_key)) bytes_.fail();
    if (bytes_.failed()) return;
    step.key = make_string(message.substr(missing_key.size()));
    step.symbol = environment_.symbols().intern(step.key.as_string());
    step.missing = error_value(message, step.id);
  }

  void list(Value& list) {
    std::uint32_t size = 0;
    Value* items = array<Value>(size);
    for (std::uint32_t i = 0; i < size; ++i) items[i] = value_within();
    list.kind = Kind::list;
    list.size = size;
    list.items = items;
  }

  Value value_within() {
    Value read;
    if (depth_ == cel::image::deepest_node) bytes_.fail();
    ++depth_;
    value(read);
    --depth_;
    return read;
  }

  void map(Value& map) {
    std::vector<MapEntry> entries(bytes_.count());
    for (MapEntry& entry : entries) entry = {value_within(), value_within()};
    if (!bytes_.failed()) map = make_map(parts_.nodes, entries);
  }

  void duration(Value& duration) { duration = make_duration(unzigzag(bytes_.varint())); }

  void type(Value& value) {
    const auto read = parse_type(parts_.nodes, bytes_.text());
    if (read) {
      value = make_type(**read);
    } else {
      bytes_.fail();
    }
  }

  void error(Value& value) {
    const std::string_view message = bytes_.text();
    value = error_value(message, unzigzag(bytes_.varint()));
  }

  Value error_value(std::string_view message, std::int64_t id) {
    Value value;
    value.kind = value_kind::error;
    value.pointer = parts_.nodes.create<EvaluationError>(message, id);
    return value;
  }

  const Environment& environment_;
  ByteReader bytes_;
  bool count_cost_;
  CodeParts& parts_;
  std::vector<const Node*> shared_;
  unsigned depth_ = 0;
};

}  // namespace

bool read_code(const Environment& environment, std::string_view bytes, bool count_cost, CodeParts& parts) {
  return CodeReader(environment, bytes, count_cost, parts).run();
}

}  // namespace kastell::cel::fast::image
