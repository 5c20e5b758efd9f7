#include "collect/cluster/list_plan.h"

#include <algorithm>

#include "kube/api_resource.h"

namespace kastell::collect {

using client::Discovery;
using client::ServedResource;
using snapshot::CoverageStatus;

namespace {

const ServedResource* find_served(const WantedResource& wanted, const Discovery& discovery) {
  const auto is_it = [&wanted](const ServedResource& served) {
    return served.group == wanted.group && served.name == wanted.resource && served.version == wanted.version;
  };
  const auto at = std::ranges::find_if(discovery.resources, is_it);
  return at != discovery.resources.end() ? &*at : discovery.named(wanted.group, wanted.resource);
}

std::string_view group_of(const client::DiscoveryGap& gap) {
  return std::string_view(gap.group_version).substr(0, gap.group_version.find('/'));
}

// A group whose server does not answer is not a group that is not there.
const client::DiscoveryGap* gap_of(const WantedResource& wanted, const Discovery& discovery) {
  const auto at = std::ranges::find_if(
      discovery.gaps, [&wanted](const client::DiscoveryGap& gap) { return group_of(gap) == wanted.group; });
  return at == discovery.gaps.end() ? nullptr : &*at;
}

// Servers, and proxies before them, refuse longer request lines: 8 KiB is a usual bound.
constexpr std::size_t longest_selector = 4000;

// "metadata.namespace!=a,metadata.namespace!=b", escaped; empty for none.
std::string selector_without(const std::vector<std::string>& names, const std::string& field) {
  std::string selector;
  for (const std::string& name : names) selector += (selector.empty() ? "" : ",") + field + "!=" + name;
  return selector.empty() ? "" : "fieldSelector=" + client::escape_url(selector);
}

std::string joined(const std::vector<std::string>& names) {
  constexpr std::size_t most_named = 20;
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), most_named); ++i) text += (i == 0 ? "" : ", ") + names[i];
  if (names.size() > most_named) text += " and " + std::to_string(names.size() - most_named) + " more";
  return text;
}

class Planner {
 public:
  Planner(const ClusterOptions& options, const Discovery& discovery) : options_(options), discovery_(discovery) {}

  PlannedResource plan(const WantedResource& wanted) const {
    PlannedResource planned{kube::full_name(wanted.resource, wanted.group), {}, wanted.kind};
    const ServedResource* served = find_served(wanted, discovery_);
    if (served == nullptr) {
      say_why_not_served(wanted, planned);
    } else if (!served->can_list) {
      planned.said.push_back(
          {planned.name, CoverageStatus::unreadable, "the server serves it, but cannot list it", {}});
    } else {
      planned.api_version = served->api_version();
      planned.kind = served->kind;
      add_lists(*served, wanted, planned);
    }
    return planned;
  }

 private:
  void say_why_not_served(const WantedResource& wanted, PlannedResource& planned) const {
    if (const auto* gap = gap_of(wanted, discovery_)) {
      planned.said.push_back({planned.name, CoverageStatus::unreadable, gap->group_version + ": " + gap->reason, {}});
    } else {
      planned.said.push_back({planned.name, CoverageStatus::absent, "the server has no such API", {}});
    }
  }

  void add_lists(const ServedResource& served, const WantedResource& wanted, PlannedResource& planned) const {
    const auto add = [&](const std::string& name_space, std::string query) {
      planned.lists.push_back({.path = served.path(name_space),
                               .query = std::move(query),
                               .only_metadata = wanted.metadata_only,
                               .kind = kube::is_built_in(served.group, served.kind) ? served.kind : ""});
    };
    const bool is_namespace = served.group.empty() && served.name == "namespaces";
    if (!served.namespaced && !is_namespace) return add("", "");
    if (options_.namespaces.empty()) {
      const std::vector<std::string>& excluded = options_.exclude_namespaces;
      std::string selector = selector_without(excluded, is_namespace ? "metadata.name" : "metadata.namespace");
      if (selector.size() > longest_selector) {
        selector.clear();
        planned.dropped = {excluded.begin(), excluded.end()};
      }
      add("", std::move(selector));
    }
    for (const std::string& name : options_.namespaces) {
      is_namespace ? add("", "fieldSelector=" + client::escape_url("metadata.name=" + name)) : add(name, "");
    }
    say_what_is_left_out(planned);
  }

  void say_what_is_left_out(PlannedResource& planned) const {
    const auto say = [&planned](std::string reason) {
      planned.said.push_back({planned.name, CoverageStatus::skipped, std::move(reason), {}});
    };
    if (!options_.namespaces.empty())
      say("other namespaces than " + joined(options_.namespaces) + " (--namespace)");
    else if (!options_.exclude_namespaces.empty())
      say("namespaces " + joined(options_.exclude_namespaces) + " (--exclude-namespace)");
  }

  const ClusterOptions& options_;
  const Discovery& discovery_;
};

}  // namespace

std::vector<PlannedResource> plan_lists(const ClusterOptions& options, const Discovery& discovery) {
  std::vector<PlannedResource> planned;
  for (const WantedResource& wanted : options.resources) planned.push_back(Planner(options, discovery).plan(wanted));
  return planned;
}

std::vector<snapshot::Coverage> say_other_gaps(const ClusterOptions& options, const Discovery& discovery) {
  std::vector<snapshot::Coverage> said;
  for (const client::DiscoveryGap& gap : discovery.gaps) {
    const bool wanted = std::ranges::any_of(
        options.resources, [&gap](const WantedResource& resource) { return resource.group == group_of(gap); });
    if (!wanted) said.push_back({gap.group_version, CoverageStatus::skipped, gap.reason + "; no control reads it", {}});
  }
  return said;
}

}  // namespace kastell::collect
