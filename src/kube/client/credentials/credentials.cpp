#include "kube/client/credentials.h"
#include "base/ascii.h"

#include <mutex>
#include <utility>

#include "base/base64.h"
#include "kube/client/credentials/exec_plugin.h"

namespace kastell::client {

namespace {

constexpr std::uint64_t most_bytes = std::uint64_t{1} << 20;
// client-go reads token files again every minute.
constexpr std::chrono::seconds files_last{60};
// A credential that expires within a request is as good as expired.
constexpr std::chrono::seconds expires_early{10};

std::string trimmed(std::string_view text) {
  constexpr std::string_view white = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(white);
  if (begin == std::string_view::npos) return "";
  return std::string(text.substr(begin, text.find_last_not_of(white) + 1 - begin));
}

Result<std::string> read_file(const Machine& machine, const std::string& path, std::string_view what) {
  const auto content = machine.files().read(path, {.most_bytes = most_bytes});
  if (!content) {
    return failure(content.error().code, std::string(what) + " cannot be read: " + content.error().message,
                   content.error().place);
  }
  return std::string(content->buffer.get(), content->size);
}

std::string basic(const UserEntry& user) {
  return "Basic " + encode_base64(user.name + ":" + user.password.reveal());
}

}  // namespace

class Credentials::State {
 public:
  State(const Access& access, const Machine& machine)
      : access_(access), machine_(machine), secure_(access.server.starts_with("https://")) {}

  Result<void> apply(Request& request) {
    add_impersonation(request);
    // A token sent in the clear is a token given away.
    if (!secure_) return {};
    const std::lock_guard lock(mutex_);
    if (auto refreshed = refresh(); !refreshed) return refreshed;
    request.authorization = authorization_;
    request.identity = identity_;
    return {};
  }

  bool renew() {
    const std::lock_guard lock(mutex_);
    const bool renewable = secure_ && (access_.user.exec || reads_files());
    if (renewable) good_until_.reset();
    exec_ = renewable ? std::nullopt : std::move(exec_);
    return renewable;
  }

 private:
  bool reads_files() const { return !access_.user.token_file.empty() || !access_.user.certificate_file.empty(); }

  void add_impersonation(Request& request) const {
    const Impersonation& as = access_.user.impersonation;
    if (as.user.empty()) return;
    request.headers.push_back({"Impersonate-User", as.user});
    if (!as.uid.empty()) request.headers.push_back({"Impersonate-Uid", as.uid});
    for (const std::string& group : as.groups) request.headers.push_back({"Impersonate-Group", group});
    for (const auto& [name, values] : as.extra) {
      for (const std::string& value : values) {
        request.headers.push_back({"Impersonate-Extra-" + escaped_header_name(name), value});
      }
    }
  }

  // Header names are narrower than keys: the rest is percent-encoded.
  static std::string escaped_header_name(std::string_view text) {
    constexpr std::string_view others = "!#$&'*+-.^_`|~";
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string name;
    for (const char c : text) {
      const bool plain = is_alphanumeric(c);
      if (plain || others.find(c) != std::string_view::npos) {
        name += c;
      } else {
        const auto byte = static_cast<unsigned char>(c);
        name.append({'%', hex[byte >> 4], hex[byte & 15]});
      }
    }
    return name;
  }

  Result<void> refresh() {
    if (good_until_ && machine_.steady_time() < *good_until_ && !exec_expired()) return {};
    if (auto read = read_user(); !read) return read;
    if (auto executed = refresh_exec(); !executed) return executed;
    good_until_ = reads_files() ? machine_.steady_time() + files_last : Machine::SteadyTime::max();
    return {};
  }

  // What the user entry itself says: client-go's order is token file, token, basic authentication.
  Result<void> read_user() {
    const UserEntry& user = access_.user;
    authorization_ = Secret();
    if (!user.token_file.empty()) {
      const auto token = read_file(machine_, user.token_file, "the token file");
      if (!token) return std::unexpected(token.error());
      authorization_ = Secret("Bearer " + trimmed(*token));
    } else if (!user.token.empty()) {
      authorization_ = Secret("Bearer " + user.token.reveal());
    } else if (!user.name.empty()) {
      authorization_ = Secret(basic(user));
    }
    return read_identity();
  }

  Result<void> read_identity() {
    const UserEntry& user = access_.user;
    identity_ = nullptr;
    if (user.certificate.empty() && user.certificate_file.empty()) return {};
    TlsIdentity identity{user.certificate, user.key};
    if (!user.certificate_file.empty()) {
      auto text = read_file(machine_, user.certificate_file, "the client certificate");
      if (!text) return std::unexpected(text.error());
      identity.certificate = std::move(*text);
    }
    if (!user.key_file.empty()) {
      auto text = read_file(machine_, user.key_file, "the client key");
      if (!text) return std::unexpected(text.error());
      identity.key = Secret(std::move(*text));
    }
    identity_ = std::make_shared<const TlsIdentity>(std::move(identity));
    return {};
  }

  bool exec_expired() const {
    if (!access_.user.exec) return false;
    return !exec_ || (exec_->expires && machine_.wall_time() + expires_early >= *exec_->expires);
  }

  // A plugin is not asked where the user entry already says who it is (as in client-go).
  Result<void> refresh_exec() {
    if (!access_.user.exec || !authorization_.empty()) return {};
    if (exec_expired()) {
      auto credential = run_exec_plugin(*access_.user.exec, access_, machine_);
      if (!credential) return std::unexpected(credential.error());
      exec_ = std::move(*credential);
    }
    if (!exec_->token.empty()) authorization_ = Secret("Bearer " + exec_->token.reveal());
    if (exec_->identity != nullptr) identity_ = exec_->identity;
    return {};
  }

  const Access access_;
  const Machine& machine_;
  const bool secure_;
  std::mutex mutex_;
  Secret authorization_;
  std::shared_ptr<const TlsIdentity> identity_;
  std::optional<ExecCredential> exec_;
  std::optional<Machine::SteadyTime> good_until_;
};

Credentials::Credentials(const Access& access, const Machine& machine)
    : state_(std::make_unique<State>(access, machine)) {}
Credentials::Credentials(Credentials&&) noexcept = default;
Credentials& Credentials::operator=(Credentials&&) noexcept = default;
Credentials::~Credentials() = default;

Result<void> Credentials::apply(Request& request) {
  return state_->apply(request);
}

bool Credentials::renew() {
  return state_->renew();
}

}  // namespace kastell::client
