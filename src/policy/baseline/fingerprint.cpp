#include "policy/fingerprint.h"

namespace kastell::policy {

namespace {

class Hash {
 public:
  Hash& add(std::string_view text) {
    for (const char c : text) mix(static_cast<unsigned char>(c));
    mix(0);
    return *this;
  }
  std::uint64_t value() const { return hash_; }

 private:
  void mix(unsigned char byte) { hash_ = (hash_ ^ byte) * 0x100000001b3ULL; }
  std::uint64_t hash_ = 0xcbf29ce484222325ULL;
};

}  // namespace

std::string Fingerprint::hash_text() const {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (int shift = 60; shift >= 0; shift -= 4) text += digits[(hash >> shift) & 15];
  return text;
}

std::string Fingerprint::text() const {
  return hash_text() + ":" + std::to_string(number);
}

std::string field_without_indexes(std::string_view field) {
  std::string text;
  for (std::size_t at = 0; at < field.size(); ++at) {
    text += field[at];
    if (field[at] != '[') continue;
    const std::size_t end = std::min(field.find_first_not_of("0123456789", at + 1), field.size());
    if (end < field.size() && field[end] == ']') at = end - 1;
  }
  return text;
}

Fingerprint Fingerprinter::next(const Control& control, const FindingDetail& detail) {
  const snapshot::Object& object = *detail.object;
  const bool cluster_scoped = snapshot::is_cluster_scoped(object.group(), object.kind);
  Hash hash;
  hash.add(control.id).add(object.group()).add(object.kind);
  hash.add(cluster_scoped ? std::string_view{} : object.effective_namespace()).add(object.name);
  hash.add(detail.container).add(field_without_indexes(detail.field));
  return {hash.value(), seen_[hash.value()] += 1 + static_cast<std::uint32_t>(detail.also.size())};
}

}  // namespace kastell::policy
