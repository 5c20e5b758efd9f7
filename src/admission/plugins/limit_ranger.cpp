#include "admission/plugins/plugin.h"

namespace kastell::admission {

using document::Member;
using document::Node;
using document::Structure;

namespace {

struct List {
  std::string_view name, what;
};
constexpr List lists[] = {{"containers", "container"}, {"initContainers", "init container"}};

// What the LimitRanges of a namespace give the containers of one Pod. Its annotation tells what the last of them did
// that did anything.
class Limiter {
 public:
  Limiter(const LimitDefaults& defaults, Draft& pod) : defaults_(defaults), pod_(pod) {}

  Result<void> run() {
    for (const List& list : lists) {
      for (const Node& container : items_of(pod_.spec, pod_.symbols().intern(list.name))) look_at(container);
    }
    if (room_ == 0) {
      return failure(ErrorCode::limit, "the LimitRanges of the namespace add more than the limit most_added_bytes");
    }
    if (!last_) return {};
    for (const List& list : lists) {
      change_items(pod_.spec, list.name, [&](Structure& container) { limit(container, list.what); });
    }
    pod_.set_in("annotations", "kubernetes.io/limit-ranger", pod_.arena().copy("LimitRanger plugin set: " + said_));
    return {};
  }

 private:
  template <typename Take>
  static void for_missing(const Node* amounts, const std::vector<LimitDefault>& defaults, const Take& take) {
    for (const LimitDefault& one : defaults) {
      if (amounts == nullptr || amounts->find(one.member.key) == nullptr) take(one);
    }
  }

  void look_at(const Node& container) {
    const Node* resources = container.find(symbols::resources);
    const auto count = [&](const LimitDefault& one) {
      last_ = std::max(last_, std::optional(one.range));
      room_ -= std::min(room_, pod_.symbols().text(one.member.key).size() + one.member.value.size + sizeof(Member) +
                                   text_of(container, symbols::name).size());
    };
    if (room_ == 0) return;
    for_missing(resources == nullptr ? nullptr : resources->find(symbols::requests), defaults_.requests, count);
    for_missing(resources == nullptr ? nullptr : resources->find(symbols::limits), defaults_.limits, count);
  }

  void limit(Structure& container, std::string_view what) {
    Structure resources = container.below("resources");
    const std::string of = std::string(what) + ' ' + std::string(container.text("name"));
    give(resources, symbols::requests, defaults_.requests, " request for " + of);
    give(resources, symbols::limits, defaults_.limits, " limit for " + of);
    container.set(symbols::resources, resources.node());
  }

  void give(Structure& resources, Symbol list, const std::vector<LimitDefault>& defaults, const std::string& of) {
    const Node* found = resources.find(list);
    Structure amounts(found == nullptr ? Node{} : *found, pod_.symbols(), pod_.arena());
    std::string names;
    for_missing(found, defaults, [&](const LimitDefault& one) {
      amounts.members().push_back(one.member);
      if (one.range == last_) names.append(names.empty() ? "" : ", ").append(pod_.symbols().text(one.member.key));
    });
    if (!names.empty()) said_.append(said_.empty() ? "" : "; ").append(names).append(of);
    if (!amounts.members().empty()) resources.set(list, amounts.node());
  }

  const LimitDefaults& defaults_;
  Draft& pod_;
  std::optional<std::size_t> last_;
  std::size_t room_ = most_added_bytes;
  std::string said_;
};

}  // namespace

Result<void> limit_ranger(PluginCall& call) {
  const LimitDefaults* defaults = call.cluster.limit_defaults(call.name_space);
  return defaults == nullptr ? Result<void>{} : Limiter(*defaults, call.draft).run();
}

}  // namespace kastell::admission
