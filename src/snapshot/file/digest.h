// SHA-256.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>

namespace kastell::snapshot::file {

using Digest = std::array<std::uint8_t, 32>;

class DigestMaker {
 public:
  DigestMaker();
  ~DigestMaker();
  void add(std::string_view bytes);
  Digest finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

Digest digest_of(std::string_view bytes);

}  // namespace kastell::snapshot::file
