// Lists and objects in brackets.
#include "document/yaml/parser.h"

namespace kastell::document::yaml {

void Parser::open_flow(const Properties& properties) {
  const bool object = *cursor_.at == '{';
  if (!push(object ? FrameKind::flow_object : FrameKind::flow_list, properties, cursor_.at)) return;
  ++cursor_.flow_depth;
  ++cursor_.at;
  begin_entry();
}

// Behind a bracket or a comma: an item, a member, or the closing bracket.
void Parser::begin_entry() {
  cursor_.key_allowed = true;
  cursor_.skip_to_token();
  if (*cursor_.at == closing_bracket()) return close_flow();
  if (*cursor_.at == '?') return begin_explicit_entry();
  if (*cursor_.at == ':') return fail("there is no key before this ':'");
  Frame& frame = frames_.back();
  frame.reads_key = frame.kind == FrameKind::flow_object;
  frame.explicit_key = false;
  step_ = Step::read_node;
}

void Parser::begin_explicit_entry() {
  if (frames_.back().kind == FrameKind::flow_list && !push(FrameKind::flow_pair, {}, cursor_.at)) return;
  Frame& frame = frames_.back();
  frame.reads_key = frame.explicit_key = true;
  const char* mark = cursor_.at++;
  cursor_.key_allowed = false;
  cursor_.skip_to_token();
  if (ends_flow_node()) return null_value(mark);
  step_ = Step::read_node;
}

void Parser::after_flow_node() {
  Frame& frame = frames_.back();
  if (frame.awaits_value) return after_flow_key();
  if (frame.kind == FrameKind::flow_pair) return close();
  if (*cursor_.at == ',') {
    ++cursor_.at;
    return begin_entry();
  }
  if (*cursor_.at == closing_bracket()) return close_flow();
  fail_unexpected(frame.kind == FrameKind::flow_list ? "',' or ']'" : "',' or '}'");
}

// Behind a key in brackets: its ':', or nothing, which makes the value null.
void Parser::after_flow_key() {
  Frame& frame = frames_.back();
  frame.awaits_value = false;
  if (*cursor_.at != ':') return null_value(cursor_.at);
  if (!frame.explicit_key && key_colon_ != cursor_.at) {
    return fail("a key and its ':' must stand on one line, at most 1024 characters long");
  }
  after_colon(cursor_.at);
}

void Parser::begin_flow_value(const char* colon) {
  if (*cursor_.at == ',' || *cursor_.at == ']' || *cursor_.at == '}') return null_value(colon);
  step_ = Step::read_node;
}

bool Parser::ends_flow_node() const {
  static constexpr std::string_view ends = ",]}:";
  return cursor_.at_document_end() || ends.find(*cursor_.at) != std::string_view::npos;
}

void Parser::close_flow() {
  ++cursor_.at;
  --cursor_.flow_depth;
  cursor_.key_allowed = false;
  close();
}

char Parser::closing_bracket() const {
  return frames_.back().kind == FrameKind::flow_object ? '}' : ']';
}

}  // namespace kastell::document::yaml
