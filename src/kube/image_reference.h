// Image references, as container runtimes normalise them (distribution/reference grammar).
#pragma once

#include <optional>
#include <string_view>

namespace kastell::kube {

struct ImageReference {
  std::string_view registry;    // empty if none is written (Docker Hub by default)
  std::string_view repository;  // "library/nginx" stays as written: "nginx"
  std::string_view tag;         // empty if none
  std::string_view digest;      // "sha256:…", empty if none
};

// Nothing if the text is no image reference. Views point into `text`.
std::optional<ImageReference> parse_image_reference(std::string_view text);

}  // namespace kastell::kube
