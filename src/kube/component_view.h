// ComponentView: what a control-plane component or a node agent is configured to do, whatever carries it.
//
// kube-apiserver, kube-controller-manager, kube-scheduler, etcd, kubelet and kube-proxy look the same through it,
// whether they are started by a container's command line (static pod, DaemonSet, self-hosted Deployment), described by
// their configuration object (KubeletConfiguration, KubeProxyConfiguration, KubeSchedulerConfiguration; also as a text
// in a ConfigMap) or made by kubeadm from a ClusterConfiguration, InitConfiguration or JoinConfiguration.
//
// The value of a flag is what the component works with: the flag as its own parser reads it, else the field of its
// configuration, else the default of its version (policies/tables/component-flags.yaml). A flag whose value the input
// cannot tell, because it stands in a file or in an environment that is not there or behind a shell, has no value but a
// reason; a reader asks unknown_reason() before trusting what an absent flag seems to say.
//
// Views live in the arena they are built in and point into the document. A ComponentFlags is immutable and may be
// shared between threads.
//
//   const ComponentFlags flags(symbols);
//   for (const ComponentView& component : components_of_pod(pod, flags, symbols, arena)) …
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/symbol.h"
#include "document/node.h"
#include "document/path.h"
#include "kube/pod_view.h"

namespace kastell::kube {

// 1.34, or 3.5 for etcd.
struct ComponentVersion {
  std::uint32_t major = 0, minor = 0;
  auto operator<=>(const ComponentVersion&) const = default;
};

struct ComponentSpec;  // the flags of one component

// Members of a component's view, as symbols of one table.
struct ComponentKeys {
  explicit ComponentKeys(SymbolTable& symbols);
  Symbol flags, written, errors, carrier, host_files, file_mounts;
};

// The flags of all components by version, from the embedded table. Safe to use from any thread.
class ComponentFlags {
 public:
  explicit ComponentFlags(SymbolTable& symbols);
  ComponentFlags(const ComponentFlags&) = delete;
  ComponentFlags& operator=(const ComponentFlags&) = delete;
  ~ComponentFlags();

  // Read from the table when first asked for; null for a name that is none of a component.
  const ComponentSpec* find(std::string_view component) const;

 private:
  struct Entry;
  SymbolTable& symbols_;
  ComponentKeys keys_;
  std::vector<std::unique_ptr<Entry>> entries_;  // one for each document of the table
};

// One flag of a component.
struct Setting {
  Symbol name;
  document::Node value = {};      // what the component works with; null if that is not known
  PathView place = {};            // in the object: where it is written, or where it would be
  bool written = false;           // else `value` is a default
  std::string_view unknown = {};  // why the value is not known; empty if it is
};

// What the component itself would refuse: a flag it does not know, a value of another type.
struct SettingError {
  PathView place;
  std::string_view message;
};

struct ComponentView {
  std::string_view name;  // "kube-apiserver"
  const ComponentKeys* keys = nullptr;
  std::string_view container;  // name of the container that runs it; empty if none does
  PathView carrier;            // in the object: the container, or the configuration
  PathView version_place;      // in the object: what says the version
  PathView add_place;          // in the object: where a flag that is missing would be written
  std::span<const Setting> settings;
  std::span<const SettingError> errors;
  std::string_view unknown_rest;    // why flags that are not among `settings` may be set all the same; may be empty
  std::string_view errors_unknown;  // why there may be more errors; may be empty
  std::string_view mounts_unknown;  // why there may be more files; may be empty
  bool version_known = true;
  bool not_followed = false;  // the unknown rest is written in the input, in a form that is not evaluated
  bool is_overlay = false;    // what is not written here stands in another object of the file, which is judged itself
  // What CEL sees as `component`:
  //   name, version (absent if not known), carrier ("command", "configuration", "kubeadm")
  //   flags      {name: value}, as typed: durations stay texts ("1m0s"), feature gates and other maps are objects
  //   written    {name: value} of those that are not defaults
  //   hostFiles  {name: path} of flags that name a file of a mounted folder of the node: the path there
  //   fileMounts {name: "none", "file" or "folder"} of the written flags that name a file, if the component runs in a
  //              container: what is mounted there, that file alone or a folder that holds it
  //   errors     [text]
  document::Node view;

  bool has_unknowns() const;
};

// Components that the containers of a pod run.
std::span<const ComponentView> components_of_pod(const PodView& pod, const ComponentFlags& flags, SymbolTable& symbols,
                                                 Arena& arena);

// Whether `object` may be a component's configuration: cheap, by kind.
bool may_hold_components(const document::Node& object);
// What stands beside a configuration object in its file, which kubeadm reads as one.
struct ConfigurationCompany {
  bool kubeadm = false;  // a ClusterConfiguration or InitConfiguration: kubeadm fills in its defaults
  const document::Node* kubelet = nullptr;  // the KubeletConfiguration, if there is just one
};

// Components that a configuration object, or a ConfigMap that holds one, describes. Places in a ConfigMap lead below
// its key, as if the text were no text: data.kubelet.authentication.anonymous; [1] before that for the second document
// of one.
std::span<const ComponentView> components_of_configuration(const document::Node& object, const ComponentFlags& flags,
                                                           SymbolTable& symbols, Arena& arena,
                                                           const ConfigurationCompany& company = {});

// False for a container, as written, that certainly runs no component: cheap.
bool may_run_component(const document::Node& container);

// Why what `read`, a path in the view, found there (or did not find) need not be so; empty if it is.
std::string_view unknown_reason(const ComponentView& component, PathView read);

// Whether `read`, a path in the view, found something that is written for this component, or what it makes of that.
bool is_written(const ComponentView& component, PathView read);

// The real path of a path in the view, and whether something is written there for it.
struct SettingPlace {
  document::Path path;
  bool written = true;
};
SettingPlace origin(const ComponentView& component, PathView in_view);

}  // namespace kastell::kube
