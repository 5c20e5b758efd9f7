// Any bytes as what an API server answers: discovery, lists, versions and errors are read or refused in bounded time
// and memory. The first byte chooses the HTTP status.
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "document/source.h"
#include "kube/client/discovery.h"
#include "kube/client/list.h"

using namespace kastell;

namespace {

// The same answer to everything, at most so often.
class Parrot final : public client::Transport {
 public:
  Parrot(int status, std::string_view body) : status_(status), body_(body) {}

  client::Answer<client::Response> get(const client::Request&, const client::PieceReader&) override {
    if (++asked_ > most) return std::unexpected(client::RequestFailure{.error = {ErrorCode::limit, "enough"}});
    client::Body body{std::make_unique<char[]>(body_.size() + document::Source::padding), body_.size()};
    if (!body_.empty()) std::memcpy(body.buffer.get(), body_.data(), body_.size());
    return client::Response{status_, {{"warning", std::string(body_.substr(0, 200))}}, std::move(body)};
  }

 private:
  static constexpr int most = 50;
  int status_;
  std::string_view body_;
  int asked_ = 0;
};

class Counter final : public client::ListConsumer {
 public:
  void begin() override {}
  void page(document::DocumentStream page) override {
    if (page.documents.size() != 1) std::abort();
  }
};

class ImpatientMachine final : public Machine {
 public:
  const FileSystem& files() const override { return this_machine().files(); }
  std::optional<std::string> environment(const std::string&) const override { return std::nullopt; }
  WallTime wall_time() const override { return {}; }
  SteadyTime steady_time() const override { return {}; }
  void sleep(std::chrono::milliseconds) const override {}
  double random() const override { return 0; }
  bool input_is_terminal() const override { return false; }
  Result<ProgramEnd> run(const Program&) const override { return failure(ErrorCode::not_found, "no programs"); }
};

const ImpatientMachine machine;

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::array<int, 6> statuses = {200, 200, 200, 403, 410, 429};
  if (size == 0) return 0;
  const std::string_view body{reinterpret_cast<const char*>(data) + 1, size - 1};
  client::ApiReader reader(std::make_unique<Parrot>(statuses[data[0] % statuses.size()], body),
                           client::Credentials({}, machine), "https://a", machine, {});
  SymbolTable symbols;
  Counter counter;
  static_cast<void>(client::discover(reader));
  static_cast<void>(client::server_version(reader));
  static_cast<void>(client::list(reader, {.path = "/api/v1/pods", .most_pages = 10}, symbols, counter));
  return 0;
}
