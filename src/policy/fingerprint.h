// Fingerprints: which findings of two scans are the same one.
//
// A finding is the same as long as control, object (group, kind, namespace, name), container and field are. File, line
// and API version do not count, and neither do indexes in the field, which move when a neighbour comes or goes;
// findings that then look alike are told apart by their number. A finding that several items of a list cause counts as
// many.
//
// A Fingerprinter counts those: use one per scan, and pass all findings in order.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "policy/scan.h"

namespace kastell::policy {

struct Fingerprint {
  std::uint64_t hash = 0;    // FNV-1a: the same in every build and version
  std::uint32_t number = 1;  // among findings of the same hash

  std::string hash_text() const;  // 16 hexadecimal digits
  std::string text() const;       // unique in a scan: hash and number, "00f3…:2"
};

// The field without its indexes: spec.containers[].image.
std::string field_without_indexes(std::string_view field);

class Fingerprinter {
 public:
  Fingerprint next(const Control& control, const FindingDetail& detail);

 private:
  std::unordered_map<std::uint64_t, std::uint32_t> seen_;
};

}  // namespace kastell::policy
