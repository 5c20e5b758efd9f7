#include "kube/pod_template.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace kastell::kube {

using document::equal;
using document::Node;

namespace {

// Members of a PodSpec that are filled in when a pod is made, and say where it runs, not what it may do.
constexpr auto filled_in_spec = std::to_array<std::string_view>({
    "affinity",          // the DaemonSet controller names the node
    "hostname",          // the StatefulSet controller
    "imagePullSecrets",  // of the service account
    "nodeName",          // the scheduler
    "preemptionPolicy",  // of the priority class
    "priority",          //
    "schedulingGates",   // taken away one by one
    "serviceAccount",    // the old name of serviceAccountName
    "subdomain",         // the StatefulSet controller
    "tolerations",       // DefaultTolerationSeconds, DaemonSet controller
});
static_assert(std::ranges::is_sorted(filled_in_spec));

// Labels that controllers put on what they make.
constexpr auto filled_in_labels = std::to_array<std::string_view>({
    "apps.kubernetes.io/pod-index",
    "batch.kubernetes.io/controller-uid",
    "batch.kubernetes.io/job-completion-index",
    "batch.kubernetes.io/job-name",
    "controller-revision-hash",
    "controller-uid",
    "job-name",
    "pod-template-generation",
    "pod-template-hash",
    "statefulset.kubernetes.io/pod-name",
});
static_assert(std::ranges::is_sorted(filled_in_labels));

constexpr std::string_view token_path = "/var/run/secrets/kubernetes.io/serviceaccount";
constexpr std::string_view token_volume = "kube-api-access-";

class Comparison {
 public:
  Comparison(const PodParts& made, const PodParts& pod_template, const SymbolTable& symbols)
      : made_(made), template_(pod_template), symbols_(symbols) {}

  bool run() const { return same_spec() && same_labels() && same_annotations(); }

 private:
  bool same_spec() const {
    const auto keys = made_.spec->member_keys();
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (!same_member(keys[i], made_.spec->member_values()[i])) return false;
    }
    return std::ranges::all_of(template_.spec->member_keys(), [this](Symbol key) {
      return made_.spec->find(key) != nullptr || std::ranges::binary_search(filled_in_spec, symbols_.text(key));
    });
  }

  bool same_member(Symbol key, const Node& value) const {
    const std::string_view name = symbols_.text(key);
    const Node* written = template_.spec->find(key);
    if (std::ranges::binary_search(filled_in_spec, name)) return true;
    if (name == "containers" || name == "initContainers") return written != nullptr && same_containers(value, *written);
    if (name == "volumes") return same_volumes(value, written);
    if (written != nullptr) return equal(value, *written);
    return is_default_of_pods(name, value);
  }

  // What the API server writes into pods and not into templates.
  static bool is_default_of_pods(std::string_view name, const Node& value) {
    const bool yes = value.kind == document::Kind::boolean && value.boolean;
    return (name == "serviceAccountName" && value.as_string() == "default") || (name == "enableServiceLinks" && yes);
  }

  bool same_containers(const Node& made, const Node& written) const {
    return made.is_list() && written.is_list() && made.size == written.size &&
           std::ranges::equal(made.as_list(), written.as_list(),
                              [this](const Node& a, const Node& b) { return same_container(a, b); });
  }

  bool same_container(const Node& made, const Node& written) const {
    const auto keys = made.member_keys();
    std::size_t beside = 0;  // members that only the made one has
    for (std::size_t i = 0; i < keys.size(); ++i) {
      const Node* other = written.find(keys[i]);
      const Node& value = made.member_values()[i];
      if (keys[i] == symbols::volumeMounts) {
        if (!same_without(value, other, is_token_mount)) return false;
      } else if (keys[i] == symbols::resources && other != nullptr) {
        if (!same_resources(value, *other)) return false;
      } else if (other == nullptr || !equal(value, *other)) {
        return false;
      }
      beside += other == nullptr ? 1U : 0U;
    }
    return made.size - beside == written.size;
  }

