// An authorizer asked once, although an evaluation is run twice: what the first run was told, the second is told again.
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "cel/evaluate.h"

namespace kastell::cel {

class RememberedAnswers : public AuthorizerAnswers {
 public:
  explicit RememberedAnswers(AuthorizerAnswers& source) : source_(source) {}

  AuthorizerAnswer check(const AuthorizerQuery& query) override {
    if (is_repeating_) return tell_again(query);
    told_.emplace_back(query, source_.check(query));
    return told_.back().second;
  }

  // From now on answers are given again, each as often as it was given.
  void repeat() { is_repeating_ = true; }

 private:
  AuthorizerAnswer tell_again(const AuthorizerQuery& query) {
    const auto known = std::ranges::find(told_, query, &std::pair<AuthorizerQuery, AuthorizerAnswer>::first);
    if (known == told_.end()) return source_.check(query);
    AuthorizerAnswer answer = std::move(known->second);
    told_.erase(known);
    return answer;
  }

  AuthorizerAnswers& source_;
  std::vector<std::pair<AuthorizerQuery, AuthorizerAnswer>> told_;
  bool is_repeating_ = false;
};

}  // namespace kastell::cel
