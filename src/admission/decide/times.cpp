#include "admission/decide/times.h"

#include <array>

namespace kastell::admission {

using document::Member;
using document::Node;

namespace {

Node managed_fields(std::string_view now, Arena& arena, SymbolTable& symbols) {
  const std::array<Member, 3> entry{{{symbols.intern("manager"), Node::make_string("kastell")},
                                     {symbols.intern("operation"), Node::make_string("Update")},
                                     {symbols.intern("time"), Node::make_string(now)}}};
  const Node made = document::make_object(arena, entry, false);
  return document::make_list(arena, {&made, 1});
}

bool is_filled(const Node* list) {
  return list != nullptr && list->is_list() && list->size != 0;
}

}  // namespace

void write_times(RequestContext& context) {
  const Request& request = context.request();
  const std::string_view now = request.now;
  const Node* metadata = request.object.is_object() ? request.object.find(symbols::metadata) : nullptr;
  if (now.empty() || metadata == nullptr || !metadata->is_object()) return;
  Arena& arena = context.stack().arena();
  SymbolTable& symbols = context.symbols();
  const Symbol managed = symbols.intern("managedFields");
  Node written;
  if (request.operation == "CREATE") {
    written = with_member(*metadata, symbols.intern("creationTimestamp"), Node::make_string(now), arena);
  } else if (request.operation == "UPDATE" && !is_filled(metadata->find(managed))) {
    written = with_member(*metadata, managed, managed_fields(now, arena, symbols), arena);
  } else {
    return;
  }
  context.replace_object(with_member(request.object, symbols::metadata, written, arena));
}

}  // namespace kastell::admission
