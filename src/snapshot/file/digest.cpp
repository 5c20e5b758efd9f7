// OpenSSL's EVP would look for providers and bring 4.4 MB of code into the program, a quarter of a millisecond of every
// start (docs/decisions/006); its SHA-256 alone costs nothing until it is used.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "snapshot/file/digest.h"

#include <openssl/sha.h>

namespace kastell::snapshot::file {

struct DigestMaker::State {
  SHA256_CTX context;
};

DigestMaker::DigestMaker() : state_(std::make_unique<State>()) {
  SHA256_Init(&state_->context);
}
DigestMaker::~DigestMaker() = default;

void DigestMaker::add(std::string_view bytes) {
  SHA256_Update(&state_->context, bytes.data(), bytes.size());
}

Digest DigestMaker::finish() {
  Digest digest;
  SHA256_Final(digest.data(), &state_->context);
  return digest;
}

Digest digest_of(std::string_view bytes) {
  DigestMaker maker;
  maker.add(bytes);
  return maker.finish();
}

}  // namespace kastell::snapshot::file
