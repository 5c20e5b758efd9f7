#include <span>
#include <vector>

#include "admission/batch.h"
#include "admission/read/fields.h"
#include "admission/read/inline_objects.h"
#include "admission/write.h"
#include "admission/write/json_text.h"
#include "document/write.h"

namespace kastell::admission {

using document::Node;

namespace {

struct Answer {
  std::string id = "null";
  Decision decision = {};
  std::vector<std::string> errors = {};
};

std::string write(const Answer& answer) {
  std::string out = "{\"id\":" + answer.id + ',';
  append_decision(out, answer.decision);
  out += ",\"errors\":[";
  for (const std::string& error : answer.errors) {
    if (&error != answer.errors.data()) out += ',';
    append_text(out, error);
  }
  return out += "]}";
}

std::string refuse(Answer answer, std::string error) {
  answer.decision.verdict = Verdict::error;
  answer.decision.allowed = false;
  answer.decision.status = {error, "BadRequest", 400};
  answer.errors.push_back(std::move(error));
  return write(answer);
}

}  // namespace

Result<Language> AdmitBatch::language(cel::KubernetesVersion version) {
  if (const auto known = languages_.find(version); known != languages_.end()) return known->second;
  auto made = Language::make(version, symbols_);
  if (made) languages_.emplace(version, *made);
  return made;
}

std::string AdmitBatch::answer(std::string_view line) {
  if (!symbols_ || symbols_->size() > limits_.symbols) {
    languages_.clear();
    symbols_ = std::make_shared<SymbolTable>();
  }
  Answer answer;
  if (line.size() > limits_.line_bytes) return refuse(answer, "the line exceeds the limit line_bytes");
  const auto source = std::make_shared<document::Source>("line", line);
  const auto stream = document::parse(source, *symbols_, {.format = document::Format::json});
  if (!stream.errors.empty()) return refuse(answer, stream.errors.front().message);
  if (stream.documents.size() != 1 || !stream.documents.front().root.is_object()) {
    return refuse(answer, "the line is not one JSON object");
  }
  Fields root(stream.documents.front().root, *symbols_);
  if (const Node* id = root.find("id")) {
    answer.id.clear();
    document::append_json(answer.id, *id, *symbols_);
  }
  const auto policies = root.objects("policies"), bindings = root.objects("bindings"),
             context = root.objects("context");
  const Node* request_node = root.object("request");
  const bool typed = root.boolean("typed");
  const std::string_view version_text = root.text("kubernetes");
  if (root.error()) return refuse(answer, root.error()->message);
  if (request_node == nullptr) return refuse(answer, "\"request\" must be an AdmissionRequest");
  const auto version = version_text.empty() ? cel::newest_kubernetes : cel::parse_kubernetes_version(version_text);
  if (!version) return refuse(answer, "\"kubernetes\" must be a version such as \"1.30\"");
  const auto language = this->language(*version);
  if (!language) return refuse(answer, language.error().message);
  const auto request = read_request(*request_node, *symbols_);
  if (!request) return refuse(answer, "request: " + request.error().message);

  PolicySet set(*language);
  for (const Node& object : policies) {
    auto policy = read_policy(object, *symbols_);
    if (!policy) return refuse(answer, "policies: " + policy.error().message);
    set.add_policy(std::move(*policy));
  }
  for (const Node& object : bindings) {
    auto binding = read_binding(object, *symbols_);
    if (!binding) return refuse(answer, "bindings: " + binding.error().message);
    set.add_binding(std::move(*binding));
  }
  answer.errors = set.compile_errors();
  const snapshot::Snapshot snapshot = snapshot_of(stream, context, symbols_);
  const World world(snapshot, *version);
  Judge judge(world, *symbols_,
              {.form = typed ? ObjectForm::typed : ObjectForm::as_written, .version = *version, .results = whole_way_});
  answer.decision = judge.decide(set, *request);
  if (answer.decision.verdict == Verdict::error) answer.errors.push_back(answer.decision.status.message);
  return write(answer);
}

}  // namespace kastell::admission
