#include "admission/request.h"

#include "admission/read/fields.h"

namespace kastell::admission {

using document::Node;

namespace {

GroupVersionKind read_kind(Fields& request, std::string_view name) {
  const Node* node = request.object(name);
  if (node == nullptr) return {};
  Fields fields = request.below(*node, name);
  const GroupVersionKind kind{fields.text("group"), fields.text("version"), fields.text("kind")};
  request.adopt(fields);
  return kind;
}

GroupVersionResource read_resource(Fields& request, std::string_view name) {
  const Node* node = request.object(name);
  if (node == nullptr) return {};
  Fields fields = request.below(*node, name);
  const GroupVersionResource resource{fields.text("group"), fields.text("version"), fields.text("resource")};
  request.adopt(fields);
  return resource;
}

User read_user(Fields& request) {
  const Node* node = request.object("userInfo");
  if (node == nullptr) return {};
  Fields fields = request.below(*node, "userInfo");
  User user{fields.text("username"), fields.text("uid"), fields.text_nodes("groups")};
  request.adopt(fields);
  return user;
}

bool is_operation(std::string_view text) {
  return text == "CREATE" || text == "UPDATE" || text == "DELETE" || text == "CONNECT";
}

}  // namespace

Result<Request> read_request(const Node& review, const SymbolTable& symbols) {
  if (!review.is_object()) return failure(ErrorCode::type, "an admission request must be an object");
  Fields outer(review, symbols);
  const Node* inside = outer.text("kind") == "AdmissionReview" ? outer.object("request") : nullptr;
  Request request;
  request.fields = inside != nullptr ? *inside : review;
  Fields fields(request.fields, symbols);
  request.kind = read_kind(fields, "kind");
  request.resource = read_resource(fields, "resource");
  request.subresource = fields.text("subResource");
  request.name = fields.text("name");
  request.name_space = fields.text("namespace");
  request.operation = fields.text("operation");
  request.user = read_user(fields);
  request.dry_run = fields.boolean("dryRun");
  if (const Node* object = fields.object("object")) request.object = *object;
  if (const Node* object = fields.object("oldObject")) request.old_object = *object;
  if (fields.error()) return std::unexpected(*fields.error());
  if (!is_operation(request.operation)) {
    return failure(ErrorCode::type, "operation must be CREATE, UPDATE, DELETE or CONNECT");
  }
  if (request.resource.resource.empty()) return failure(ErrorCode::type, "resource.resource must be given");
  return request;
}

}  // namespace kastell::admission
