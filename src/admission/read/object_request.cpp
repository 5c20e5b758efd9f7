#include "admission/object_request.h"

#include <array>

#include "kube/api_resource.h"
#include "kube/namespace_label.h"

namespace kastell::admission {

using document::Member;
using document::Node;

namespace {

class Builder {
 public:
  Builder(const snapshot::Object& object, const Asker& asker, const World& world, Arena& arena, SymbolTable& symbols)
      : object_(object), asker_(asker), world_(world), arena_(arena), symbols_(symbols) {}

  Request build(std::string_view operation, const snapshot::Object* old) {
    const std::string_view group = object_.group();
    const std::string_view version = kube::version_in_group(object_.api_version);
    const World::Served served = world_.served_as(group, object_.kind);
    Request request;
    request.kind = {group, version, object_.kind};
    request.resource = {group, version, arena_.copy(served.resource)};
    request.name = object_.root.find(symbols::metadata) == nullptr ? std::string_view{} : name();
    request.name_space = served.namespaced ? object_.effective_namespace() : std::string_view{};
    if (request.kind == GroupVersionKind{"", "v1", "Namespace"}) request.name_space = request.name;
    request.operation = operation;
    request.dry_run = asker_.dry_run;
    request.now = asker_.now;
    request.user.name = asker_.user;
    (operation == "DELETE" ? request.old_object : request.object) = as_held(object_, request);
    if (old != nullptr) request.old_object = as_held(*old, request);
    const Node groups = groups_of_asker();
    request.user.groups = groups.as_list();
    request.fields = fields(groups);
    return request;
  }

 private:
  // An object that leaves its name to the API server has none yet.
  std::string_view name() const {
    const Node* name = object_.root.find(symbols::metadata)->find(symbols::name);
    return name == nullptr ? std::string_view{} : name->as_string();
  }

  // The API server writes a Namespace's name into its labels, and the request's namespace into an object that names
  // none.
  Node as_held(const snapshot::Object& object, const Request& request) {
    if (request.kind == GroupVersionKind{"", "v1", "Namespace"})
      return kube::with_name_label(object.root, arena_, symbols_);
    const Node* metadata = object.root.find(symbols::metadata);
    const bool names_none = object.name_space.empty() && metadata != nullptr && metadata->is_object();
    if (request.name_space.empty() || !names_none) return object.root;
    const Node name_space = Node::make_string(request.name_space);
    const Node completed = with_member(*metadata, symbols_.intern("namespace"), name_space, arena_);
    return with_member(object.root, symbols::metadata, completed, arena_);
  }

  Node groups_of_asker() {
    std::vector<Node> groups;
    for (const std::string& group : asker_.groups) groups.push_back(Node::make_string(group));
    return document::make_list(arena_, groups);
  }

  Node fields(const Node& groups) {
    const std::array<Member, 2> user{
        {{symbols_.intern("username"), Node::make_string(asker_.user)}, {symbols_.intern("groups"), groups}}};
    const Member member{symbols_.intern("userInfo"), document::make_object(arena_, user, false)};
    return document::make_object(arena_, {&member, 1}, false);
  }

  const snapshot::Object& object_;
  const Asker& asker_;
  const World& world_;
  Arena& arena_;
  SymbolTable& symbols_;
};

}  // namespace

Request request_for(const snapshot::Object& object, std::string_view operation, const snapshot::Object* old,
                    const Asker& asker, const World& world, Arena& arena, SymbolTable& symbols) {
  return Builder(object, asker, world, arena, symbols).build(operation, old);
}

bool is_review(const snapshot::Object& object) {
  return object.kind == "AdmissionReview" && object.group() == "admission.k8s.io";
}

}  // namespace kastell::admission
