#include "policy/export/translate.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "cel/operators.h"
#include "kube/credential_names.h"
#include "kube/harmless_value.h"
#include "policy/export/cel_text.h"

namespace kastell::policy {

using cel::Ast;
using cel::Expr;
using cel::ExprKind;

namespace {

using Translated = std::expected<std::string, std::string>;

struct Replacement {
  std::string_view member, text;
};
// What `pod` has beside what other objects decide.
constexpr auto pod_members = std::to_array<Replacement>({
    {"spec", "variables.podSpec"},
    {"metadata", "variables.podMetadata"},
    {"containers", "variables.containers"},
    {"kind", "object.kind"},
    {"name", "object.metadata.?name.orValue('')"},
    {"namespace", "object.metadata.?namespace.orValue('default')"},
    {"projectsToken",
     "variables.podSpec.?volumes.orValue([]).exists(v, v.?projected.?sources.orValue([]).exists(s, "
     "has(s.serviceAccountToken) && (s.serviceAccountToken.?audience.orValue('') == '' || "
     "s.serviceAccountToken.audience.startsWith('https://kubernetes.default'))))"},
});

// Fields of the security context that a container takes from its pod (kube/pod_view.h).
constexpr std::array<std::string_view, 7> inherited = {
    "runAsUser", "runAsGroup", "runAsNonRoot", "seccompProfile", "appArmorProfile", "seLinuxOptions", "windowsOptions"};

// Names of containers are unique in a pod, whatever their list.
constexpr std::string_view container_type =
    "(variables.podSpec.?ephemeralContainers.orValue([]).exists(e, e.name == container.name) ? 'ephemeral' : "
    "variables.podSpec.?initContainers.orValue([]).exists(i, i.name == container.name) ? 'init' : 'container')";

// Inherited member by member, so that the whole of it is in no one place.
constexpr std::string_view merged = "windowsOptions";

// What the kubelet takes for a container's profile where its field says none (kube/pod/effective.cpp).
constexpr std::string_view app_armor = "appArmorProfile";
constexpr std::string_view app_armor_annotation =
    "variables.podMetadata.?annotations[?'container.apparmor.security.beta.kubernetes.io/' + container.name].optMap("
    "profile, dyn(profile.startsWith('localhost/') ? "
    "{'type': 'Localhost', 'localhostProfile': profile.substring(10)} : "
    "{'type': profile == 'unconfined' ? 'Unconfined' : profile == 'runtime/default' ? 'RuntimeDefault' : profile}))";

// container.effective.FIELD as an optional; of `merged` with the member: "windowsOptions.?hostProcess".
std::string effective(std::string_view field) {
  std::string own = "container.?securityContext.?" + std::string(field);
  const std::string_view outer = field.substr(0, field.find('.'));
  if (std::ranges::find(inherited, outer) == inherited.end()) return own;
  if (field == app_armor) own.append(".or(").append(app_armor_annotation).append(")");
  return own + ".or(variables.podSpec.?securityContext.?" + std::string(field) + ")";
}

// The parts of container.imageReference, as texts that are empty where the part is not there (kube/image_reference.h).
// Of a volume's the image's name stands elsewhere: image_text().
#define KASTELL_IMAGE "container.?image.orValue('')"
#define KASTELL_REGISTRY KASTELL_IMAGE ".find('^(localhost|[^/@]*[.:A-Z][^/@]*)/')"
constexpr auto image_parts = std::to_array<Replacement>({
    {"registry", KASTELL_REGISTRY ".split('/')[0]"},
    {"repository", KASTELL_IMAGE ".split('@')[0].substring(size(" KASTELL_REGISTRY ")).split(':')[0]"},
    {"tag", KASTELL_IMAGE ".split('@')[0].find(':[A-Za-z0-9_][A-Za-z0-9_.-]*$').replace(':', '')"},
    {"digest", KASTELL_IMAGE ".find('@.*').replace('@', '')"},
});
// distribution/reference: registry, path, tag, digest.
constexpr std::string_view is_image_reference = KASTELL_IMAGE
    ".matches(r'^(([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*|\\[[A-Fa-f0-9:]+"
    "\\])(:[0-9]+)?/)?"
    "[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*(/[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*)*"
    "(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?"
    "(@(sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128}))?$')";

std::string image_text(std::string_view of_container, std::string_view owner) {
  std::string text(of_container);
  if (owner == "container") return text;
  constexpr std::string_view written = KASTELL_IMAGE, of_volume = "volume.?image.?reference.orValue('')";
  for (std::size_t at = text.find(written); at != std::string::npos; at = text.find(written, at + of_volume.size())) {
    text.replace(at, written.size(), of_volume);
  }
  return text;
}
#undef KASTELL_REGISTRY
#undef KASTELL_IMAGE

// A member that an expression asks for, with a dot or with ".?".
struct Access {
  const Expr* of;
  std::string_view member;
  bool optional;
};
std::optional<Access> access_of(const Expr& expr) {
  if (expr.kind == ExprKind::select) return Access{expr.operand, expr.name, false};
  const bool optional_select = expr.kind == ExprKind::call && expr.name == cel::operators::optional_select;
  if (!optional_select) return {};
  return Access{expr.arguments[0], expr.arguments[1]->literal.as_string(), true};
}

bool is_name(const Expr& expr, std::string_view name) {
  return expr.kind == ExprKind::identifier && expr.name == name;
}

// Whether `value` is a credential by its name, both given as expressions (kube/credential_names.h).
std::string is_named_credential(const std::string& name, const std::string& value) {
  const kube::CredentialNamePatterns patterns = kube::credential_name_patterns();
  const auto matches = [](const std::string& text, std::string_view pattern) {
    return text + ".matches(" + cel_text(pattern) + ")";
  };
  return value + " != '' && " + matches(name, patterns.names) + " && !" + matches(name, patterns.others) + " && !" +
         matches(value, kube::harmless_value_pattern()) + " && !(" + matches(value, kube::counted_pattern) + " && " +
         matches(name, patterns.counting) + ")";
}

std::string list_of(const std::vector<std::string>& texts) {
  std::string out = "[";
  for (const std::string& text : texts) out.append(out.size() > 1 ? ", " : "").append(cel_text(text));
  return out += "]";
}

// Walks the expression as it is written, macros as calls, and notes which parts of the text are to be replaced.
class Translator {
 public:
  Translator(const Ast& ast, const Parameters& parameters) : ast_(ast), parameters_(parameters) {}

