#include "kube/pod/schema.h"

#include <array>

namespace kastell::kube {

using document::Kind;
using document::Node;
using document::Step;

namespace {

namespace s = symbols;

struct Field {
  Schema owner;
  Symbol name;
  Schema schema;
  bool is_list = false;
};

constexpr bool list_of = true;

constexpr Field fields[] = {
    // The container lists of a pod spec are checked item by item with the views.
    {Schema::pod_spec, s::volumes, Schema::volume, list_of},
    {Schema::pod_spec, s::hostNetwork, Schema::boolean},
    {Schema::pod_spec, s::hostPID, Schema::boolean},
    {Schema::pod_spec, s::hostIPC, Schema::boolean},
    {Schema::pod_spec, s::hostUsers, Schema::boolean},
    {Schema::pod_spec, s::shareProcessNamespace, Schema::boolean},
    {Schema::pod_spec, s::automountServiceAccountToken, Schema::boolean},
    {Schema::pod_spec, s::serviceAccountName, Schema::string},
    {Schema::pod_spec, s::serviceAccount, Schema::string},
    {Schema::pod_spec, s::nodeName, Schema::string},
    {Schema::pod_spec, s::runtimeClassName, Schema::string},
    {Schema::pod_spec, s::securityContext, Schema::pod_security_context},
    {Schema::pod_spec, s::os, Schema::pod_os},
    {Schema::pod_os, s::name, Schema::string},
    {Schema::metadata, s::labels, Schema::string_map},
    {Schema::metadata, s::annotations, Schema::object},

    {Schema::pod_security_context, s::runAsUser, Schema::integer},
    {Schema::pod_security_context, s::runAsGroup, Schema::integer},
    {Schema::pod_security_context, s::runAsNonRoot, Schema::boolean},
    {Schema::pod_security_context, s::fsGroup, Schema::integer},
    {Schema::pod_security_context, s::supplementalGroups, Schema::integer, list_of},
    {Schema::pod_security_context, s::seccompProfile, Schema::profile},
    {Schema::pod_security_context, s::appArmorProfile, Schema::profile},
    {Schema::pod_security_context, s::seLinuxOptions, Schema::selinux_options},
    {Schema::pod_security_context, s::windowsOptions, Schema::windows_options},
    {Schema::pod_security_context, s::sysctls, Schema::sysctl, list_of},
    {Schema::sysctl, s::name, Schema::string},
    {Schema::sysctl, s::value, Schema::string},

    {Schema::container, s::name, Schema::string},
    {Schema::container, s::image, Schema::string},
    {Schema::container, s::imagePullPolicy, Schema::string},
    {Schema::container, s::command, Schema::string, list_of},
    {Schema::container, s::args, Schema::string, list_of},
    {Schema::container, s::ports, Schema::port, list_of},
    {Schema::container, s::env, Schema::env, list_of},
    {Schema::container, s::envFrom, Schema::object, list_of},
    {Schema::container, s::volumeMounts, Schema::volume_mount, list_of},
    {Schema::container, s::resources, Schema::resources},
    {Schema::container, s::securityContext, Schema::security_context},
    {Schema::container, s::livenessProbe, Schema::handler},
    {Schema::container, s::readinessProbe, Schema::handler},
    {Schema::container, s::startupProbe, Schema::handler},
    {Schema::container, s::lifecycle, Schema::lifecycle},

    {Schema::security_context, s::privileged, Schema::boolean},
    {Schema::security_context, s::allowPrivilegeEscalation, Schema::boolean},
    {Schema::security_context, s::readOnlyRootFilesystem, Schema::boolean},
    {Schema::security_context, s::runAsNonRoot, Schema::boolean},
    {Schema::security_context, s::runAsUser, Schema::integer},
    {Schema::security_context, s::runAsGroup, Schema::integer},
    {Schema::security_context, s::procMount, Schema::string},
    {Schema::security_context, s::capabilities, Schema::capabilities},
    {Schema::security_context, s::seccompProfile, Schema::profile},
    {Schema::security_context, s::appArmorProfile, Schema::profile},
    {Schema::security_context, s::seLinuxOptions, Schema::selinux_options},
    {Schema::security_context, s::windowsOptions, Schema::windows_options},
    {Schema::capabilities, s::add, Schema::string, list_of},
    {Schema::capabilities, s::drop, Schema::string, list_of},
    {Schema::profile, s::type, Schema::string},
    {Schema::profile, s::localhostProfile, Schema::string},
    {Schema::selinux_options, s::user, Schema::string},
    {Schema::selinux_options, s::role, Schema::string},
    {Schema::selinux_options, s::type, Schema::string},
    {Schema::selinux_options, s::level, Schema::string},
    {Schema::windows_options, s::hostProcess, Schema::boolean},
    {Schema::windows_options, s::runAsUserName, Schema::string},

    {Schema::volume, s::name, Schema::string},
    {Schema::volume, s::hostPath, Schema::host_path},
    {Schema::volume, s::projected, Schema::projected},
    {Schema::volume, s::emptyDir, Schema::object},
    {Schema::volume, s::configMap, Schema::object},
    {Schema::volume, s::secret, Schema::object},
    {Schema::volume, s::csi, Schema::object},
    {Schema::volume, s::ephemeral, Schema::object},
    {Schema::volume, s::downwardAPI, Schema::object},
    {Schema::volume, s::persistentVolumeClaim, Schema::object},
    {Schema::host_path, s::path, Schema::string},
    {Schema::host_path, s::type, Schema::string},
    {Schema::projected, s::sources, Schema::object, list_of},
    {Schema::volume_mount, s::name, Schema::string},
    {Schema::volume_mount, s::mountPath, Schema::string},
    {Schema::volume_mount, s::readOnly, Schema::boolean},

    {Schema::port, s::containerPort, Schema::integer},
    {Schema::port, s::hostPort, Schema::integer},
    {Schema::port, s::hostIP, Schema::string},
    {Schema::env, s::name, Schema::string},
    {Schema::env, s::valueFrom, Schema::env_source},
    {Schema::env_source, s::secretKeyRef, Schema::object},
    {Schema::env_source, s::configMapKeyRef, Schema::object},
    {Schema::resources, s::limits, Schema::quantity_map},
    {Schema::resources, s::requests, Schema::quantity_map},
    {Schema::handler, s::httpGet, Schema::http_get},
    {Schema::handler, s::tcpSocket, Schema::tcp_socket},
    {Schema::http_get, s::host, Schema::string},
    {Schema::tcp_socket, s::host, Schema::string},
    {Schema::lifecycle, s::postStart, Schema::handler},
    {Schema::lifecycle, s::preStop, Schema::handler},
};

// Field numbers + 1 by schema and well-known symbol, so that a member costs one look-up.
using FieldIndex = std::array<std::array<std::uint8_t, s::well_known_count>, static_cast<std::size_t>(Schema::count)>;
static_assert(std::size(fields) < 255);

constexpr FieldIndex make_index() {
  FieldIndex index{};
  std::uint8_t number = 0;
  for (const Field& field : fields) {
    index[static_cast<std::size_t>(field.owner)][static_cast<std::size_t>(field.name)] = ++number;
  }
  return index;
}
constexpr FieldIndex field_index = make_index();

const Field* find_field(Schema owner, Symbol name) {
  const auto at = static_cast<std::size_t>(name);
  if (at >= s::well_known_count) return nullptr;
  const std::uint8_t number = field_index[static_cast<std::size_t>(owner)][at];
  return number == 0 ? nullptr : &fields[number - 1];
}

class Check {
 public:
  explicit Check(SchemaReporter& reporter) : reporter_(reporter) {}

