#include "admission/decide/context.h"

#include "admission/read/fields.h"
#include "cel/admission_variables.h"
#include "kube/namespace_label.h"

namespace kastell::admission {

using document::Node;

namespace {

// What an error message calls the object: its name may not be made yet.
std::string object_name(const Request& request, const SymbolTable& symbols) {
  if (!request.name.empty()) return std::string(request.name);
  if (!request.object.is_object()) return "Unknown";
  Fields object(request.object, symbols);
  const Node* metadata = object.object("metadata");
  if (metadata == nullptr) return "Unknown";
  Fields fields = object.below(*metadata, "metadata");
  const std::string_view name = fields.text("name").empty() ? fields.text("generateName") : fields.text("name");
  return name.empty() ? "Unknown" : std::string(name);
}

// Mostly they are views of the same texts.
bool is_same(std::string_view a, std::string_view b) {
  return a.size() == b.size() && (a.data() == b.data() || a == b);
}
bool is_same(const GroupVersionResource& a, const GroupVersionResource& b) {
  return is_same(a.group, b.group) && is_same(a.version, b.version) && is_same(a.resource, b.resource);
}
bool is_same(const GroupVersionKind& a, const GroupVersionKind& b) {
  return is_same(a.group, b.group) && is_same(a.version, b.version) && is_same(a.kind, b.kind);
}

// With the label that the API server gives every namespace.
Node assumed_namespace(std::string_view name_space, Arena& arena, SymbolTable& symbols) {
  const Node nothing = Node::make_empty_object();
  const Node named = document::with_member(nothing, symbols::name, Node::make_string(name_space), arena);
  return kube::with_name_label(document::with_member(nothing, symbols::metadata, named, arena), arena, symbols);
}

}  // namespace

void ContextMemory::forget() {
  inputs.clear();
  ++round;
}

RequestContext::RequestContext(const World& world, SymbolTable& symbols, const JudgeOptions& options,
                               const Request& request, EvaluationStack& stack, ContextMemory& memory,
                               std::size_t constraints)
    : world_(world),
      symbols_(symbols),
      options_(options),
      request_(request),
      stack_(stack),
      authorizer_(world_, request_.user),
      memory_(memory) {
  stack_.authorizer = &authorizer_;
  memory_.forget();
  if (memory_.matches.size() < constraints) memory_.matches.resize(constraints);
}
RequestContext::~RequestContext() {
  stack_.authorizer = nullptr;
}

Result<Node> RequestContext::in_form(const Node& object, ObjectForm form) {
  if (form == ObjectForm::as_written || !object.is_object()) return object;
  if (!memory_.forms) memory_.forms = std::make_unique<ObjectForms>(symbols_);
  const std::uint8_t minor = kube::covered_minor(options_.version.minor);
  return memory_.forms->of(object, world_.type_of(request_.kind, minor), form, stack_.arena());
}

Result<void> RequestContext::take_objects() {
  if (request_.is_held) return {};
  for (Node* object : {&request_.object, &request_.old_object}) {
    const auto taken = in_form(*object, options_.form);
    if (!taken) return std::unexpected(taken.error());
    *object = *taken;
  }
  if (!has_plugins()) return {};
  const auto old = with_plugins({request_.old_object, nullptr, request_.old_object_was_stored});
  if (!old) return std::unexpected(old.error());
  request_.old_object = *old;
  return reinvoke_plugins();
}

Result<void> RequestContext::reinvoke_plugins() {
  if (!has_plugins()) return {};
  const Node* old = request_.old_object.is_object() ? &request_.old_object : nullptr;
  const auto added = with_plugins({request_.object, old, request_.object_was_stored});
  if (!added) return std::unexpected(added.error());
  replace_object(*added);
  return {};
}

void RequestContext::create_object() {
  const Node& object = request_.object;
  if (!has_plugins() || request_.operation != "CREATE" || !object.is_object() || !request_.subresource.empty()) return;
  if (object.find(symbols::metadata) == nullptr || request_.object_was_stored) return;
  const kube::ApiType type = world_.type_of(request_.kind, kube::covered_minor(options_.version.minor));
  replace_object(memory_.forms->created(object, type, request_, world_.has_status(request_.kind), stack_.arena()));
}

Result<Node> RequestContext::with_plugins(const PluginChain::Subject& subject) {
  if (!subject.object.is_object() || !request_.subresource.empty()) return subject.object;
  if (!memory_.plugins) {
    memory_.plugins = std::make_unique<PluginChain>(
        world_, *memory_.forms, symbols_, kube::covered_minor(options_.version.minor), options_.disabled_plugins);
  }
  return memory_.plugins->admit(request_, subject, stack_.arena());
}

Result<Node> RequestContext::patched_form(const Node& before, const Node& after) {
  if (options_.form != ObjectForm::as_written) return in_form(after, options_.form);
  const auto read = in_form(after, ObjectForm::typed);
  if (!read && in_form(before, ObjectForm::typed)) return read;
  return after;
}

void RequestContext::replace_object(const Node& object) {
  request_.object = object;
  memory_.forget();
  of_slots_ = nullptr;
}

const Match& RequestContext::match(const MatchResources& constraints) const {
  auto& known = memory_.matches[constraints.number];
  if (known.round != memory_.round) known = {memory_.round, match_request(constraints, request_, world_)};
  return known.match;
}

const Result<Inputs>& RequestContext::inputs_for(const Match& match) {
  for (const auto& known : memory_.inputs) {
    if (is_same(known.resource, match.resource) && is_same(known.kind, match.kind)) return known.inputs;
  }
  return memory_.inputs.emplace_back(match.resource, match.kind, build_inputs(match)).inputs;
}

// Matches of one request stay where they are.
const Slots* RequestContext::plain_slots(const Match& match) {
  if (&match == of_slots_) return &plain_slots_;
  const auto& inputs = inputs_for(match);
  if (!inputs || !name_space()) return nullptr;
  plain_slots_ = arrange({.params = false, .authorizer = true}, *inputs, cel::make_lazy_map(no_variables_));
  of_slots_ = &match;
  return &plain_slots_;
}

Result<Inputs> RequestContext::build_inputs(const Match& match) {
  const bool custom = world_.is_custom(match.kind.group, match.kind.kind);
  if (match.kind != request_.kind && !custom) {
    return failure(ErrorCode::unsupported, "failed to convert object version: not supported for " +
                                               std::string(request_.kind.kind) + " to " +
                                               std::string(match.kind.group) + '/' + std::string(match.kind.version));
  }
  auto inputs =
      InputBuilder(request_, stack_.arena(), symbols_).build(match.resource, match.kind, shows_structs() && !custom);
  if (inputs) inputs->name_space = name_space().value_or(cel::make_null());
  return inputs;
}

Inputs RequestContext::inputs_for_conditions(const CompiledPolicy& policy, const Inputs& inputs) {
  Inputs changed = inputs;
  changed.name_space = cel::make_null();
  if (policy.match_conditions.empty()) return changed;
  const auto& own = inputs_for({.resource = request_.resource, .kind = request_.kind});
  if (own) changed.request = own->request;
  return changed;
}

const Result<cel::Value>& RequestContext::name_space() {
  if (!name_space_) name_space_ = build_name_space();
  return *name_space_;
}

// A Namespace itself has no namespaceObject.
Result<cel::Value> RequestContext::build_name_space() const {
  const bool is_namespace = request_.kind == GroupVersionKind{"", "v1", "Namespace"};
  if (is_namespace || request_.name_space.empty()) return cel::make_null();
  const Node* found = world_.find_namespace(request_.name_space);
  if (found == nullptr && !options_.assume_namespaces) {
    return failure(ErrorCode::not_found, "namespaces \"" + std::string(request_.name_space) + "\" not found");
  }
  Arena& arena = stack_.arena();
  const Node shown = found != nullptr ? *found : assumed_namespace(request_.name_space, arena, symbols_);
  return cel::make_namespace_object(arena, symbols_, shown).value_or(cel::make_null());
}

std::string RequestContext::forbidden(std::string_view why) const {
  std::string message(request_.resource.resource);
  if (!request_.resource.group.empty()) message.append(".").append(request_.resource.group);
  message.append(" \"").append(object_name(request_, symbols_)).append("\" is forbidden: ").append(why);
  return message;
}

}  // namespace kastell::admission
