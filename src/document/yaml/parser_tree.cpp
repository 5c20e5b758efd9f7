// What is open: frames, and where finished nodes go.
#include <algorithm>

#include "document/yaml/parser.h"

namespace kastell::document::yaml {

namespace {

constexpr const char* collection_as_key = "a list or an object cannot be a key";

bool is_merge_key(const Scalar& scalar) {
  return scalar.plain && scalar.tag == Tag::none && scalar.text == "<<";
}

}  // namespace

bool Parser::push(FrameKind kind, const Properties& properties, const char* at) {
  if (!frames_.empty() && frames_.back().reads_key) return fail(collection_as_key, at), false;
  if (frames_.size() >= limits_.depth) {
    const std::string limit = std::to_string(limits_.depth);
    return fail(ErrorCode::limit, "lists and objects are nested deeper than " + limit, at), false;
  }
  Frame frame{kind};
  frame.outer_indent = cursor_.indent;
  frame.anchor = properties.anchor;
  frame.nodes_before = anchors_.nodes();
  frames_.push_back(frame);
  anchors_.count_written();
  const bool list = kind == FrameKind::block_list || kind == FrameKind::indentless_list || kind == FrameKind::flow_list;
  if (list) {
    tree_.open_list(cursor_.offset_of(at));
  } else {
    tree_.open_object(cursor_.offset_of(at));
  }
  return true;
}

// Ends the innermost list or object.
void Parser::close() {
  const Frame frame = frames_.back();
  if (tree_.in_object()) {
    if (const auto duplicate = tree_.find_duplicate()) return fail_duplicate(*duplicate);
    if (frame.has_merges) tree_.settle_merges();
  }
  frames_.pop_back();
  cursor_.indent = frame.outer_indent;
  const auto closed = tree_.close();
  const std::uint32_t height = frame.height + 1;
  if (frame.anchor != 0) anchors_.finish(frame.anchor, closed.node, anchors_.nodes() - frame.nodes_before, height);
  if (!frames_.empty()) frames_.back().height = std::max(frames_.back().height, height);
  give_to_parent(closed.node, closed.offset, false);
}

void Parser::finish_scalar(const Scalar& scalar, const char* at, AnchorId anchor) {
  if (!frames_.empty() && frames_.back().reads_key) {
    frames_.back().awaits_value = true;
    if (set_key(scalar, at, anchor)) step_ = Step::after_node;
    return;
  }
  const Value value = value_of(resolve(scalar, arena_));
  if (value.error != nullptr) return fail(value.error, at);
  anchors_.count_written();
  if (anchor != 0) anchors_.finish(anchor, value.node, 1, 0);
  give_to_parent(value.node, cursor_.offset_of(at), false);
}

void Parser::give_to_parent(const Node& node, std::uint32_t offset, bool aliased) {
  step_ = Step::after_node;
  if (frames_.empty()) {
    node_ = node;
    node_offset_ = offset;
  } else if (frames_.back().reads_key) {
    frames_.back().awaits_value = true;
    set_key(key_of(node, key_buffer_), cursor_.begin + offset);
  } else if (frames_.back().merging) {
    merge(node, offset, aliased);
  } else {
    tree_.value(node, offset);
  }
}

// The value of a "<<" key: an object, an alias to one, or a list of such; of a list, the first wins.
void Parser::merge(const Node& node, std::uint32_t offset, bool aliased) {
  Frame& frame = frames_.back();
  frame.merging = false;
  frame.has_merges = true;
  const char* at = cursor_.begin + offset;
  const bool list = node.is_list() && !aliased;
  const std::span<const Node> sources = list ? node.as_list() : std::span(&node, 1);
  for (std::size_t i = sources.size(); i-- > 0;) {
    if (!sources[i].is_object()) return fail("the merge key '<<' takes an object or a list of objects", at);
    anchors_.count_expanded(sources[i].size);
    if (!within_alias_limit(at)) return;
    tree_.merge(sources[i]);
  }
}

// Counts what an alias repeats, before it does.
bool Parser::expand(const Anchor& anchor, const char* at) {
  anchors_.count_expanded(anchor.nodes);
  if (!within_alias_limit(at)) return false;
  if (frames_.size() + anchor.height > limits_.depth) {
    const std::string limit = std::to_string(limits_.depth);
    return fail(ErrorCode::limit, "the alias nests lists and objects deeper than " + limit, at), false;
  }
  if (!frames_.empty()) frames_.back().height = std::max(frames_.back().height, anchor.height);
  return true;
}

bool Parser::within_alias_limit(const char* at) {
  if (anchors_.within_limit()) return true;
  const std::string limit = std::to_string(anchors_.limit());
  return fail(ErrorCode::limit, "aliases expand the document to more than " + limit + " values", at), false;
}

// A key with its ':'; what follows is the value.
void Parser::begin_member(const Scalar& key, const Properties& properties, const char* key_at, const char* colon) {
  if (set_key(key, key_at, properties.anchor)) after_colon(colon);
}

bool Parser::set_key(const Scalar& scalar, const char* at, AnchorId anchor) {
  frames_.back().reads_key = false;
  if (is_merge_key(scalar)) return frames_.back().merging = true;
  const Resolved resolved = resolve(scalar, arena_);
  if (anchor != 0) {
    const Value value = value_of(resolved);
    if (value.error != nullptr) return fail(value.error, at), false;
    anchors_.finish(anchor, value.node, 1, 0);
  }
  return set_key(key_of(resolved, key_buffer_), at);
}

bool Parser::set_key(const Key& key, const char* at) {
  frames_.back().reads_key = false;
  if (key.error != nullptr) return fail(key.error, at), false;
  tree_.key(keys_.intern(key.text), cursor_.offset_of(at));
  return true;
}

void Parser::null_value(const char* at) {
  finish_scalar({"", Tag::none, true}, at, 0);
}

// The way on after a finished node, by what it stands in.
void Parser::after_node() {
  cursor_.skip_to_token();
  if (frames_.empty()) return after_root();
  switch (frames_.back().kind) {
    case FrameKind::block_object: return frames_.back().awaits_value ? after_explicit_key() : after_block_value();
    case FrameKind::block_list:
    case FrameKind::indentless_list: return after_block_item();
    case FrameKind::flow_object:
    case FrameKind::flow_list:
    case FrameKind::flow_pair: return after_flow_node();
  }
}

void Parser::after_root() {
  if (!cursor_.at_document_end()) return fail_unexpected("the end of the document");
  step_ = Step::done;
}

}  // namespace kastell::document::yaml
