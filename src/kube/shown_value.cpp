#include "kube/shown_value.h"

#include "base/text.h"
#include "document/write.h"
#include "kube/credential.h"

namespace kastell::kube {

using document::Kind;
using document::Node;

namespace {

constexpr unsigned deepest_value = 8;
constexpr std::string_view more = "\"…\"";

class BoundedWriter {
 public:
  BoundedWriter(std::string& out, const SymbolTable& symbols, std::size_t longest)
      : out_(out), end_(out.size() + longest), symbols_(symbols) {}

  void append(const Node& node, unsigned depth) {
    switch (node.kind) {
      case Kind::string: return append_text(node.as_string());
      case Kind::list: return depth == deepest_value ? void(out_ += more) : append_list(node, depth);
      case Kind::object: return depth == deepest_value ? void(out_ += more) : append_object(node, depth);
      default: return document::append_json(out_, node, symbols_);
    }
  }

 private:
  bool is_full() const { return out_.size() >= end_; }
  std::size_t left() const { return is_full() ? 0 : end_ - out_.size(); }

  void append_text(std::string_view text) {
    if (text.size() <= left()) return append_quoted(text);
    std::size_t keep = left();
    while (keep > 0 && (static_cast<unsigned char>(text[keep]) & 0xC0) == 0x80) --keep;  // not within a code point
    out_ += '"';
    append_json_escaped(out_, text.substr(0, keep));
    out_ += "…\"";
  }

  void append_quoted(std::string_view text) {
    out_ += '"';
    append_json_escaped(out_, text);
    out_ += '"';
  }

  void append_list(const Node& list, unsigned depth) {
    out_ += '[';
    for (std::size_t i = 0; i < list.size; ++i) {
      if (i > 0) out_ += ',';
      if (is_full()) {
        out_ += more;
        break;
      }
      if (is_secret_member(list, i, symbols_)) {
        append_quoted(redacted);
      } else {
        append(list.as_list()[i], depth + 1);
      }
    }
    out_ += ']';
  }

  void append_object(const Node& object, unsigned depth) {
    out_ += '{';
    for (std::size_t i = 0; i < object.size; ++i) {
      if (i > 0) out_ += ',';
      if (is_full()) {
        out_.append(more).append(":").append(more);
        break;
      }
      append_text(symbols_.text(object.member_keys()[i]));
      out_ += ':';
      if (is_secret_member(object, i, symbols_)) {
        append_quoted(redacted);
      } else {
        append(object.member_values()[i], depth + 1);
      }
    }
    out_ += '}';
  }

  std::string& out_;
  std::size_t end_;
  const SymbolTable& symbols_;
};

}  // namespace

void append_shown_json(std::string& out, const Node& value, const SymbolTable& symbols, std::size_t longest) {
  BoundedWriter(out, symbols, longest).append(value, 0);
}

}  // namespace kastell::kube