  Translated run() {
    visit(*ast_.root);
    if (!reason_.empty()) return std::unexpected(reason_);
    std::string out;
    std::size_t done = 0;
    for (const auto& [place, text] : splices_) {
      out.append(ast_.text, done, place.first - done).append(text);
      done = place.second;
    }
    return out.append(ast_.text, done);
  }

 private:
  void replace(const Expr& expr, std::string text) { splices_[{expr.begin, expr.end}] = std::move(text); }
  void refuse(std::string reason) {
    if (reason_.empty()) reason_ = std::move(reason);
  }

  const Expr& as_written(const Expr& expr) const {
    const auto found = expr.id == 0 ? ast_.macro_calls.end() : ast_.macro_calls.find(expr.id);
    return found == ast_.macro_calls.end() ? expr : *found->second;
  }

  void visit(const Expr& any) {
    const Expr& expr = as_written(any);
    if (expr.kind == ExprKind::identifier) return visit_name(expr);
    if (is_has(expr) && visit_has(expr)) return;
    if (is_bound(expr)) return;
    if (const auto access = access_of(expr); access && visit_access(expr, *access)) return;
    visit_parts(expr);
  }

  void visit_parts(const Expr& expr) {
    if (expr.operand != nullptr) visit(*expr.operand);
    for (const Expr* argument : expr.arguments) visit(*argument);
    for (const cel::ExprEntry& entry : expr.entries) {
      if (entry.key != nullptr) visit(*entry.key);
      visit(*entry.value);
    }
  }

  void visit_name(const Expr& expr) {
    if (expr.name == "pod") refuse("needs all of the pod's view");
    if (expr.name == "facts" || expr.name == "namespaceFacts") refuse("rests on other objects of the cluster");
    if (expr.name == "component") refuse("is about how a component runs, which is no object of the API");
    if (expr.name == "exception") refuse("is about exceptions of a scan");
  }

  static bool is_has(const Expr& expr) {
    return expr.kind == ExprKind::call && expr.operand == nullptr && expr.name == "has" && expr.arguments.size() == 1;
  }

  // has(container.effective.x): the parts of a spelled out optional cannot be asked for with has().
  bool visit_has(const Expr& expr) {
    const auto access = access_of(*expr.arguments[0]);
    if (!access) return false;
    if (is_parameter(*access)) {
      const bool given = parameters_.contains(std::string(access->member));
      return replace(expr, given ? "true" : "false"), true;
    }
    if (is_image_reference_of(*access)) return replace(expr, image_text(is_image_reference, access->of->name)), true;
    if (const auto part = image_part(*access)) return replace(expr, "(" + *part + " != '')"), true;
    const auto field = effective_field(*access);
    if (field) replace(expr, effective(*field) + ".hasValue()");
    return field.has_value();
  }

