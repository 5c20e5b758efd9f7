// A container's environment, and $(VARIABLE) in its command.
#pragma once

#include <string>
#include <vector>

#include "kube/component/flag_parser.h"

namespace kastell::kube {

class Environment {
 public:
  // Of the container as written; variables may name earlier ones.
  Environment(const document::Node& container, const SymbolTable& symbols, Arena& arena);

  struct Variable {
    std::string_view name;
    std::string_view value;
    std::string_view missing;  // not empty: why the value is not known
    std::uint32_t index;       // into env
  };
  std::span<const Variable> variables() const { return variables_; }
  bool has_sources() const { return has_sources_; }  // envFrom: there may be others

  // `text` as the kubelet hands it to the program: $(NAME) replaced, $$ is $, an unknown name stays as it is.
  Argument expand(std::string_view text, PathView place) const;

 private:
  const Variable* find(std::string_view name) const;
  std::string_view missing_reason(std::string_view name) const;

  Arena& arena_;
  std::vector<Variable> variables_;
  bool has_sources_ = false;
};

}  // namespace kastell::kube
