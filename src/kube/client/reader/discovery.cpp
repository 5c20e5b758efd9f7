#include "kube/client/discovery.h"

#include <algorithm>
#include <charconv>
#include <functional>

#include "document/document.h"
#include "kube/client/field.h"

namespace kastell::client {

namespace {

using document::DocumentStream;

constexpr int not_found = 404, not_acceptable = 406;

struct Parsed {
  std::shared_ptr<SymbolTable> symbols;
  DocumentStream stream;

  Field root() const { return {&stream.documents.front().root, *symbols}; }
};

Answer<Parsed> get_object(ApiReader& reader, const std::string& target, std::string_view accept) {
  auto response = reader.get(target, accept);
  if (!response) return std::unexpected(std::move(response.error()));
  Parsed parsed{std::make_shared<SymbolTable>(), {}};
  auto source = std::make_shared<const document::Source>(target, std::move(response->body.buffer), response->body.size);
  parsed.stream = document::parse(std::move(source), *parsed.symbols, {.format = document::Format::json});
  if (!parsed.stream.errors.empty()) {
    return std::unexpected(
        bad_response(reader, target, "the response is broken: " + parsed.stream.errors.front().message));
  }
  if (parsed.stream.documents.size() != 1)
    return std::unexpected(bad_response(reader, target, "the response is empty"));
  return parsed;
}

bool lists_verb(const Field& verbs) {
  for (std::size_t i = 0; i < verbs.size(); ++i) {
    if (verbs.at(i).text() == "list") return true;
  }
  return false;
}

// One version of a group, as aggregated discovery tells it.
void read_version(const std::string& group, const Field& version, Discovery& discovery) {
  const std::string name = version["version"].string();
  const std::string group_version = group.empty() ? name : group + "/" + name;
  if (version["freshness"].text() == "Stale") {
    discovery.gaps.push_back({group_version, "the server behind this API does not answer"});
    return;
  }
  const Field resources = version["resources"];
  for (std::size_t i = 0; i < resources.size(); ++i) {
    const Field resource = resources.at(i);
    discovery.resources.push_back({.group = group,
                                   .version = name,
                                   .kind = resource["responseKind"]["kind"].string(),
                                   .name = resource["resource"].string(),
                                   .namespaced = resource["scope"].text() == "Namespaced",
                                   .can_list = lists_verb(resource["verbs"])});
  }
}

void read_aggregated(const Field& list, Discovery& discovery) {
  const Field groups = list["items"];
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const std::string group = groups.at(i)["metadata"]["name"].string();
    const Field versions = groups.at(i)["versions"];
    for (std::size_t j = 0; j < versions.size(); ++j) read_version(group, versions.at(j), discovery);
  }
}

// APIResourceList of one group and version.
void read_resources(const std::string& group, const std::string& version, const Field& list, Discovery& discovery) {
  const Field resources = list["resources"];
  for (std::size_t i = 0; i < resources.size(); ++i) {
    const Field resource = resources.at(i);
    if (resource["name"].text().find('/') != std::string_view::npos) continue;  // a subresource
    discovery.resources.push_back({.group = group,
                                   .version = version,
                                   .kind = resource["kind"].string(),
                                   .name = resource["name"].string(),
                                   .namespaced = resource["namespaced"].is_true(),
                                   .can_list = lists_verb(resource["verbs"])});
  }
}

class Discoverer {
 public:
  explicit Discoverer(ApiReader& reader) : reader_(reader) {}

  Answer<Discovery> run() {
    for (const char* root : {"/api", "/apis"}) {
      auto answer = get_object(reader_, root, accept::discovery);
      if (!answer && answer.error().status == not_acceptable) answer = get_object(reader_, root, accept::json);
      if (!answer) return std::unexpected(std::move(answer.error()));
      if (answer->root()["kind"].text() == "APIGroupDiscoveryList") {
        read_aggregated(answer->root(), discovery_);
        discovery_.aggregated = true;
      } else if (auto read = read_unaggregated(answer->root()); !read) {
        return std::unexpected(std::move(read.error()));
      }
    }
    return std::move(discovery_);
  }

 private:
  // APIVersions of the core group, or APIGroupList.
  Answer<void> read_unaggregated(const Field& root) {
    discovery_.aggregated = false;
    const Field versions = root["versions"];
    for (std::size_t i = 0; i < versions.size(); ++i) {
      if (auto read = read_group_version("", versions.at(i).string()); !read) return read;
    }
    const Field groups = root["groups"];
    for (std::size_t i = 0; i < groups.size(); ++i) {
      if (auto read = read_group(groups.at(i)); !read) return read;
    }
    return {};
  }

  Answer<void> read_group(const Field& group) {
    const std::string name = group["name"].string();
    const std::string preferred = group["preferredVersion"]["version"].string();
    if (!preferred.empty()) {
      if (auto read = read_group_version(name, preferred); !read) return read;
    }
    const Field versions = group["versions"];
    for (std::size_t i = 0; i < versions.size(); ++i) {
      const std::string version = versions.at(i)["version"].string();
      if (version == preferred) continue;
      if (auto read = read_group_version(name, version); !read) return read;
    }
    return {};
  }

  // An API that does not answer is a gap, not the end: the others can still be read.
  Answer<void> read_group_version(const std::string& group, const std::string& version) {
    const std::string group_version = group.empty() ? version : group + "/" + version;
    const auto answer = get_object(reader_, (group.empty() ? "/api/" : "/apis/") + group_version, accept::json);
    if (answer) {
      read_resources(group, version, answer->root(), discovery_);
    } else if (answer.error().status == 0) {
      return std::unexpected(answer.error());
    } else if (answer.error().status != not_found) {
      discovery_.gaps.push_back({group_version, answer.error().error.message});
    }
    return {};
  }

  ApiReader& reader_;
  Discovery discovery_;
};

int leading_number(std::string_view text) {
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

std::string ServedResource::path(std::string_view name_space) const {
  std::string path = (group.empty() ? "/api/" : "/apis/") + api_version();
  if (namespaced && !name_space.empty()) path.append("/namespaces/").append(escape_url(name_space));
  return path.append("/").append(name);
}

const ServedResource* Discovery::of_kind(std::string_view group, std::string_view kind) const {
  const auto at = std::ranges::find_if(resources, [&](const auto& r) { return r.group == group && r.kind == kind; });
  return at == resources.end() ? nullptr : &*at;
}

const ServedResource* Discovery::named(std::string_view group, std::string_view name) const {
  const auto at = std::ranges::find_if(resources, [&](const auto& r) { return r.group == group && r.name == name; });
  return at == resources.end() ? nullptr : &*at;
}

bool Discovery::has_group(std::string_view group) const {
  return std::ranges::find(resources, group, &ServedResource::group) != resources.end();
}

Answer<Discovery> discover(ApiReader& reader) {
  return Discoverer(reader).run();
}

Answer<ServerVersion> server_version(ApiReader& reader) {
  const auto answer = get_object(reader, "/version", accept::json);
  if (!answer) return std::unexpected(answer.error());
  const Field root = answer->root();
  return ServerVersion{root["gitVersion"].string(), leading_number(root["major"].text()),
                       leading_number(root["minor"].text())};
}

}  // namespace kastell::client
