// `kastell admit`: what Kubernetes' admission policies decide.
#include <unistd.h>

#include <algorithm>
#include <array>
#include <set>

#include "admission/batch.h"
#include "admission/object_request.h"
#include "admission/write.h"
#include "base/machine.h"
#include "cli/commands/admission_flags.h"
#include "cli/commands/commands.h"
#include "cli/terminal/console.h"
#include "cli/terminal/line_reader.h"
#include "collect/files.h"
#include "policy/exception.h"

namespace kastell::cli {

namespace {

constexpr std::array<std::string_view, 2> formats = {"human", "json"};
constexpr std::array<std::string_view, 2> operations = {"create", "delete"};

Result<int> run_batch(Console& console) {
  admission::AdmitBatch batch;
  LineReader lines(STDIN_FILENO, batch.limits().line_bytes);
  while (const auto line = lines.next()) {
    if (!console.write_out(batch.answer(line->text) + "\n")) break;
  }
  return 0;
}

// What is not judged but looked at, or judges.
bool is_background(const snapshot::Object& object) {
  return admission::policy_kind(object.api_version, object.kind) != admission::PolicyKind::none;
}

// Everything that the command line names, read once.
struct Input {
  snapshot::Snapshot judged;  // objects to be admitted
  snapshot::Snapshot old;     // as they were
  snapshot::Snapshot all;     // these, the policies and the context
};

Result<snapshot::Snapshot> read_paths(const std::vector<std::string>& paths, std::shared_ptr<SymbolTable> symbols) {
  if (paths.empty()) return snapshot::SnapshotBuilder(std::move(symbols)).finish();
  return collect::collect_files(paths, std::move(symbols));
}

Result<Input> read_input(const Arguments& arguments, const std::shared_ptr<SymbolTable>& symbols) {
  auto judged = read_paths(arguments.positional(), symbols);
  if (!judged) return std::unexpected(judged.error());
  auto old = read_paths(arguments.values("old"), symbols);
  if (!old) return std::unexpected(old.error());
  std::vector<std::string> others = arguments.values("policies");
  const std::vector<std::string> context = arguments.values("context");
  others.insert(others.end(), context.begin(), context.end());
  auto beside = read_paths(others, symbols);
  if (!beside) return std::unexpected(beside.error());
  const bool is_closed = arguments.has("closed-world") || judged->world() == snapshot::World::closed ||
                         beside->world() == snapshot::World::closed;
  snapshot::SnapshotBuilder all(symbols);
  if (is_closed) all.set_world(snapshot::World::closed);
  all.add(*beside);
  all.add(*judged);
  return Input{std::move(*judged), std::move(*old), std::move(all).finish()};
}

class Admission {
 public:
  Admission(const Input& input, admission::PolicySet& policies, admission::Asker asker, std::string operation,
            const admission::JudgeOptions& options)
      : input_(input),
        symbols_(input.all.shared_symbols()),
        world_(input.all, options.version),
        policies_(policies),
        asker_(std::move(asker)),
        operation_(std::move(operation)),
        judge_(world_, *symbols_, options) {}

  Result<std::vector<admission::Judgement>> run() {
    std::vector<admission::Judgement> judgements;
    for (const snapshot::Object& object : input_.judged.objects()) {
      if (is_background(object)) continue;
      auto judgement = judge(object);
      if (!judgement) return std::unexpected(judgement.error());
      judgements.push_back(std::move(*judgement));
    }
    return judgements;
  }

 private:
  Result<admission::Judgement> judge(const snapshot::Object& object) {
    const Place place = input_.judged.place_of(object, {});
    if (admission::is_review(object)) {
      auto request = admission::read_request(object.root, *symbols_);
      if (!request) return failure(request.error().code, request.error().message, place);
      request->is_held = true;
      return judgement_of(*request, place);
    }
    const snapshot::Object* old = find_old(object);
    const std::string_view operation = old != nullptr ? "UPDATE" : std::string_view(operation_);
    admission::Request request = request_for(object, operation, old, asker_, world_, arena_, *symbols_);
    // What is asked for may say of itself that it has a uid, and is a manifest all the same.
    const bool was_stored = has_uid(object) && input_.judged.was_collected(object);
    (operation == "DELETE" ? request.old_object_was_stored : request.object_was_stored) = was_stored;
    if (old != nullptr) request.old_object_was_stored = has_uid(*old);
    return judgement_of(request, place);
  }

