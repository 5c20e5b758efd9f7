#include <unistd.h>

#include <array>

#include "base/file_system.h"
#include "cel/batch.h"
#include "cel/compile.h"
#include "cel/evaluate.h"
#include "cli/commands/commands.h"
#include "cli/terminal/console.h"
#include "cli/terminal/line_reader.h"
#include "document/document.h"

namespace kastell::cli {

namespace {

Result<int> run_batch(Console& console) {
  cel::EvalBatch batch;
  LineReader lines(STDIN_FILENO, batch.limits().line_bytes);
  while (const auto line = lines.next()) {
    if (!console.write_out(cel::answer_eval_line(line->text, batch) + "\n")) break;
  }
  return 0;
}

Result<document::DocumentStream> read_documents(const std::string& path, SymbolTable& symbols) {
  const FileSystem& files = operating_system_files();
  const ReadBounds bounds{.padding = document::Source::padding};
  auto content = path == "-" ? files.read_standard_input(bounds) : files.read(path, bounds);
  if (!content) return std::unexpected(content.error());
  auto source = std::make_shared<const document::Source>(path, std::move(content->buffer), content->size);
  auto stream = document::parse(std::move(source), symbols);
  if (!stream.errors.empty()) return std::unexpected(stream.errors.front());
  if (stream.documents.size() != 1) {
    return failure(ErrorCode::usage,
                   path + " holds " + std::to_string(stream.documents.size()) + " documents, --object wants one");
  }
  return stream;
}

Result<cel::Program> compile(const std::string& expression, std::shared_ptr<const cel::Environment> environment) {
  auto ast = cel::compile(*environment, expression);
  if (!ast) return failure(ErrorCode::type, cel::to_text(expression, ast.error()));
  return cel::Program::make(std::move(environment), std::move(*ast));
}

// The caret form that the compiler uses, for an error at run time.
Error evaluation_error(const std::string& expression, const cel::Program& program, const cel::EvaluationError& error) {
  const std::array<cel::Diagnostic, 1> diagnostic = {
      cel::Diagnostic{std::string(error.message), cel::position_of(program.ast(), error.expr_id).value_or(0)}};
  return {ErrorCode::evaluation, cel::to_text(expression, diagnostic)};
}

Result<int> run_once(const Arguments& arguments, Console& console) {
  const auto version = arguments.has("kubernetes") ? cel::parse_kubernetes_version(arguments.value("kubernetes"))
                                                   : cel::newest_kubernetes;
  if (!version) {
    return failure(ErrorCode::usage,
                   "--kubernetes wants a version such as 1.30, not " + std::string(arguments.value("kubernetes")));
  }
  cel::EvalBatch shared;
  const auto symbols = shared.symbols();  // makes the table that environments share
  const auto environment = shared.environment(*version);
  if (!environment) return std::unexpected(environment.error());
  const std::string& expression = arguments.positional().front();
  const auto program = compile(expression, *environment);
  if (!program) return std::unexpected(program.error());

  document::DocumentStream stream;
  cel::Value object;
  if (arguments.has("object")) {
    auto read = read_documents(std::string(arguments.value("object")), *symbols);
    if (!read) return std::unexpected(read.error());
    stream = std::move(*read);
    object = stream.documents.front().root;
  }
  cel::Evaluation evaluation(*symbols);
  evaluation.budget.cost = shared.limits().cost;
  const std::array<cel::Value, 1> variables = {object};
  const cel::Value value = program->evaluate(evaluation, variables);
  if (cel::is_error(value)) return std::unexpected(evaluation_error(expression, *program, cel::as_error(value)));
  std::string text;
  cel::append_value_json(text, value, *symbols);
  console.write_out(text += '\n');
  return 0;
}

Result<int> run(const Arguments& arguments, Console& console) {
  if (arguments.has("batch")) {
    if (arguments.positional().empty() && !arguments.has("object")) return run_batch(console);
    return failure(ErrorCode::usage, "--batch reads everything from standard input");
  }
  if (arguments.positional().empty()) return failure(ErrorCode::usage, "missing argument EXPRESSION");
  return run_once(arguments, console);
}

constexpr auto flags = std::to_array<Flag>({
    {.name = "object",
     .value = "FILE",
     .help = "The object that the variable `object` stands for, YAML or JSON (- for standard input)",
     .completes = Completes::files},
    {.name = "kubernetes", .value = "VERSION", .help = "Evaluate as this Kubernetes version does (default: newest)"},
    {.name = "batch", .value = "", .help = "Answer JSON lines {\"id\",\"expr\",\"vars\"} with {\"id\",\"result\"}"},
});

}  // namespace

constinit const Command eval_command{
    .name = "eval",
    .arguments = "EXPRESSION",
    .summary = "Evaluate a CEL expression as an admission policy's would be",
    .details = "Prints the value as JSON. Exit codes: 0 a value, 1 the expression failed, 2 it does not compile.",
    .flags = flags,
    .most_arguments = 1,
    .run = run};

}  // namespace kastell::cli
