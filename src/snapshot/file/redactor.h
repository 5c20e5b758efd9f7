// Redactor: what of an object is not written to a file.
//
// Of a Secret only what it is called and what type it has; of every object what looks like a credential
// (kube/credential.h), and the copy of itself that `kubectl apply` leaves in an annotation. Empty texts stay: that
// there is nothing is no secret.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "snapshot/snapshot.h"

namespace kastell::snapshot::file {

// What is known of a list or object from where it lies.
enum class Secrecy : std::uint8_t {
  ordinary,
  secret_object,       // a Secret
  secret_metadata,     // its metadata
  secret_annotations,  // and the annotations in there
  credentials,         // a list named like credentials: its texts are hidden, its objects are like any other
  hidden,              // all texts and numbers below
};

class Redactor {
 public:
  explicit Redactor(const SymbolTable& symbols) : symbols_(symbols) {}

  static Secrecy of_object(const Object& object);
  Secrecy of_member(Secrecy parent, const document::Node& object, std::uint32_t member);
  static Secrecy of_item(Secrecy parent) { return parent == Secrecy::credentials ? Secrecy::ordinary : parent; }
  // The text to be written for a member or item that is a text; the text itself if it may be kept.
  std::string_view member_text(Secrecy parent, const document::Node& object, std::uint32_t member);
  std::string_view item_text(Secrecy parent, const document::Node& list, std::uint32_t item);

 private:
  bool is_credential_key(Symbol key);
  std::string_view kept(std::string text) { return replacements_.copy(text); }

  const SymbolTable& symbols_;
  std::vector<std::uint8_t> credential_keys_;  // by symbol: 0 not asked yet, 1 no, 2 yes
  Arena replacements_;
};

}  // namespace kastell::snapshot::file