  static bool has_uid(const snapshot::Object& object) {
    const document::Node* metadata = object.root.find(symbols::metadata);
    return metadata != nullptr && metadata->find(symbols::uid) != nullptr;
  }

  const snapshot::Object* find_old(const snapshot::Object& object) const {
    const bool cluster_wide = snapshot::is_cluster_scoped(object.group(), object.kind);
    const std::string_view name_space = cluster_wide ? std::string_view{} : object.effective_namespace();
    const auto id = input_.old.find(object.group(), object.kind, name_space, object.name);
    return id ? &input_.old.object(*id) : nullptr;
  }

  admission::Judgement judgement_of(const admission::Request& request, const Place& place) {
    std::string api_version(request.kind.group);
    api_version.append(api_version.empty() ? "" : "/").append(request.kind.version);
    return {.operation = std::string(request.operation),
            .api_version = std::move(api_version),
            .kind = std::string(request.kind.kind),
            .name_space = std::string(request.name_space),
            .name = std::string(request.name),
            .place = place,
            .decision = judge_.decide(policies_, request)};
  }

  const Input& input_;
  std::shared_ptr<SymbolTable> symbols_;
  admission::World world_;
  const admission::PolicySet& policies_;
  admission::Asker asker_;
  std::string operation_;
  admission::Judge judge_;
  Arena arena_;
};

// The questions of `authorizer` that the input's roles do not answer, each once. Whether there are any.
bool warn_of_unanswered(std::span<const admission::Judgement> judgements, const Console& console) {
  std::set<std::string_view> questions;
  for (const admission::Judgement& one : judgements) {
    questions.insert(one.decision.unanswered.begin(), one.decision.unanswered.end());
  }
  for (const std::string_view question : questions) {
    console.write_err("kastell: incomplete: " + std::string(question) +
                      "; --closed-world says that there are no others\n");
  }
  return !questions.empty();
}

int finish(std::span<const admission::Judgement> judgements, const Input& input, const Console& console) {
  if (!input.all.is_complete() || !input.old.is_complete() || warn_of_unanswered(judgements, console)) return 3;
  if (judgements.empty()) {
    console.write_err("kastell: no object in the input: nothing was judged\n");
    return 3;
  }
  return std::ranges::all_of(judgements, [](const auto& judgement) { return judgement.decision.allowed; }) ? 0 : 1;
}

enum class Report : std::uint8_t { by_request, by_policy };

// "2027-03-31T09:05:00Z"
std::string time_text(Machine::WallTime when) {
  const auto day = std::chrono::floor<std::chrono::days>(when);
  const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(when - day));
  std::string text = policy::day_text(day);
  for (const auto part : {time.hours().count(), time.minutes().count(), time.seconds().count()}) {
    text.append(text.size() == 10 ? "T" : ":").append(part < 10 ? "0" : "").append(std::to_string(part));
  }
  return text + 'Z';
}

Result<int> decide(const Arguments& arguments, Console& console, Report report) {
  if (arguments.positional().empty()) return failure(ErrorCode::usage, "missing argument PATH");
  const auto version = read_kubernetes_version(arguments);
  if (!version) return std::unexpected(version.error());
  const auto symbols = std::make_shared<SymbolTable>();
  const auto input = read_input(arguments, symbols);
  if (!input) return std::unexpected(input.error());
  for (const auto* part : {&input->all, &input->old}) warn_of_unread(*part, console);
  auto language = admission::Language::make(*version, symbols);
  if (!language) return std::unexpected(language.error());
  admission::PolicySet policies(std::move(*language));
  if (const auto added = add_policies(policies, input->all); !added) return std::unexpected(added.error());
  const std::vector<std::string> errors = policies.compile_errors();
  for (const std::string& error : errors) console.write_err("kastell: " + error + "\n");
  warn_of_unbound(policies, console);
  const std::string operation = arguments.value("operation", "create") == "delete" ? "DELETE" : "CREATE";
  admission::Asker asker{.user = std::string(arguments.value("user", "kastell")),
                         .groups = arguments.values("group"),
                         .now = time_text(this_machine().wall_time())};
  const admission::JudgeOptions options{.form = object_form(arguments),
                                        .version = *version,
                                        .assume_namespaces = true,
                                        .disabled_plugins = disabled_plugins(arguments)};
  const auto judgements = Admission(*input, policies, std::move(asker), operation, options).run();
  if (!judgements) return std::unexpected(judgements.error());
  const bool as_json = arguments.value("format") == "json";
  if (as_json) {
    console.write_out(to_json(*judgements, errors, policies));
  } else {
    console.write_out(report == Report::by_policy ? to_replay_text(*judgements, policies) : to_text(*judgements));
  }
  return finish(*judgements, *input, console);
}

Result<int> run(const Arguments& arguments, Console& console) {
  if (arguments.has("batch")) return run_batch(console);
  return decide(arguments, console, Report::by_request);
}

Result<int> run_replay(const Arguments& arguments, Console& console) {
  return decide(arguments, console, Report::by_policy);
}

constexpr auto flags = std::to_array<Flag>({
    {.name = "policies",
     .value = "PATH",
     .help = "Files or folders with policies and bindings; those in PATH... count as well",
     .letter = 'p',
     .repeatable = true,
     .completes = Completes::files},
    {.name = "context",
     .value = "PATH",
     .help = "What is there but not judged: Namespaces, parameters, definitions, roles",
     .letter = 'c',
     .repeatable = true,
     .completes = Completes::files},
    {.name = "old",
     .value = "PATH",
     .help = "Objects as they were: one of the same name makes the request an update",
     .repeatable = true,
     .completes = Completes::files},
    {.name = "operation",
     .value = "OPERATION",
     .help = "What is done to objects that --old does not have (default create)",
     .choices = operations},
    {.name = "user", .value = "NAME", .help = "Who asks (default kastell)"},
    {.name = "group", .value = "NAME", .help = "A group of who asks", .repeatable = true, .comma_separated = true},
    {.name = "closed-world",
     .value = "",
     .help = "The input has all roles and bindings there are, beside those of every cluster"},
    as_written_flag,
    disabled_plugins_flag,
    {.name = "kubernetes", .value = "VERSION", .help = "Decide as this Kubernetes version does (default: newest)"},
    {.name = "format", .value = "FORMAT", .help = "Format of the decisions", .choices = formats, .letter = 'f'},
    {.name = "batch",
     .value = "",
     .help = "Answer JSON lines {\"id\",\"policies\",\"bindings\",\"context\",\"request\"} with decisions"},
});

}  // namespace

