// Changes to values whose effect can be recognised in what they render to.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "collect/render/chart_files.h"
#include "collect/render/values_tree.h"

namespace kastell::collect {

struct Probe {
  enum class Change : std::uint8_t {
    scalar,  // becomes the marker
    member,  // gets a member named after the marker
    list,    // an empty list gets an item with such a member
    text,    // gets a line that is such a member (YAML within YAML)
    flip,    // a boolean becomes the other, a number 0 (or 1), a text empty
  } change;
  Key key;
};

// "kz12z": lower case, so that it can be part of most names; found again wherever it comes out.
std::string marker_of(std::size_t probe);
// The probes whose markers stand in a text, in order.
std::vector<std::size_t> probes_in(std::string_view text, std::size_t count);

// The values of a chart, its subcharts and the values files of the user, merged as Helm does.
ValuesNode merged_values(const FileSystem& files, const ChartFiles& chart, const std::vector<std::string>& user_files);

// By round: scalars; maps, lists and names that templates ask for; names that items of lists lack; booleans, numbers
// and texts. Numbers are in that order, each at most `most_probes`.
struct ProbeRounds {
  std::vector<Probe> scalars, members, items, flips;
};
ProbeRounds probes_for(ValuesNode& values, const ChartFiles& chart);

// The values with these of `all` changed.
ValuesNode changed(ValuesNode values, std::span<const Probe> all, std::span<const std::size_t> chosen);

}  // namespace kastell::collect
