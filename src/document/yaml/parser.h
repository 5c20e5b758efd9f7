// Parser: one YAML document, from its text straight to Nodes.
//
// It reads by indentation and brackets, in one pass, without tokens or events between. What is open is
// kept in a stack of frames, so depth costs memory and no recursion. The structure accepted is that of
// libyaml, on which Kubernetes' YAML library rests: a simple key stands on one line, at most 1024
// characters before its ':'.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/symbol.h"
#include "document/build/key_cache.h"
#include "document/build/tree_builder.h"
#include "document/document.h"
#include "document/yaml/anchors.h"
#include "document/yaml/cursor.h"
#include "document/yaml/resolve.h"
#include "document/yaml/scan.h"
#include "document/yaml/tag.h"

namespace kastell::document::yaml {

class Parser {
 public:
  Parser(DocumentStream& stream, SymbolTable& symbols, const ParseLimits& limits);

  // Reads the document at the cursor and leaves the cursor at what ended it. `found` tells whether there
  // was one: blanks and comments make none. False after an error; error() and error_offset() tell it.
  bool read(Cursor& cursor, const Directives& directives);
  bool found() const { return found_; }
  Document document() const { return {node_, node_offset_}; }
  const Error& error() const { return error_; }
  std::uint32_t error_offset() const { return error_offset_; }

 private:
  enum class Step : std::uint8_t { read_node, after_node, done, failed };

  struct Properties {
    Tag tag = Tag::none;
    AnchorId anchor = 0;
    bool any() const { return tag != Tag::none || anchor != 0; }
  };

  // Where a node begins, its properties included, and whether it may turn out to be a key.
  struct NodeStart {
    const char* at;
    const char* line_start;
    bool key_allowed;
  };

  enum class FrameKind : std::uint8_t {
    block_object,
    block_list,
    indentless_list,  // '-' in the column of the key that the list belongs to
    flow_object,
    flow_list,
    flow_pair,  // "a: b" as an item of a flow list
  };

  struct Frame {
    FrameKind kind;
    bool reads_key = false;     // the next node is a key
    bool explicit_key = false;  // it was announced by '?'
    bool awaits_value = false;  // the key is read, its ':' not looked for yet
    bool merging = false;       // the member being read is "<<"
    bool has_merges = false;
    std::int32_t outer_indent = 0;
    AnchorId anchor = 0;
    std::uint32_t height = 0;  // lists and objects that the values so far nest, at most
    std::uint64_t nodes_before = 0;
  };

  // parser.cpp: nodes
  void read_node();
  bool read_properties(NodeStart& start, Properties& outer, Properties& line);
  bool read_property(Properties& properties);
  bool add_properties(Properties& to, const Properties& more);
  bool nothing_follows() const;
  void read_content(const NodeStart& start, const Properties& outer, const Properties& line);
  void read_scalar(const NodeStart& start, const Properties& outer, const Properties& line);
  void place_scalar(Scalar scalar, const char* begin, const NodeStart& start, const Properties& outer,
                    const Properties& line);
  bool scan_scalar(Scalar& scalar);
  bool accept(const Scanned& scanned, const char* begin, Scalar& scalar);
  void read_alias(const NodeStart& start, const Properties& outer, const Properties& line);
  const Anchor* take_alias();
  bool colon_opens_object() const;
  bool open_object_at(const NodeStart& start, const Properties& properties);
  const char* find_key_colon(const NodeStart& start) const;
  NodeStart here() const { return {cursor_.at, cursor_.line_start, cursor_.key_allowed}; }

  // parser_tree.cpp: what is open
  bool push(FrameKind kind, const Properties& properties, const char* at);
  void close();
  void finish_scalar(const Scalar& scalar, const char* at, AnchorId anchor);
  void give_to_parent(const Node& node, std::uint32_t offset, bool aliased);
  void merge(const Node& node, std::uint32_t offset, bool aliased);
  bool expand(const Anchor& anchor, const char* at);
  bool within_alias_limit(const char* at);
  void begin_member(const Scalar& key, const Properties& properties, const char* key_at, const char* colon);
  bool set_key(const Scalar& scalar, const char* at, AnchorId anchor);
  bool set_key(const Key& key, const char* at);
  void after_colon(const char* colon);
  void null_value(const char* at);
  void after_node();
  void after_root();

  // parser_block.cpp
  void read_block_content(const NodeStart& start, const Properties& outer, const Properties& line);
  void open_block_list(FrameKind kind, const Properties& properties);
  void begin_item();
  void read_block_key();
  void read_alias_key(const NodeStart& start, const Properties& properties);
  const char* require_key_colon(const NodeStart& start);
  void begin_explicit_key();
  void after_block_value();
  void after_explicit_key();
  void after_block_item();
  bool nothing_deeper(bool list_may_be_level) const;
  bool at_block_entry() const { return *cursor_.at == '-' && is_blank_or_end(cursor_.at + 1); }
  bool at_explicit_key() const { return *cursor_.at == '?' && is_blank_or_end(cursor_.at + 1); }
  bool at_colon() const { return *cursor_.at == ':' && (cursor_.in_flow() || is_blank_or_end(cursor_.at + 1)); }

  // parser_flow.cpp
  void open_flow(const Properties& properties);
  void begin_entry();
  void begin_explicit_entry();
  void begin_flow_value(const char* colon);
  void after_flow_node();
  void after_flow_key();
  bool ends_flow_node() const;
  void close_flow();
  char closing_bracket() const;

  // parser_errors.cpp
  void fail(ErrorCode code, std::string message, const char* at);
  void fail(std::string message, const char* at) { fail(ErrorCode::syntax, std::move(message), at); }
  void fail(std::string message) { fail(std::move(message), cursor_.at); }
  void fail_duplicate(const DuplicateKey& duplicate);
  void fail_unexpected(const char* expected);

  const Source& source_;
  Arena& arena_;
  SymbolTable& symbols_;
  KeyCache keys_;
  const ParseLimits& limits_;
  const Directives* directives_ = nullptr;
  Cursor cursor_;
  TextBuilder text_;
  TreeBuilder tree_;
  Anchors anchors_;
  std::vector<Frame> frames_;
  std::string key_buffer_;
  Step step_ = Step::done;
  bool found_ = false;
  const char* key_colon_ = nullptr;  // the ':' behind the scalar just read, if that makes it a key
  Node node_;                        // the root, when done
  std::uint32_t node_offset_ = 0;
  Error error_;
  std::uint32_t error_offset_ = 0;
};

}  // namespace kastell::document::yaml
