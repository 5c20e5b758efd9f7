#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>

#include "base/ascii.h"
#include "cel/compile.h"
#include "cel/operators.h"
#include "cel/unparse/literal_text.h"

namespace kastell::cel {

namespace {

using operators::Precedence;

bool is_identifier(std::string_view text) {
  const auto is_part = [](char c) { return is_alphanumeric(c) || c == '_'; };
  return !text.empty() && !is_digit(text[0]) && std::ranges::all_of(text, is_part);
}

// Words that the lexer takes for something else than a name.
bool is_keyword(std::string_view text) {
  return text == "in" || text == "true" || text == "false" || text == "null";
}

class Unparser {
 public:
  explicit Unparser(const Ast& ast) : ast_(ast) {}

  std::string run(const Expr& expr) {
    write(expr);
    return std::move(out_);
  }

 private:
  // The expression as it was written: a macro's call for its expansion.
  const Expr& as_written(const Expr& expr) const {
    const auto found = expr.id == 0 ? ast_.macro_calls.end() : ast_.macro_calls.find(expr.id);
    return found == ast_.macro_calls.end() ? expr : *found->second;
  }

  Precedence precedence(const Expr& expr) const {
    const Expr& written = as_written(expr);
    if (written.kind != ExprKind::call || written.operand != nullptr) return Precedence::none;
    const operators::Operator* found = operators::find(written.name);
    return found == nullptr ? Precedence::none : found->precedence;
  }

  // In parentheses if it binds looser than `loosest`.
  void write_operand(const Expr& expr, Precedence loosest) {
    if (precedence(expr) <= loosest) return write(expr);
    out_ += '(';
    write(expr);
    out_ += ')';
  }

  void write(const Expr& expr) {
    const Expr& written = as_written(expr);
    switch (written.kind) {
      case ExprKind::literal: out_ += literal_text(written.literal); break;
      case ExprKind::identifier: out_ += written.name; break;
      case ExprKind::select: write_select(written); break;
      case ExprKind::call: write_call(written); break;
      case ExprKind::list: write_list(written); break;
      case ExprKind::map: write_entries(written); break;
      case ExprKind::structure: write_entries(written); break;
      case ExprKind::comprehension: write_comprehension(written); break;
    }
  }

  void write_field(std::string_view name) {
    const bool plain = is_identifier(name) && !is_keyword(name);
    if (!plain) out_ += '`';
    out_ += name;
    if (!plain) out_ += '`';
  }

  void write_select(const Expr& expr) {
    if (expr.test_only) out_ += "has(";
    write_operand(*expr.operand, Precedence::postfix);
    out_ += '.';
    write_field(expr.name);
    if (expr.test_only) out_ += ')';
  }

  void write_call(const Expr& expr) {
    const operators::Operator* known = expr.operand == nullptr ? operators::find(expr.name) : nullptr;
    if (known == nullptr || known->arity != expr.arguments.size()) return write_function(expr);
    if (known->function == operators::conditional) return write_conditional(expr);
    if (known->precedence == Precedence::postfix) return write_postfix(expr);
    if (known->arity == 1) return write_prefix(expr, *known);
    write_binary(expr, *known);
  }

  void write_function(const Expr& expr) {
    if (expr.operand != nullptr) {
      write_operand(*expr.operand, Precedence::postfix);
      out_ += '.';
    }
    out_ += expr.name;
    out_ += '(';
    write_all(expr.arguments);
    out_ += ')';
  }

  void write_conditional(const Expr& expr) {
    write_operand(*expr.arguments[0], Precedence::disjunction);
    out_ += " ? ";
    write_operand(*expr.arguments[1], Precedence::disjunction);
    out_ += " : ";
    write_operand(*expr.arguments[2], Precedence::choice);
  }

  void write_postfix(const Expr& expr) {
    write_operand(*expr.arguments[0], Precedence::postfix);
    if (expr.name == operators::optional_select) {
      out_ += ".?";
      return write_field(as_text(expr.arguments[1]->literal));
    }
    out_ += expr.name == operators::optional_index ? "[?" : "[";
    write(*expr.arguments[1]);
    out_ += ']';
  }

  // Prefixes of the same kind cancel out, so -(-1) keeps its parentheses; a minus before a digit would become part of
  // the number, so -(0) keeps them too.
  void write_prefix(const Expr& expr, const operators::Operator& op) {
    out_ += op.symbol;
    const std::size_t begin = out_.size();
    write_operand(*expr.arguments[0], Precedence::postfix);
    const bool joins_number = op.symbol == "-" && is_digit(out_[begin]);
    if (out_[begin] != op.symbol[0] && !joins_number) return;
    out_.insert(begin, 1, '(');
    out_ += ')';
  }

  // Operators lean to the left, but for && and ||, whose chains are balanced whatever way they are written.
  void write_binary(const Expr& expr, const operators::Operator& op) {
    const bool associative = op.function == operators::logical_and || op.function == operators::logical_or;
    const auto tighter = static_cast<Precedence>(static_cast<std::uint8_t>(op.precedence) - 1);
    write_operand(*expr.arguments[0], op.precedence);
    out_ += ' ';
    out_ += op.symbol;
    out_ += ' ';
    write_operand(*expr.arguments[1], associative ? op.precedence : tighter);
  }

  void write_all(std::span<const Expr* const> exprs) {
    for (std::size_t i = 0; i < exprs.size(); ++i) {
      if (i > 0) out_ += ", ";
      write(*exprs[i]);
    }
  }

  void write_list(const Expr& expr) {
    out_ += '[';
    for (std::size_t i = 0; i < expr.arguments.size(); ++i) {
      if (i > 0) out_ += ", ";
      if (std::ranges::find(expr.optional_elements, i) != expr.optional_elements.end()) out_ += '?';
      write(*expr.arguments[i]);
    }
    out_ += ']';
  }

  void write_entries(const Expr& expr) {
    out_ += expr.name;
    out_ += '{';
    for (const ExprEntry& entry : expr.entries) {
      if (&entry != expr.entries.data()) out_ += ", ";
      if (entry.optional) out_ += '?';
      if (entry.key != nullptr) {
        write(*entry.key);
      } else {
        write_field(entry.field);
      }
      out_ += ": ";
      write(*entry.value);
    }
    out_ += '}';
  }

  // Only trees that no parser made have comprehensions without the macro they came from. There is
  // no syntax for them; this is for reading.
  void write_comprehension(const Expr& expr) {
    const Comprehension& fold = *expr.comprehension;
    out_ += "__comprehension__(";
    out_ += fold.iteration_variable;
    if (!fold.iteration_variable2.empty()) out_ += ", ";
    out_ += fold.iteration_variable2;
    out_ += ", ";
    write(*fold.range);
    out_ += ", ";
    out_ += fold.accumulator;
    for (const Expr* part : {fold.accumulator_start, fold.loop_condition, fold.loop_step, fold.result}) {
      out_ += ", ";
      write(*part);
    }
    out_ += ')';
  }

  const Ast& ast_;
  std::string out_;
};

}  // namespace

std::string unparse(const Ast& ast, const Expr& expr) {
  return Unparser(ast).run(expr);
}

}  // namespace kastell::cel
