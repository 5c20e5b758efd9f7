// What Kubernetes' own admission plug-ins, those that kube-apiserver has on unless it is told otherwise, make of an
// object before any admission policy sees it (k8s.io/kubernetes plugin/pkg/admission, order and defaults of
// pkg/kubeapiserver/options/plugins.go):
//
//   LimitRanger                   requests and limits of containers, from the LimitRanges of the namespace
//   ServiceAccount                the account `default`, its imagePullSecrets, the volume with its token and the mounts
//   TaintNodesByCondition         a new Node is not ready
//   Priority                      priority and preemptionPolicy, from the PriorityClass
//   DefaultTolerationSeconds      300 seconds on a Node that is not ready or cannot be reached
//   DefaultStorageClass           the class of a PersistentVolumeClaim that names none
//   StorageObjectInUseProtection  finalizers of claims, volumes and (since 1.34) VolumeAttributesClasses
//   RuntimeClass                  overhead, node selector and tolerations, from the RuntimeClass
//   DefaultIngressClass           the class of an Ingress that names none
//   PodTopologyLabels             zone and region of the Node that a new Pod names (since 1.35)
//
// What they read (LimitRanges, ServiceAccounts, classes, Nodes) is that of the input. What the input does not have is
// as an untouched cluster has it: a ServiceAccount without fields, no LimitRange, no class that is the default, and the
// PriorityClasses `system-node-critical` and `system-cluster-critical`. A PriorityClass or RuntimeClass that is named
// and not there gives nothing. That the plug-ins also refuse objects is not among this, nor are plug-ins that change
// nothing.
//
// The random letters in the name of a token's volume are always `xxxxx`.
//
// To what was stored (Request::object_was_stored) they add nothing once more. In updates the old object is one that was
// stored, and the new one keeps what the plug-ins gave the old one, as `kubectl apply` leaves it.
#pragma once

#include <array>
#include <bitset>
#include <string_view>

namespace kastell::admission {

// In the order in which they run.
inline constexpr std::array<std::string_view, 10> plugin_names{"LimitRanger",
                                                               "ServiceAccount",
                                                               "TaintNodesByCondition",
                                                               "Priority",
                                                               "DefaultTolerationSeconds",
                                                               "DefaultStorageClass",
                                                               "StorageObjectInUseProtection",
                                                               "RuntimeClass",
                                                               "DefaultIngressClass",
                                                               "PodTopologyLabels"};

// By the number of the name.
using PluginNumbers = std::bitset<plugin_names.size()>;

}  // namespace kastell::admission
