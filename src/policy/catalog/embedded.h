// The files of policies/ as the build put them into the program (cmake/EmbedFiles.cmake).
#pragma once

#include <span>
#include <string_view>

namespace kastell::policy {

struct EmbeddedFile {
  std::string_view name;  // "policies/controls/pod.yaml"
  std::string_view text;
};
std::span<const EmbeddedFile> embedded_controls();
std::span<const EmbeddedFile> embedded_frameworks();
std::span<const EmbeddedFile> embedded_appendices();

// The same controls as an image (policy/catalog/image.h), made by tools/catalog_image.cpp.
std::string_view embedded_catalog_image();

}  // namespace kastell::policy
