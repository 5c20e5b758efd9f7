// Reading the tables of a snapshot file. Readers fail (ByteReader::failed) on what is malformed; texts are UTF-8.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "snapshot/snapshot.h"

namespace kastell::snapshot::file {

void read_facts(ByteReader& in, SnapshotBuilder& builder);
// Views into the reader's bytes.
std::vector<std::string_view> read_texts(ByteReader& in);
std::vector<std::shared_ptr<const document::Source>> read_sources(ByteReader& in);
void read_coverage(ByteReader& in, SnapshotBuilder& builder);

}  // namespace kastell::snapshot::file
