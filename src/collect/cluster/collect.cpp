#include <algorithm>
#include <mutex>
#include <set>
#include <utility>

#include "base/parallel.h"
#include "collect/cluster.h"
#include "collect/cluster/compact.h"
#include "collect/cluster/list_plan.h"
#include "collect/cluster/platform.h"
#include "kube/client/discovery.h"
#include "kube/client/field.h"
#include "kube/client/list.h"
#include "kube/custom_pods.h"

namespace kastell::collect {

using client::ListConsumer;
using document::DocumentStream;
using document::Node;
using document::Source;
using snapshot::Coverage;
using snapshot::CoverageStatus;

namespace {

// The objects of one list, compacted page by page.
class Compacted final : public ListConsumer {
 public:
  Compacted(const PlannedResource& resource, SymbolTable& symbols, std::shared_ptr<Arena> arena)
      : resource_(resource), arena_(std::move(arena)), compactor_(*arena_, symbols) {}

  void begin() override { objects_.clear(); }

  void page(DocumentStream page) override {
    const Node* items = page.documents.front().root.find(symbols::items);
    for (const Node& item : items->as_list()) {
      if (is_dropped(item)) continue;
      if (item.is_object()) {
        objects_.push_back({compactor_.object(item, resource_.api_version, resource_.kind), 0});
      } else {
        ++strangers_;
      }
    }
  }

  std::vector<document::Document>& objects() { return objects_; }
  std::size_t strangers() const { return strangers_; }  // items that are no objects

 private:
  bool is_dropped(const Node& item) const {
    const Node* metadata = resource_.dropped.empty() ? nullptr : item.find(symbols::metadata);
    if (metadata == nullptr) return false;
    const Node* name = metadata->find(resource_.kind == "Namespace" ? symbols::name : symbols::namespace_);
    return name != nullptr && resource_.dropped.contains(name->as_string());
  }

  const PlannedResource& resource_;
  std::shared_ptr<Arena> arena_;
  Compactor compactor_;
  std::vector<document::Document> objects_;
  std::size_t strangers_ = 0;
};

// What came of one resource.
struct Listed {
  DocumentStream objects;
  std::vector<Coverage> coverage;
};

class ResourceLister {
 public:
  ResourceLister(client::ApiReader& reader, SymbolTable& symbols) : reader_(reader), symbols_(symbols) {}

  Listed run(const PlannedResource& resource) const {
    Listed listed;
    listed.objects.source = std::make_shared<const Source>(resource.name, "");
    listed.objects.arena = std::make_shared<Arena>();
    listed.coverage = resource.said;
    for (const client::ListRequest& request : resource.lists) run_list(resource, request, listed);
    // The builder says of objects that they were read.
    const bool said = !listed.objects.documents.empty() || std::ranges::any_of(listed.coverage, is_verdict);
    if (!said) listed.coverage.insert(listed.coverage.begin(), {resource.name, CoverageStatus::read, "", {}});
    return listed;
  }

 private:
  static bool is_verdict(const Coverage& entry) { return entry.status != CoverageStatus::skipped; }

  void run_list(const PlannedResource& resource, const client::ListRequest& request, Listed& listed) const {
    Compacted consumer(resource, symbols_, listed.objects.arena);
    const auto end = client::list(reader_, request, symbols_, consumer);
    if (!end) return say_failure(resource, end.error(), listed);
    if (consumer.strangers() != 0) {
      listed.coverage.push_back({resource.name,
                                 CoverageStatus::partial,
                                 std::to_string(consumer.strangers()) + " items of the list are no objects",
                                 {}});
    }
    std::ranges::move(consumer.objects(), std::back_inserter(listed.objects.documents));
  }

  // Objects of a list that failed half-way are dropped: half a list would pass for a whole one.
  static void say_failure(const PlannedResource& resource, const client::RequestFailure& failed, Listed& listed) {
    // 404 too: discovery has just named the resource, so something between does not know it.
    listed.coverage.push_back({resource.name, CoverageStatus::unreadable, failed.error.message, {}});
  }

  client::ApiReader& reader_;
  SymbolTable& symbols_;
};

// Definitions are large, and nothing is asked about them beside what they define.
constexpr std::string_view definitions = "customresourcedefinitions.apiextensions.k8s.io";

void forget_objects(Listed& listed) {
  if (listed.objects.documents.empty()) return;
  listed.objects.documents.clear();
  listed.objects.arena = std::make_shared<Arena>();
  const bool said = std::ranges::any_of(listed.coverage,
                                        [](const Coverage& entry) { return entry.status != CoverageStatus::skipped; });
  if (!said) listed.coverage.insert(listed.coverage.begin(), {std::string(definitions), CoverageStatus::read, "", {}});
}

bool is_wanted(const ClusterOptions& options, const kube::CustomResource& found) {
  return std::ranges::any_of(options.resources, [&found](const WantedResource& wanted) {
    return wanted.group == found.group && wanted.resource == found.resource;
  });
}

class ProgressTeller {
 public:
  ProgressTeller(const ClusterOptions& options, std::size_t all) : options_(options), all_(all) {}

