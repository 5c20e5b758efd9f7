// Block lists and objects: structure by indentation.
#include "document/yaml/parser.h"

namespace kastell::document::yaml {

void Parser::read_block_content(const NodeStart& start, const Properties& outer, const Properties& line) {
  if (at_block_entry()) {
    if (!cursor_.key_allowed) return fail("a list item ('- ') must begin on a line of its own here");
    const bool indentless = cursor_.column() == cursor_.indent;
    return open_block_list(indentless ? FrameKind::indentless_list : FrameKind::block_list, outer);
  }
  if (at_explicit_key()) {
    if (!cursor_.key_allowed) return fail("a key ('? ') must begin on a line of its own here");
    const std::int32_t column = cursor_.column();
    if (!push(FrameKind::block_object, outer, cursor_.at)) return;
    cursor_.indent = column;
    return begin_explicit_key();
  }
  if (at_colon()) return fail("there is no key before this ':'");
  if (*cursor_.at != '|' && *cursor_.at != '>') return read_scalar(start, outer, line);
  const char* begin = cursor_.at;
  Properties all = outer;
  if (!add_properties(all, line)) return;
  Scalar scalar;
  if (!accept(scan_block_scalar(cursor_, text_), begin, scalar)) return;
  scalar.tag = all.tag;
  finish_scalar(scalar, begin, all.anchor);
}

void Parser::open_block_list(FrameKind kind, const Properties& properties) {
  const std::int32_t column = cursor_.column();
  if (!push(kind, properties, cursor_.at)) return;
  cursor_.indent = column;
  begin_item();
}

// At the '-' of an item.
void Parser::begin_item() {
  const char* dash = cursor_.at++;
  cursor_.key_allowed = true;
  cursor_.skip_to_token();
  if (nothing_deeper(false)) return null_value(dash);
  step_ = Step::read_node;
}

void Parser::after_block_item() {
  const bool indentless = frames_.back().kind == FrameKind::indentless_list;
  const std::int32_t column = cursor_.column();
  if (column == cursor_.indent && at_block_entry()) return begin_item();
  if (column < cursor_.indent || (indentless && column == cursor_.indent)) return close();
  fail_unexpected("the next '- ' of this list, or less indentation");
}

void Parser::after_block_value() {
  const std::int32_t column = cursor_.column();
  if (column < cursor_.indent) return close();
  if (column == cursor_.indent) return read_block_key();
  fail_unexpected("a key in the column of the ones before, or less indentation");
}

// At a key, in the column of its object.
void Parser::read_block_key() {
  if (at_explicit_key()) return begin_explicit_key();
  if (at_block_entry()) return fail("a list item ('- ') stands where a key should");
  if (at_colon()) return fail("there is no key before this ':'");
  const NodeStart start = here();
  Properties properties;
  while (*cursor_.at == '&' || *cursor_.at == '!') {
    if (!read_property(properties)) return;
    cursor_.skip_blanks();
  }
  const char* begin = cursor_.at;
  if (*begin == '*') return read_alias_key(start, properties);
  if (*begin == '|' || *begin == '>') return fail("a block scalar can be a key only behind '? '");
  if (*begin == '[' || *begin == '{') return fail("a list or an object cannot be a key");
  Scalar scalar{"", Tag::none, true};
  if (!at_colon() && !scan_scalar(scalar)) return;
  scalar.tag = properties.tag;
  if (const char* colon = require_key_colon(start)) begin_member(scalar, properties, begin, colon);
}

void Parser::read_alias_key(const NodeStart& start, const Properties& properties) {
  const char* begin = cursor_.at;
  const Anchor* anchor = take_alias();
  if (anchor == nullptr) return;
  if (properties.any()) return fail("an alias takes neither tag nor anchor", begin);
  const char* colon = require_key_colon(start);
  if (colon != nullptr && set_key(key_of(anchor->node, key_buffer_), begin)) after_colon(colon);
}

const char* Parser::require_key_colon(const NodeStart& start) {
  const char* colon = find_key_colon(start);
  if (colon == nullptr) fail("there is no ':' behind this key on its line, at most 1024 characters on", start.at);
  return colon;
}

// At the '?' of an explicit key.
void Parser::begin_explicit_key() {
  Frame& frame = frames_.back();
  frame.reads_key = true;
  const char* mark = cursor_.at++;
  cursor_.key_allowed = true;
  cursor_.skip_to_token();
  if (nothing_deeper(true)) return null_value(mark);
  step_ = Step::read_node;
}

void Parser::after_explicit_key() {
  frames_.back().awaits_value = false;
  if (cursor_.column() == cursor_.indent && at_colon()) {
    return after_colon(cursor_.at);
  }
  if (cursor_.column() > cursor_.indent) return fail_unexpected("':' in the column of the '?'");
  null_value(cursor_.at);
}

// Behind a ':': the value follows, indented deeper, or nothing does.
void Parser::after_colon(const char* colon) {
  // The value of an explicit key may begin with a list item or a key right behind its ':'.
  const bool own_line = colon == cursor_.line_start + cursor_.indent && !cursor_.in_flow();
  cursor_.at = colon + 1;
  cursor_.key_allowed = own_line;
  cursor_.skip_to_token();
  if (cursor_.in_flow()) return begin_flow_value(colon);
  if (nothing_deeper(true)) return null_value(colon);
  step_ = Step::read_node;
}

// Whether a list's or an object's next entry stands where a value could have: a value is indented deeper,
// but for the list of a key, and for block scalars, which libyaml lets begin in the same column.
bool Parser::nothing_deeper(bool list_may_be_level) const {
  const std::int32_t column = cursor_.column();
  if (column != cursor_.indent || column < 0) return column <= cursor_.indent;
  return !(list_may_be_level && at_block_entry()) && *cursor_.at != '|' && *cursor_.at != '>';
}

}  // namespace kastell::document::yaml
