#include "policy/export/condition.h"

#include <algorithm>
#include <optional>

#include "kube/api_resource.h"
#include "policy/export/cel_text.h"

namespace kastell::policy {

namespace {

bool is_plain(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

// "?" is a byte of a glob; among other letters than these it would be more than one.
std::string pattern_of(std::string_view glob) {
  std::string out = "(?s)^";
  for (const char c : glob) {
    if (c == '*') {
      out += ".*";
    } else if (c == '?') {
      out += "[ -~]";
    } else {
      if (std::string_view("\\.+()|[]{}^$").contains(c)) out += '\\';
      out += c;
    }
  }
  return out += '$';
}

// A kind as an exception names it: "apps/Deployment", or of any group "Deployment".
struct KindName {
  explicit KindName(std::string_view text) : kind(text.substr(text.rfind('/') + 1)) {
    if (kind.size() != text.size()) group = text.substr(0, text.size() - kind.size() - 1);
  }
  std::string_view kind;
  std::optional<std::string_view> group;
};

std::vector<const kube::ApiResource*> resources_named(const KindName& name, const std::vector<PolicyResources>& asked) {
  std::vector<const kube::ApiResource*> found;
  for (const PolicyResources& one : asked) {
    if (name.group && *name.group != one.group) continue;
    const kube::ApiResource* resource = kube::find_resource(one.group, name.kind);
    if (resource != nullptr && std::ranges::find(one.resources, resource->resource) != one.resources.end())
      found.push_back(resource);
  }
  return found;
}

bool asks(const std::vector<PolicyResources>& asked, std::string_view group, std::string_view resource) {
  return std::ranges::any_of(asked, [&](const PolicyResources& one) {
    return one.group == group && std::ranges::find(one.resources, resource) != one.resources.end();
  });
}

// Kinds that name themselves in the pods they make.
bool makes_pods(const KindName& name) {
  static constexpr std::pair<std::string_view, std::string_view> makers[] = {{"apps", "DaemonSet"},
                                                                             {"apps", "ReplicaSet"},
                                                                             {"apps", "StatefulSet"},
                                                                             {"batch", "Job"},
                                                                             {"", "ReplicationController"}};
  return std::ranges::any_of(makers, [&name](const auto& maker) {
    return name.kind == maker.second && (!name.group || *name.group == maker.first);
  });
}

class Condition {
 public:
  // What the object is called, or with `by_owner` an object that it was made of.
  void add_object(const Exception& exception, bool by_owner) {
    const std::string of = by_owner ? "one." : "object.";
    Condition object;
    if (!exception.kind.empty()) object.add_kind(KindName(exception.kind), of);
    if (!exception.name.empty()) {
      object.add(matches_expression(by_owner ? "one.name" : "variables.objectName", exception.name));
    }
    if (object.text_.empty()) return;
    add(by_owner ? "variables.owners.exists(one, " + object.text_ + ")" : std::move(object.text_));
  }

  void add(std::string part) { text_.append(text_.empty() ? "" : " && ").append(part); }

  void add_kind(const KindName& name, const std::string& of) {
    add(of + "kind == " + cel_text(name.kind));
    if (!name.group) return;
    add(name.group->empty() ? "!" + of + "apiVersion.contains('/')"
                            : of + "apiVersion.startsWith(" + cel_text(std::string(*name.group) + "/") + ")");
  }

  // An exception in a namespace is about nothing that has none.
  void add_namespace(std::string_view pattern) {
    add("variables.objectNamespace != ''");
    if (pattern.find_first_not_of('*') != std::string_view::npos) {
      add(matches_expression("variables.objectNamespace", pattern));
    }
  }

  std::string finish() && { return text_.empty() ? "true" : std::move(text_); }

 private:
  std::string text_;
};

}  // namespace

std::string matches_expression(std::string_view value, std::string_view pattern) {
  std::string out(value);
  if (pattern.find_first_of("*?") == std::string_view::npos) return out += " == " + cel_text(pattern);
  return out += ".matches(" + cel_text(pattern_of(pattern)) + ")";
}

std::string not_expressible(const Exception& exception) {
  if (!exception.field.empty()) return "names a field, which no expression finds";
  for (const std::string* text : {&exception.kind, &exception.name_space, &exception.name, &exception.container}) {
    if (!is_plain(*text)) return "names something in other letters than ASCII's";
  }
  return {};
}

bool asks_pods(const std::vector<PolicyResources>& asked) {
  return asks(asked, "", "pods");
}
bool asks_templates(const std::vector<PolicyResources>& asked) {
  return asks(asked, "apps", "deployments");
}

namespace {

// Why objects of the exception's kind are none that the policy is asked of; empty if they may be.
std::string mismatch(const Exception& exception, const std::vector<PolicyResources>& asked) {
  if (exception.kind.empty()) return {};
  const KindName name(exception.kind);
  const auto resources = resources_named(name, asked);
  if (resources.empty() && asks_pods(asked) && makes_pods(name)) return {};
  if (resources.empty() && asks_pods(asked) && (name.kind == "Deployment" || name.kind == "CronJob")) {
    return "is of what pods do not name as their owner, and pods alone are asked";
  }
  if (resources.empty()) return "is about a kind that no policy of its controls is asked of";
  const bool is_anywhere = std::ranges::any_of(resources, &kube::ApiResource::namespaced);
  return is_anywhere || exception.name_space.empty() ? "" : "names a namespace, which no object of that kind has";
}

}  // namespace

std::expected<std::string, std::string> condition_of(const Exception& exception,
                                                     const std::vector<PolicyResources>& asked) {
  if (std::string why = mismatch(exception, asked); !why.empty()) return std::unexpected(std::move(why));
  Condition condition;
  if (!exception.name_space.empty()) condition.add_namespace(exception.name_space);
  if (exception.until) {
    condition.add("variables.today < " + cel_text(day_text(*exception.until + std::chrono::days(1))));
  }
  const bool by_owner = asks_pods(asked) && KindName(exception.kind).kind != "Pod";
  condition.add_object(exception, by_owner);
  return std::move(condition).finish();
}

}  // namespace kastell::policy