  void tell(std::size_t more_objects) {
    const std::lock_guard lock(mutex_);
    objects_ += more_objects;
    ++listed_;
    if (options_.progress) options_.progress(listed_, all_, objects_);
  }

 private:
  const ClusterOptions& options_;
  const std::size_t all_;
  std::mutex mutex_;
  std::size_t listed_ = 0, objects_ = 0;
};

std::vector<Listed> list_all(client::ApiReader& reader, const ClusterOptions& options, SymbolTable& symbols,
                             const std::vector<PlannedResource>& planned) {
  std::vector<Listed> listed(planned.size());
  ProgressTeller progress(options, planned.size());
  parallel_for(planned.size(), std::max(options.in_flight, 1U), [&](std::size_t at, unsigned) {
    listed[at] = ResourceLister(reader, symbols).run(planned[at]);
    progress.tell(listed[at].objects.documents.size());
  });
  return listed;
}

// Nice to know, and nothing that a verdict rests on: a server that keeps its version to itself is only less well known.
void add_facts(client::ApiReader& reader, const client::Discovery& discovery, snapshot::SnapshotBuilder& builder) {
  const auto version = client::server_version(reader);
  if (version) {
    builder.set_fact("server.version", version->text);
  } else {
    builder.add_coverage({"server version", CoverageStatus::skipped, version.error().error.message, {}});
  }
  std::vector<std::string> warnings = reader.warnings();
  std::ranges::sort(warnings);  // they came in the order of the answers
  for (std::size_t i = 0; i < warnings.size(); ++i) {
    builder.set_fact("server.warning." + std::to_string(i + 1), std::move(warnings[i]));
  }
  const Platform platform = platform_of(version ? *version : client::ServerVersion{}, discovery);
  if (platform.name.empty()) return;
  builder.set_fact("server.platform", std::string(platform.name));
  builder.set_fact("server.platform.evidence", std::string(platform.evidence));
}

// The same options, for the custom resources that the listed definitions say carry pods and that were not asked for.
ClusterOptions with_custom_pods(const ClusterOptions& options, std::vector<Listed>& listed, SymbolTable& symbols) {
  ClusterOptions more = options;
  more.resources.clear();
  for (Listed& one : listed) {
    if (one.objects.source->name() != definitions) continue;
    for (const document::Document& definition : one.objects.documents) {
      const auto found = kube::find_custom_pods(definition.root, symbols);
      if (!found || is_wanted(options, *found)) continue;
      more.resources.push_back({std::string(found->group), std::string(found->kind), std::string(found->resource),
                                std::string(found->version), found->namespaced});
    }
    forget_objects(one);
  }
  return more;
}

// Each name once: what is named twice would be listed, and counted, twice.
std::vector<std::string> each_once(const std::vector<std::string>& names) {
  std::set<std::string_view> seen;
  std::vector<std::string> once;
  for (const std::string& name : names) {
    if (seen.insert(name).second) once.push_back(name);
  }
  return once;
}

// A server lists nothing of a namespace that it does not have: a misspelt name would pass everything.
void say_what_is_not_there(const std::vector<std::string>& namespaces, SymbolTable& symbols, Listed& listed) {
  const bool read = !std::ranges::any_of(
      listed.coverage, [](const Coverage& entry) { return entry.status == CoverageStatus::unreadable; });
  if (listed.objects.source->name() != "namespaces" || !read) return;
  std::set<std::string_view> there;
  for (const document::Document& object : listed.objects.documents) {
    there.insert(client::Field(&object.root, symbols)["metadata"]["name"].text());
  }
  for (const std::string& name : namespaces) {
    if (there.contains(name)) continue;
    listed.coverage.push_back(
        {"namespaces", CoverageStatus::partial, "the cluster has no namespace " + name + " (--namespace)", {}});
  }
}

void add_listed(Listed listed, snapshot::SnapshotBuilder& builder) {
  if (!listed.objects.documents.empty()) builder.add(std::move(listed.objects));
  for (Coverage& entry : listed.coverage) builder.add_coverage(std::move(entry));
}

}  // namespace

Result<snapshot::Snapshot> collect_cluster(client::ApiReader& reader, const ClusterOptions& wanted,
                                           std::shared_ptr<SymbolTable> symbols) {
  ClusterOptions options = wanted;
  options.namespaces = each_once(wanted.namespaces);
  options.exclude_namespaces = each_once(wanted.exclude_namespaces);
  const auto discovery = client::discover(reader);
  if (!discovery) return std::unexpected(discovery.error().error);
  snapshot::SnapshotBuilder builder(symbols);
  builder.set_world(snapshot::World::closed);
  std::vector<Listed> listed = list_all(reader, options, *symbols, plan_lists(options, *discovery));
  const ClusterOptions more = with_custom_pods(options, listed, *symbols);
  std::ranges::move(list_all(reader, more, *symbols, plan_lists(more, *discovery)), std::back_inserter(listed));
  for (Listed& one : listed) {
    say_what_is_not_there(options.namespaces, *symbols, one);
    add_listed(std::move(one), builder);
  }
  for (Coverage& gap : say_other_gaps(options, *discovery)) builder.add_coverage(std::move(gap));
  add_facts(reader, *discovery, builder);
  return std::move(builder).finish();
}

}  // namespace kastell::collect