constinit const Command admit_command{
    .name = "admit",
    .arguments = "PATH... | --batch",
    .summary = "Say what admission policies would decide about objects, and change in them",
    .details =
        "Objects of manifests and snapshots are judged as if somebody created them, and AdmissionReviews as they\n"
        "are, in the order and the words of the API server (docs/admission.md).\n"
        "Exit codes: 0 all admitted, 1 something is denied, 2 wrong usage or an unreadable policy, 3 incomplete.",
    .flags = flags,
    .most_arguments = static_cast<std::size_t>(-1),
    .completes = Completes::files,
    .run = run};

constinit const Command policy_replay_command{
    .name = "policy-replay",
    .arguments = "PATH...",
    .summary = "Say what admission policies would deny today of a snapshot or of files, by policy",
    .details =
        "Also `kastell policy replay`. Every object is judged as if somebody created it now: by the policies of\n"
        "--policies and of the snapshot itself (docs/policies.md). The JSON is that of admit.\n"
        "Exit codes: 0 all admitted, 1 something is denied, 2 wrong usage or an unreadable policy, 3 incomplete.",
    .flags = std::span(flags).first(flags.size() - 1),  // all but --batch
    .least_arguments = 1,
    .most_arguments = static_cast<std::size_t>(-1),
    .completes = Completes::files,
    .run = run_replay};

}  // namespace kastell::cli
