// The libraries that the Kubernetes API server adds to CEL (apiserver pkg/cel/library).
//
// Each function returns a constant table. Which of them a Kubernetes version offers is the dialect's
// business: kubernetes_dialect() in cel/environment.h.
#pragma once

#include <cstdint>

#include "cel/function.h"

namespace kastell::cel {

Library kubernetes_ip_library();
Library kubernetes_cidr_library();

}  // namespace kastell::cel
