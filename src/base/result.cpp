#include "base/result.h"

namespace kastell {

const char* name_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::usage: return "usage";
    case ErrorCode::not_found: return "not-found";
    case ErrorCode::unreadable: return "unreadable";
    case ErrorCode::syntax: return "syntax";
    case ErrorCode::limit: return "limit";
    case ErrorCode::unsupported: return "unsupported";
    case ErrorCode::type: return "type";
    case ErrorCode::evaluation: return "evaluation";
    case ErrorCode::internal: return "internal";
  }
  return "internal";
}

std::string to_string(const Error& error) {
  std::string text = error.place.source;
  if (error.place.line != 0) {
    if (!text.empty()) text += ':';
    text += std::to_string(error.place.line);
    if (error.place.column != 0) text += ':' + std::to_string(error.place.column);
  }
  if (!text.empty()) text += ": ";
  return text + error.message;
}

}  // namespace kastell
