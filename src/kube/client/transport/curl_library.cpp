#include "kube/client/transport/curl_library.h"

#include <dlfcn.h>

#include <string>

namespace kastell::client {

namespace {

constexpr const char* file_name = "libcurl.so.4";
// CURLOPT_PROTOCOLS_STR is the newest thing used.
constexpr unsigned oldest_version = 0x075500;

class Loader {
 public:
  explicit Loader(void* handle) : handle_(handle) {}

  template <typename Function>
  void find(Function& function, const char* name) {
    void* address = dlsym(handle_, name);
    if (address == nullptr && missing_.empty()) missing_ = name;
    function = reinterpret_cast<Function>(address);
  }
  const std::string& missing() const { return missing_; }

 private:
  void* handle_;
  std::string missing_;
};

std::string find_all(Loader loader, CurlLibrary& library) {
  loader.find(library.global_init, "curl_global_init");
  loader.find(library.version_info, "curl_version_info");
  loader.find(library.easy_init, "curl_easy_init");
  loader.find(library.easy_cleanup, "curl_easy_cleanup");
  loader.find(library.easy_setopt, "curl_easy_setopt");
  loader.find(library.easy_getinfo, "curl_easy_getinfo");
  loader.find(library.easy_strerror, "curl_easy_strerror");
  loader.find(library.multi_init, "curl_multi_init");
  loader.find(library.multi_cleanup, "curl_multi_cleanup");
  loader.find(library.multi_setopt, "curl_multi_setopt");
  loader.find(library.multi_add_handle, "curl_multi_add_handle");
  loader.find(library.multi_remove_handle, "curl_multi_remove_handle");
  loader.find(library.multi_perform, "curl_multi_perform");
  loader.find(library.multi_poll, "curl_multi_poll");
  loader.find(library.multi_wakeup, "curl_multi_wakeup");
  loader.find(library.multi_info_read, "curl_multi_info_read");
  loader.find(library.slist_append, "curl_slist_append");
  loader.find(library.slist_free_all, "curl_slist_free_all");
  return loader.missing();
}

Result<CurlLibrary> load() {
  void* handle = dlopen(file_name, RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) {
    const char* why = dlerror();
    return failure(ErrorCode::unsupported, std::string("speaking to a cluster takes libcurl (Debian: libcurl4): ") +
                                               (why == nullptr ? file_name : why));
  }
  CurlLibrary library;
  if (const std::string missing = find_all(Loader(handle), library); !missing.empty()) {
    return failure(ErrorCode::unsupported, std::string(file_name) + " has no " + missing + ": it is too old");
  }
  const auto* version = library.version_info(CURLVERSION_NOW);
  if (version->version_num < oldest_version || (version->features & CURL_VERSION_SSL) == 0) {
    return failure(ErrorCode::unsupported,
                   std::string(file_name) + " " + version->version + " is too old or without TLS");
  }
  if (library.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
    return failure(ErrorCode::unsupported, std::string(file_name) + " could not be initialised");
  }
  return library;
}

}  // namespace

Result<const CurlLibrary*> load_curl() {
  static const Result<CurlLibrary> library = load();
  if (!library) return std::unexpected(library.error());
  return &*library;
}

}  // namespace kastell::client