  void check(const Node& node, Schema schema) {
    switch (schema) {
      case Schema::any: return;
      case Schema::boolean: return expect(node, node.kind == Kind::boolean, "must be a boolean");
      case Schema::integer: return expect(node, node.kind == Kind::integer, "must be an integer");
      case Schema::string: return expect(node, node.is_string(), "must be a string");
      case Schema::quantity: return expect(node, is_quantity(node), "must be a quantity");
      case Schema::string_map: return check_map(node, Schema::string);
      case Schema::quantity_map: return check_map(node, Schema::quantity);
      default: return check_object(node, schema);
    }
  }

 private:
  static bool is_quantity(const Node& node) {
    return node.is_string() || node.kind == Kind::integer || node.kind == Kind::floating;
  }

  // Null is how a document says «absent».
  void expect(const Node& node, bool suits, std::string_view wanted) {
    if (!suits && !node.is_null()) reporter_.report({path_.data(), depth_}, wanted);
  }

  void check_map(const Node& node, Schema values) {
    if (!node.is_object()) return expect(node, false, "must be an object");
    for (std::uint32_t i = 0; i < node.size; ++i) check_below(Step::key(node.member_keys()[i]), node.items[i], values);
  }

  void check_object(const Node& node, Schema schema) {
    if (!node.is_object()) return expect(node, false, "must be an object");
    const auto keys = node.member_keys();
    for (std::uint32_t i = 0; i < node.size; ++i) {
      const Field* field = find_field(schema, keys[i]);
      if (field == nullptr) continue;
      path_[depth_++] = Step::key(keys[i]);
      field->is_list ? check_items(node.items[i], field->schema) : check(node.items[i], field->schema);
      --depth_;
    }
  }

  void check_items(const Node& list, Schema schema) {
    if (!list.is_list()) return expect(list, false, "must be a list");
    for (std::uint32_t i = 0; i < list.size; ++i) {
      if (list.items[i].is_null()) report_null_item(i);
      check_below(Step::index(i), list.items[i], schema);
    }
  }

  void report_null_item(std::uint32_t at) {
    path_[depth_] = Step::index(at);
    reporter_.report({path_.data(), depth_ + 1}, "must not be null");
  }

  void check_below(const Step& step, const Node& node, Schema schema) {
    path_[depth_++] = step;
    check(node, schema);
    --depth_;
  }

  SchemaReporter& reporter_;
  std::array<Step, 16> path_;  // the table above nests less deeply
  std::size_t depth_ = 0;
};

}  // namespace

void check_schema(const Node& node, Schema schema, SchemaReporter& reporter) {
  Check(reporter).check(node, schema);
}

}  // namespace kastell::kube
