// The dialect of controls, and expressions that compile on first use.

#include <array>
#include <mutex>

#include "policy/control.h"

namespace kastell::policy {

namespace {

// In the order of their slots (scan/subject.h relies on it).
cel::Environment::VariableTexts variables_of(Scope scope) {
  switch (scope) {
    case Scope::object: return {{"object", "dyn"}, {"namespaceFacts", "dyn"}, {"facts", "dyn"}};
    case Scope::pod: return {{"pod", "dyn"}, {"object", "dyn"}};
    case Scope::container: return {{"container", "dyn"}, {"pod", "dyn"}, {"object", "dyn"}};
    case Scope::volume: return {{"volume", "dyn"}, {"pod", "dyn"}, {"object", "dyn"}};
    case Scope::role_rule: return {{"rule", "dyn"}, {"object", "dyn"}, {"facts", "dyn"}};
    case Scope::subject: return {{"subject", "dyn"}, {"object", "dyn"}};
    case Scope::component: return {{"component", "dyn"}, {"object", "dyn"}};
    case Scope::field: return {{"field", "dyn"}, {"object", "dyn"}};
    case Scope::exception: return {{"exception", "dyn"}};
  }
  return {};
}

}  // namespace

struct Dialect::Environments {
  struct Lazy {
    std::once_flag made;
    std::shared_ptr<const cel::Environment> environment;
  };
  std::shared_ptr<SymbolTable> symbols;
  Lazy language;  // without variables
  std::array<Lazy, scope_count> by_scope;
  std::array<std::mutex, 16> making;  // an expression has one of them, so that threads seldom wait
};

Dialect::Dialect(std::shared_ptr<SymbolTable> symbols) : environments_(std::make_unique<Environments>()) {
  environments_->symbols = std::move(symbols);
}
Dialect::~Dialect() = default;

const std::shared_ptr<const cel::Environment>& Dialect::environment(Scope scope) const {
  auto& language = environments_->language;
  std::call_once(language.made, [this, &language] {
    language.environment =
        cel::Environment::make(cel::kubernetes_dialect(cel::newest_kubernetes).value(), environments_->symbols).value();
  });
  auto& lazy = environments_->by_scope[static_cast<std::size_t>(scope)];
  std::call_once(lazy.made, [scope, &lazy, &language] {
    lazy.environment = language.environment->with_variables(variables_of(scope)).value();
  });
  return lazy.environment;
}

std::mutex& Dialect::making(const Expression& expression) const {
  auto& mutexes = environments_->making;
  return mutexes[reinterpret_cast<std::uintptr_t>(&expression) / sizeof(Expression) % mutexes.size()];
}

struct Expression::State {
  std::optional<cel::Program> program;
  std::vector<cel::Diagnostic> diagnostics;

  void make(const std::shared_ptr<const cel::Environment>& environment, std::string_view text,
            const cel::ProgramImage& image) {
    if (!image.tree.empty()) {
      program = cel::Program::from_image(environment, image, {.exact_cost = false, .constants_are_sound = true});
    }
    if (!program) compile(environment, text);
  }

  void compile(const std::shared_ptr<const cel::Environment>& environment, std::string_view text) {
    auto ast = cel::compile(*environment, text);
    if (!ast) {
      diagnostics = std::move(ast.error());
      return;
    }
    // As a ValidatingAdmissionPolicy demands it: bool itself, not dyn.
    if (const cel::Type& type = ast->type_of(*ast->root); type.kind != cel::TypeKind::boolean) {
      diagnostics.push_back({"the expression must be of type bool, but is " + cel::to_string(type), 0, ""});
      return;
    }
    auto made = cel::Program::make(environment, std::move(*ast), {.exact_cost = false});
    if (!made) {
      diagnostics.push_back({made.error().message, 0, ""});
      return;
    }
    program.emplace(std::move(*made));
  }
};

Expression::Expression(const Dialect& dialect, Scope scope, std::string_view text, const cel::ProgramImage& image)
    : dialect_(dialect), scope_(scope), text_(text), image_(image) {}
Expression::~Expression() {
  delete state_.load();
}

// A std::once_flag would wake other threads by a system call each time, which a start feels.
const Expression::State& Expression::state() const {
  if (const State* made = state_.load(std::memory_order_acquire)) return *made;
  const std::lock_guard lock(dialect_.making(*this));
  if (const State* made = state_.load(std::memory_order_relaxed)) return *made;
  auto state = std::make_unique<State>();
  state->make(dialect_.environment(scope_), text_, image_);
  state_.store(state.get(), std::memory_order_release);
  return *state.release();
}

Expressions::~Expressions() {
  for (const Expression* expression : all_) expression->~Expression();
}

const Expression* Expressions::add(Scope scope, std::string_view text, const cel::ProgramImage& image) {
  void* place = arena_.allocate(sizeof(Expression), alignof(Expression));
  return all_.emplace_back(::new (place) Expression(dialect_, scope, text, image));
}

const cel::Program* Expression::program() const {
  const State& made = state();
  return made.program ? &*made.program : nullptr;
}

const std::vector<cel::Diagnostic>& Expression::diagnostics() const {
  return state().diagnostics;
}

}  // namespace kastell::policy