  // 'cpu' in pod.bounds.limits: by the pod's own resources. What a LimitRange gives a Pod is in its containers when
  // policies are asked.
  bool is_bound(const Expr& expr) {
    if (expr.kind != ExprKind::call || expr.name != cel::operators::in) return false;
    const auto kind = access_of(*expr.arguments[1]);
    const auto bounds = kind ? access_of(*kind->of) : std::nullopt;
    if (!bounds || bounds->member != "bounds" || !is_name(*bounds->of, "pod")) return false;
    const std::string quantity = "variables.podSpec.?resources.?" + std::string(kind->member) + ".?" +
                                 std::string(expr.arguments[0]->literal.as_string()) + ".orValue(0)";
    // One of 0 bounds nothing.
    replace(expr, "string(" + quantity + ").matches('^[+]?[0.]*[1-9]')");
    return true;
  }

  static bool is_effective(const Expr& expr) {
    const auto access = access_of(expr);
    return access && access->member == "effective" && is_name(*access->of, "container");
  }

  static bool is_image_reference_of(const Access& access) {
    return access.member == "imageReference" && (is_name(*access.of, "container") || is_name(*access.of, "volume"));
  }
  static std::optional<std::string> image_part(const Access& access) {
    const auto outer = access_of(*access.of);
    if (!outer || !is_image_reference_of(*outer)) return {};
    const auto* found = std::ranges::find(image_parts, access.member, &Replacement::member);
    if (found == image_parts.end()) return {};
    return image_text(found->text, outer->of->name);
  }

  bool visit_access(const Expr& expr, const Access& access) {
    if (is_name(*access.of, "pod")) return visit_pod_member(expr, access), true;
    if (is_name(*access.of, "container")) return visit_container_member(expr, access);
    if (is_name(*access.of, "facts") && access.member == "credentialNames") {
      const std::string condition = is_named_credential("k", "object.data[k]");
      return replace(expr, "object.?data.orValue({}).map(k, k).filter(k, " + condition + ")"), true;
    }
    if (const auto part = image_part(access)) {
      replace(expr, access.optional ? "optional.ofNonZeroValue(" + *part + ")" : *part);
      return true;
    }
    if (is_image_reference_of(access)) refuse("needs all of the image reference");
    if (const auto field = effective_field(access)) {
      replace(expr, access.optional ? effective(*field) : effective(*field) + ".value()");
      return true;
    }
    return visit_parameter(expr, access);
  }

  // The field of container.effective that is asked for; nothing if none is.
  std::optional<std::string> effective_field(const Access& access) {
    if (is_effective(*access.of)) {
      if (access.member == merged) refuse("needs all of the effective windowsOptions");
      return std::string(access.member);
    }
    const auto outer = access_of(*access.of);
    if (!outer || outer->member != merged || !is_effective(*outer->of)) return {};
    return std::string(merged) + ".?" + std::string(access.member);
  }

  void visit_pod_member(const Expr& expr, const Access& access) {
    const auto* found = std::ranges::find(pod_members, access.member, &Replacement::member);
    if (found == pod_members.end())
      return refuse("reads pod." + std::string(access.member) + ", which other objects decide");
    replace(expr, access.optional ? "optional.of(" + std::string(found->text) + ")" : std::string(found->text));
  }

  bool visit_container_member(const Expr& expr, const Access& access) {
    if (access.member == "imageReference") refuse("needs all of the image reference");
    if (access.member == "effective") refuse("needs all of the effective security context");
    if (access.member == "credentialNames") {
      const std::string condition = is_named_credential("e.?name.orValue('')", "e.?value.orValue('')");
      replace(expr, "optional.of(container.?env.orValue([]).filter(e, " + condition + ").map(e, e.?name.orValue('')))");
      return true;
    }
    if (access.member != "containerType") return false;
    replace(expr, std::string(container_type));
    return true;
  }

  static bool is_parameter(const Access& access) {
    const auto outer = access_of(*access.of);
    return outer && outer->member == "parameters" && is_name(*outer->of, "pod");
  }

  // pod.parameters.NAME: written into the policy.
  bool visit_parameter(const Expr& expr, const Access& access) {
    if (!is_parameter(access)) return false;
    const auto found = parameters_.find(std::string(access.member));
    if (found == parameters_.end()) {
      refuse("needs --param " + std::string(access.member) + "=…");
    } else {
      replace(expr, access.optional ? "optional.of(" + list_of(found->second) + ")" : list_of(found->second));
    }
    return true;
  }

  const Ast& ast_;
  const Parameters& parameters_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::string> splices_;  // by place; they do not overlap
  std::string reason_;
};

}  // namespace

std::expected<std::string, std::string> translate(const Expression& expression, const Parameters& parameters) {
  const auto ast = cel::parse(expression.environment(), expression.text());
  if (!ast) return std::unexpected("does not compile");
  return Translator(*ast, parameters).run();
}

}  // namespace kastell::policy
