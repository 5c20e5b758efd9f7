// Nodes: properties, scalars, aliases, and which way the structure goes on.
#include "document/yaml/parser.h"

#include "base/text.h"

namespace kastell::document::yaml {

namespace {

// «The ":" indicator must appear at most 1024 Unicode characters beyond the start of the key», YAML 1.2
// section 7.4.2; libyaml holds to it.
constexpr std::ptrdiff_t longest_simple_key = 1024;

bool begins_plain(const Cursor& cursor) {
  static constexpr std::string_view never = ",[]{}#&*!|>'\"%@`";
  const char c = *cursor.at;
  if (c == '-') return !is_blank(cursor.at[1]);
  if (c == '?' || c == ':') return !cursor.in_flow() && !is_blank_or_end(cursor.at + 1);
  return !is_blank_or_end(cursor.at) && never.find(c) == std::string_view::npos;
}

}  // namespace

Parser::Parser(DocumentStream& stream, SymbolTable& symbols, const ParseLimits& limits)
    : source_(*stream.source),
      arena_(*stream.arena),
      symbols_(symbols),
      keys_(symbols),
      limits_(limits),
      cursor_{stream.source->text().data(), nullptr, nullptr},
      text_{arena_},
      tree_(arena_),
      anchors_(limits) {}

bool Parser::read(Cursor& cursor, const Directives& directives) {
  cursor_ = cursor;
  directives_ = &directives;
  tree_.clear();
  anchors_.clear();
  frames_.clear();
  cursor_.skip_to_token();
  found_ = !cursor_.at_document_end();
  step_ = found_ ? Step::read_node : Step::done;
  while (step_ == Step::read_node || step_ == Step::after_node) {
    if (step_ == Step::read_node) {
      read_node();
    } else {
      after_node();
    }
  }
  cursor = cursor_;
  return step_ == Step::done;
}

// A node begins at the cursor: its parent has made sure that something does.
void Parser::read_node() {
  NodeStart start = here();
  const char* begin = cursor_.at;
  Properties outer, line;
  if (*cursor_.at == '&' || *cursor_.at == '!') {
    if (!read_properties(start, outer, line)) return;
    const bool alone = nothing_follows();
    if (alone && !line.any()) start.key_allowed = false;  // a ':' on the next line is not its own
    if (alone || (line.any() && at_colon())) {
      return place_scalar({"", Tag::none, true}, begin, start, outer, line);
    }
  }
  read_content(start, outer, line);
}

// Properties on lines before the content belong to the node; those on its own line, `line`, belong to
// a key if the content turns out to be one.
bool Parser::read_properties(NodeStart& start, Properties& outer, Properties& line) {
  while (*cursor_.at == '&' || *cursor_.at == '!') {
    if (!line.any()) start = here();
    if (!read_property(line)) return false;
    cursor_.key_allowed = false;
    const char* line_before = cursor_.line_start;
    cursor_.skip_to_token();
    if (cursor_.line_start == line_before || cursor_.in_flow()) continue;
    if (!add_properties(outer, line)) return false;
    line = {};
    start = here();
    if (nothing_follows()) return true;
  }
  return true;
}

bool Parser::read_property(Properties& properties) {
  const char* begin = cursor_.at;
  if (*begin == '!') {
    const ScannedTag scanned = scan_tag(cursor_, *directives_);
    if (scanned.error != nullptr) return fail(scanned.error, begin), false;
    return add_properties(properties, {scanned.tag, 0});
  }
  ++cursor_.at;
  while (is_word(*cursor_.at)) ++cursor_.at;
  const std::string_view name(begin + 1, static_cast<std::size_t>(cursor_.at - begin - 1));
  static constexpr std::string_view ends = "?:,]}%@`";
  if (name.empty() || !(is_blank_or_end(cursor_.at) || ends.find(*cursor_.at) != std::string_view::npos)) {
    return fail("an anchor is '&' and a name of letters, digits, '-' and '_'", begin), false;
  }
  return add_properties(properties, {Tag::none, anchors_.define(name)});
}

bool Parser::add_properties(Properties& to, const Properties& more) {
  if (to.tag != Tag::none && more.tag != Tag::none) return fail("one node has two tags"), false;
  if (to.anchor != 0 && more.anchor != 0) return fail("one node has two anchors"), false;
  if (more.tag != Tag::none) to.tag = more.tag;
  if (more.anchor != 0) to.anchor = more.anchor;
  return true;
}

// Whether properties stand alone, without content behind them.
bool Parser::nothing_follows() const {
  if (cursor_.in_flow()) {
    static constexpr std::string_view ends = ",]}:";
    return is_end(*cursor_.at) || ends.find(*cursor_.at) != std::string_view::npos;
  }
  return nothing_deeper(!frames_.empty() && frames_.back().kind == FrameKind::block_object);
}

void Parser::read_content(const NodeStart& start, const Properties& outer, const Properties& line) {
  if (cursor_.at_document_end()) return fail_unexpected("a value");
  if (!cursor_.in_flow()) return read_block_content(start, outer, line);
  if (*cursor_.at == '-' && is_blank_or_end(cursor_.at + 1)) {
    return fail("a block list ('- ') cannot stand inside brackets");
  }
  read_scalar(start, outer, line);
}

// A scalar, an alias or brackets; what is not a value may turn out to be the first key of an object.
void Parser::read_scalar(const NodeStart& start, const Properties& outer, const Properties& line) {
  const char* begin = cursor_.at;
  if (*begin == '*') return read_alias(start, outer, line);
  if (*begin == '[' || *begin == '{') {
    Properties all = outer;
    if (add_properties(all, line)) open_flow(all);
    return;
  }
  Scalar scalar;
  if (scan_scalar(scalar)) place_scalar(scalar, begin, start, outer, line);
}

// The scalar that ends at the cursor: a value, a key that was expected, or the first key of an object.
void Parser::place_scalar(Scalar scalar, const char* begin, const NodeStart& start, const Properties& outer,
                          const Properties& line) {
  key_colon_ = find_key_colon(start);
  if (key_colon_ != nullptr && colon_opens_object()) {
    if (!open_object_at(start, outer)) return;
    scalar.tag = line.tag;
    return begin_member(scalar, line, begin, key_colon_);
  }
  Properties all = outer;
  if (!add_properties(all, line)) return;
  scalar.tag = all.tag;
  finish_scalar(scalar, begin, all.anchor);
}

bool Parser::scan_scalar(Scalar& scalar) {
  const char* begin = cursor_.at;
  scalar.plain = *begin != '"' && *begin != '\'';
  if (scalar.plain && !begins_plain(cursor_)) return fail_unexpected("a value"), false;
  cursor_.key_allowed = false;  // unless the scalar ends with its line
  const Scanned scanned = scalar.plain    ? scan_plain(cursor_, text_)
                          : *begin == '"' ? scan_double_quoted(cursor_, text_)
                                          : scan_single_quoted(cursor_, text_);
  return accept(scanned, begin, scalar);
}

bool Parser::accept(const Scanned& scanned, const char* begin, Scalar& scalar) {
  if (scanned.error != nullptr) return fail(scanned.error, scanned.error_at), false;
  if (scanned.text.size() > limits_.scalar_bytes) {
    const std::string limit = std::to_string(limits_.scalar_bytes);
    return fail(ErrorCode::limit, "the string is longer than " + limit + " bytes", begin), false;
  }
  scalar.text = scanned.text;
  return true;
}

void Parser::read_alias(const NodeStart& start, const Properties& outer, const Properties& line) {
  const char* begin = cursor_.at;
  if (line.any()) return fail("an alias takes neither tag nor anchor", begin);
  const Anchor* anchor = take_alias();
  if (anchor == nullptr) return;
  key_colon_ = find_key_colon(start);
  const bool opens = key_colon_ != nullptr && colon_opens_object();
  if (outer.any() && !opens) return fail("an alias takes neither tag nor anchor", begin);
  const Node node = anchor->node;
  if (!opens) return give_to_parent(node, cursor_.offset_of(begin), true);
  if (!open_object_at(start, outer) || !set_key(key_of(node, key_buffer_), begin)) return;
  after_colon(key_colon_);
}

// Steps over the alias at the cursor. Null after a failure.
const Anchor* Parser::take_alias() {
  const char* begin = cursor_.at++;
  cursor_.key_allowed = false;
  while (is_word(*cursor_.at)) ++cursor_.at;
  const std::string name(begin, cursor_.at);
  const Anchor* anchor = anchors_.find(std::string_view(begin + 1, name.size() - 1));
  if (anchor == nullptr) return fail("there is no anchor for the alias " + name, begin), nullptr;
  if (!anchor->finished) return fail("the alias " + name + " stands inside what it names", begin), nullptr;
  return expand(*anchor, begin) ? anchor : nullptr;
}

// Whether a ':' behind the node at hand makes it the first key of an object: inside {} it does not.
bool Parser::colon_opens_object() const {
  return !cursor_.in_flow() || frames_.back().kind == FrameKind::flow_list;
}

bool Parser::open_object_at(const NodeStart& start, const Properties& properties) {
  const bool pair = cursor_.in_flow();
  if (!push(pair ? FrameKind::flow_pair : FrameKind::block_object, properties, start.at)) return false;
  if (!pair) cursor_.indent = static_cast<std::int32_t>(start.at - start.line_start);
  return true;
}

// The ':' that makes a key of what began at `start` and ends at the cursor.
const char* Parser::find_key_colon(const NodeStart& start) const {
  if (!start.key_allowed || start.line_start != cursor_.line_start) return nullptr;
  const char* colon = cursor_.at;
  while (is_blank(*colon)) ++colon;
  if (*colon != ':' || !(cursor_.in_flow() || is_blank_or_end(colon + 1))) return nullptr;
  const std::ptrdiff_t bytes = colon - start.at;
  if (bytes <= longest_simple_key) return colon;
  const auto characters = count_code_points({start.at, static_cast<std::size_t>(bytes)});
  return characters <= static_cast<std::size_t>(longest_simple_key) ? colon : nullptr;
}

}  // namespace kastell::document::yaml
