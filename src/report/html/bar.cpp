#include "report/html/bar.h"

#include "report/html/escape.h"

namespace kastell::report {

namespace {
constexpr std::uint64_t width = 1000;
}

void append_bar(std::string& out, std::span<const Share> shares) {
  std::uint64_t all = 0, before = 0;
  for (const Share& share : shares) all += share.count;
  if (all == 0) return;
  out += "<svg class=\"bar\" viewBox=\"0 0 1000 1\" preserveAspectRatio=\"none\" aria-hidden=\"true\">";
  for (const Share& share : shares) {
    if (share.count == 0) continue;
    const std::uint64_t begin = before * width / all, end = (before + share.count) * width / all;
    before += share.count;
    out.append("<rect class=\"").append(share.name).append("\" x=\"").append(std::to_string(begin));
    out.append("\" width=\"").append(std::to_string(end - begin)).append("\" height=\"1\"/>");
  }
  out += "</svg>\n<ul class=\"legend\">";
  for (const Share& share : shares) {
    if (share.count == 0) continue;
    out.append("<li class=\"").append(share.name).append("\"><b>");
    append_grouped(out, share.count);
    out.append("</b> ").append(share.name).append("</li>");
  }
  out += "</ul>\n";
}

}  // namespace kastell::report
