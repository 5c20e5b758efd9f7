// What is made of a new object before it is stored, and before validating policies see it (PrepareForCreate in
// k8s.io/kubernetes pkg/registry/*/*/strategy.go): its generation, and the status that only the server writes.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "document/structure.h"

namespace kastell::kube::intake {

using document::Structure;

struct Creation {
  bool has_generation = false;
  bool clears_status = false;
};
Creation creation_of(std::string_view group, std::string_view kind, std::uint8_t minor);

// What is particular to a kind, beside that. `now`: as it is written; may be empty.
void create(std::string_view kind, std::uint8_t minor, std::string_view now, Structure& object, Structure& status);

// Of a Pod's specification, once all its containers are known (since 1.37, before it is a default): what the whole Pod
// asks for and may use.
void pod_resources(Structure& spec);
// status.qosClass
std::string_view quality_of_service(const Structure& spec, std::uint8_t minor);

}  // namespace kastell::kube::intake
