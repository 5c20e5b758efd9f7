#include "policy/appendix.h"

#include "policy/catalog/embedded.h"

namespace kastell::policy {

namespace {

// "policies/appendices/E.yaml", "# Appendix E: Network policies\n…"
Appendix read_appendix(const EmbeddedFile& embedded) {
  const std::string_view file = embedded.name.substr(embedded.name.rfind('/') + 1);
  const std::string_view line = embedded.text.substr(0, embedded.text.find('\n'));
  return {.letter = file.substr(0, file.find('.')),
          .title = line.substr(line.find(": ") + 2),
          .file = file,
          .text = embedded.text};
}

}  // namespace

std::vector<Appendix> guide_appendices() {
  std::vector<Appendix> appendices;
  for (const EmbeddedFile& file : embedded_appendices()) appendices.push_back(read_appendix(file));
  return appendices;
}

}  // namespace kastell::policy
