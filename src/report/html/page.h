// The page's own style and script, embedded at build time (cmake/EmbedPage.cmake).
#pragma once

#include <string_view>

namespace kastell::report {

struct PageAsset {
  std::string_view text;
  std::string_view sha256;  // in base64, as a Content-Security-Policy names it
};
PageAsset page_style();
PageAsset page_script();

}  // namespace kastell::report