  // In a pod, what is limited and not requested is requested as it is limited.
  bool same_resources(const Node& made, const Node& written) const {
    const Node* limits = written.find(symbols::limits);
    const auto is_limit = [limits](Symbol key, const Node& value) {
      const Node* limit = member(limits, key);
      return limit != nullptr && equal(*limit, value);
    };
    if (!covers(written.find(symbols::requests), made.find(symbols::requests), anything)) return false;
    if (const Node* requests = made.find(symbols::requests)) {
      const auto keys = requests->member_keys();
      for (std::size_t i = 0; i < keys.size(); ++i) {
        const Node* asked = member(written.find(symbols::requests), keys[i]);
        const Node& value = requests->member_values()[i];
        if (asked != nullptr ? !equal(*asked, value) : !is_limit(keys[i], value)) return false;
      }
    }
    return same_map(&made, &written, [](std::string_view key) { return key != "requests"; });
  }

  static bool anything(std::string_view) { return true; }

  // The claims that a StatefulSet makes volumes of are in no template.
  bool same_volumes(const Node& made, const Node* written) const {
    return same_without(made, written, [written](const Node& volume) {
      const Node* name = volume.find(symbols::name);
      const bool token = name != nullptr && name->as_string().starts_with(token_volume);
      const bool claim = volume.find(symbols::persistentVolumeClaim) != nullptr && !holds(written, volume);
      return (token && volume.find(symbols::projected) != nullptr) || claim;
    });
  }

  static bool holds(const Node* list, const Node& item) {
    return list != nullptr &&
           std::ranges::any_of(list->as_list(), [&item](const Node& other) { return equal(item, other); });
  }

  static bool is_token_mount(const Node& mount) {
    const Node* path = mount.find(symbols::mountPath);
    return path != nullptr && path->as_string() == token_path;
  }

  // Equal lists once items that are `added` are left out of the made one.
  static bool same_without(const Node& made, const Node* written, const auto& added) {
    const std::span<const Node> expected = written == nullptr ? std::span<const Node>{} : written->as_list();
    std::size_t at = 0;
    for (const Node& item : made.as_list()) {
      if (at < expected.size() && equal(item, expected[at])) {
        ++at;
      } else if (!added(item)) {
        return false;
      }
    }
    return at == expected.size();
  }

  static const Node* member(const Node* object, Symbol key) { return object == nullptr ? nullptr : object->find(key); }

  bool same_labels() const {
    const Node* made = member(made_.metadata, symbols::labels);
    const Node* written = member(template_.metadata, symbols::labels);
    return same_map(made, written,
                    [](std::string_view key) { return !std::ranges::binary_search(filled_in_labels, key); });
  }

  // Only those that say something about security.
  bool same_annotations() const {
    return same_map(member(made_.metadata, symbols::annotations), member(template_.metadata, symbols::annotations),
                    [](std::string_view key) {
                      return key.starts_with("container.apparmor.security") ||
                             key.find("seccomp.security") != std::string_view::npos;
                    });
  }

  // The members that count are the same on both sides.
  bool same_map(const Node* made, const Node* written, const auto& counts) const {
    return covers(made, written, counts) && covers(written, made, counts);
  }
  bool covers(const Node* map, const Node* other, const auto& counts) const {
    if (map == nullptr) return true;
    const auto keys = map->member_keys();
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (!counts(symbols_.text(keys[i]))) continue;
      const Node* value = member(other, keys[i]);
      if (value == nullptr || !equal(map->member_values()[i], *value)) return false;
    }
    return true;
  }

  const PodParts& made_;
  const PodParts& template_;
  const SymbolTable& symbols_;
};

}  // namespace

bool is_made_from(const PodParts& made, const PodParts& pod_template, const SymbolTable& symbols) {
  if (made.spec == nullptr || pod_template.spec == nullptr) return false;
  return Comparison(made, pod_template, symbols).run();
}

}  // namespace kastell::kube
