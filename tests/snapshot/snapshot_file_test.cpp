// Snapshot files: what goes in comes out, credentials do not go in, and whatever bytes are read, nothing breaks.

#include "snapshot/snapshot_file.h"

#include <gtest/gtest.h>

#include <array>

#include "base/bytes.h"
#include "document/write.h"
#include "snapshot/file/digest.h"
#include "snapshot/file/format.h"
#include "snapshot/file/packing.h"

namespace kastell::snapshot {
namespace {

using document::Node;
using document::Path;
using document::Step;

Snapshot read(const std::vector<std::pair<std::string, std::string>>& files) {
  const auto symbols = std::make_shared<SymbolTable>();
  SnapshotBuilder builder(symbols);
  for (const auto& [name, text] : files) {
    builder.add(document::parse(std::make_shared<document::Source>(name, text), *symbols));
  }
  return std::move(builder).finish();
}

std::string saved(const Snapshot& snapshot) {
  std::string bytes;
  const auto result = save(snapshot, [&](std::string_view block) { bytes += block; });
  EXPECT_TRUE(result.has_value()) << (result ? "" : to_string(result.error()));
  return bytes;
}

Result<Snapshot> loaded(std::string_view bytes, const LoadOptions& options = {.threads = 1},
                        const std::shared_ptr<SymbolTable>& symbols = std::make_shared<SymbolTable>()) {
  return load(bytes, "a.kast", symbols, options);
}

// The values of an object, each with its path and the places of its key and value.
void describe(const Snapshot& snapshot, const Object& object, const Node& node, Path& path, std::string& out) {
  out += document::to_string(path, snapshot.symbols());
  const auto located = document::locate(object.root, object.offset, path);
  for (const std::uint32_t offset : {located.offset, located.value_offset}) {
    const Place place = snapshot.source_of(object).place_of(offset);
    out += " " + std::to_string(place.line) + ":" + std::to_string(place.column);
  }
  if (!node.is_list() && !node.is_object()) document::append_json(out += " ", node, snapshot.symbols());
  out += '\n';
  for (std::uint32_t i = 0; (node.is_list() || node.is_object()) && i < node.size; ++i) {
    path.push_back(node.is_list() ? Step::index(i) : Step::key(node.member_keys()[i]));
    describe(snapshot, object, node.items[i], path, out);
    path.pop_back();
  }
}

std::string described(const Snapshot& snapshot) {
  std::string out = snapshot.world() == World::closed ? "closed\n" : "open\n";
  for (const Fact& fact : snapshot.facts()) out += fact.name + "=" + fact.value + "\n";
  for (const Coverage& entry : snapshot.coverage()) {
    out +=
        to_string(Error{{}, entry.input + " " + std::string(name_of(entry.status)) + " " + entry.reason, entry.place}) +
        "\n";
  }
  for (const Object& object : snapshot.objects()) {
    out += "# " + snapshot.source_of(object).name() + " " + document::to_string(object.prefix, snapshot.symbols());
    for (const std::string_view text : {object.api_version, object.kind, object.name_space, object.name}) {
      out.append(" ").append(text);
    }
    out += '\n';
    Path path;
    describe(snapshot, object, object.root, path, out);
  }
  return out;
}

const char* const shop = R"(# a comment
apiVersion: v1
kind: ConfigMap
metadata: {name: umlaute, labels: {"größe": "äöü €uro 𝄞", b: c}}
data: {"ключ": "значение", after: x, n: "1"}
---
apiVersion: v1
kind: List
items:
- apiVersion: apps/v1
  kind: Deployment
  metadata: {name: web, namespace: shop}
  spec: {replicas: 3, big: 9007199254740993, negative: -12, ratio: 0.25, none: null, empty: {}, list: [1, true, null, []]}
- apiVersion: example.com/v1
  kind: Thing
  metadata: {generateName: thing-}
---
just: text
)";

const char* const broken = "apiVersion: v1\nkind: [\n";
const char* const json =
    R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"i"}]}})";

Snapshot sample() {
  return read({{"shop.yaml", shop}, {"broken.yaml", broken}, {"empty.yaml", ""}, {"pod.json", json}});
}

TEST(SnapshotFile, WhatGoesInComesOut) {
  const Snapshot before = sample();
  const auto after = loaded(saved(before));
  ASSERT_TRUE(after.has_value()) << to_string(after.error());
  EXPECT_EQ(described(*after), described(before));
  EXPECT_EQ(after->is_complete(), before.is_complete());
  EXPECT_TRUE(after->find("apps", "Deployment", "shop", "web").has_value());
  EXPECT_EQ(after->of_kind("example.com", "Thing").size(), 1U);
}

TEST(SnapshotFile, WorldAndFacts) {
  SnapshotBuilder builder(std::make_shared<SymbolTable>());
  builder.set_world(World::closed);
  builder.set_fact("server.version", "v1.37.2");
  builder.set_fact("platform", "kind");
  builder.set_fact("platform", "a later word does not count");
  const auto after = loaded(saved(std::move(builder).finish()));
  ASSERT_TRUE(after.has_value());
  EXPECT_EQ(described(*after), "closed\nplatform=kind\nserver.version=v1.37.2\n");
}

TEST(SnapshotFile, SameBytesForTheSameSnapshotAndForWhatWasLoaded) {
  const std::string bytes = saved(sample());
  EXPECT_EQ(saved(sample()), bytes);
  EXPECT_EQ(saved(*loaded(bytes)), bytes);
}

// More than one section of objects, and the same whatever the number of threads.
TEST(SnapshotFile, ManyObjects) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) {
    const std::string number = std::to_string(i);
    text += R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"pod-)" + number + R"(","uid":"uid-)" + number +
            R"("},"spec":{"containers":[{"name":"c","image":"i","ports":[)" + number + "]}]}}\n";
  }
  const std::string bytes = saved(read({{"pods.json", text}}));
  EXPECT_LT(bytes.size(), text.size() / 10);
  for (const unsigned threads : {1U, 4U}) {
    const auto after = loaded(bytes, {.threads = threads});
    ASSERT_TRUE(after.has_value());
    ASSERT_EQ(after->objects().size(), 20'000U);
    const Object& last = after->objects().back();
    EXPECT_EQ(last.name, "pod-19999");
    EXPECT_EQ(after->place_of(last, {}).line, 20'000U);
    EXPECT_EQ(saved(*after), bytes);
  }
}

TEST(SnapshotFile, KeepsNoCredential) {
  const Snapshot before = read({{"secrets.yaml", R"(
apiVersion: v1
kind: Secret
metadata:
  name: s
  labels: {app: shop}
  annotations: {note: canary-1, kubernetes.io/service-account.name: robot}
type: Opaque
data: {password: Y2FuYXJ5LTI=, none: ""}
stringData: {user: canary-3}
other: [canary-4, {a: 123456789}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: m, annotations: {kubectl.kubernetes.io/last-applied-configuration: '{"data":{"x":"canary-5"}}'}}
data:
  DB_PASSWORD: canary-6
  url: https://user:canary-7@db.example.com/x
  key: "-----BEGIN RSA PRIVATE KEY-----\ncanary-8\n-----END RSA PRIVATE KEY-----"
  aws: AKIACANARYCANARYCANA
  mode: fast
---
apiVersion: v1
kind: Pod
metadata: {name: p}
spec:
  containers:
  - name: c
    image: i
    env: [{name: API_TOKEN, value: canary-9}, {name: MODE, value: fast}, {name: AUTH, value: Bearer canary10x}]
    args: [--password=canary-11, --token, canary-12, --enable-bootstrap-token-auth=true, --token-ttl=24h, MY_SECRET=canary-13]
passwords: [canary-14]
)"}});
  const auto after = loaded(saved(before));
  ASSERT_TRUE(after.has_value());
  const std::string text = described(*after);
  EXPECT_EQ(text.find("canary"), std::string::npos) << text;
  EXPECT_EQ(text.find("CANARY"), std::string::npos) << text;
  EXPECT_EQ(text.find("123456789"), std::string::npos);
  EXPECT_EQ(text.find("Y2FuYXJ5LTI="), std::string::npos);
  for (const std::string kept :
       {"\"Opaque\"", "\"robot\"", "\"shop\"", "\"fast\"", "--enable-bootstrap-token-auth=true", "--token-ttl=24h",
        "-----BEGIN PRIVATE KEY-----(redacted)", "redacted://redacted:redacted@redacted/(redacted)",
        "--password=hidden.by.kastell(redacted)", "MY_SECRET=hidden.by.kastell(redacted)"}) {
    EXPECT_NE(text.find(kept), std::string::npos) << kept;
  }
  // An empty value stays empty; a place stays where it was.
  EXPECT_NE(text.find("data.none 9:32 9:38 \"\""), std::string::npos) << text;
}

// Hostile files.

std::string with_digest(std::string content) {
  const file::Digest digest = file::digest_of(content);
  return content.append(reinterpret_cast<const char*>(digest.data()), digest.size());
}

std::string without_digest(std::string bytes) {
  bytes.resize(bytes.size() - file::Digest{}.size());
  return bytes;
}

// The sections of a small file before they are packed: two objects of one source, {apiVersion: v, kind: K, x: …}.
class HandMade {
 public:
  HandMade() {
    facts.byte(0);
    facts.varint(0);
    for (ByteWriter* table : {&keys, &texts, &sources, &coverage}) table->clear();
    write_texts(keys, {"apiVersion", "kind", "x"});
    write_texts(texts, {"v", "K"});
    for (const int number : {1, 1, int{'s'}, 9, 1, 4}) sources.varint(static_cast<std::uint64_t>(number));
    coverage.varint(0);
    for (const int number : {1, 0, 0, 0, 0}) objects.varint(static_cast<std::uint64_t>(number));
    head(file::ValueKind::object, 3);
    for (const int number : {0, 1}) {
      objects.varint(static_cast<std::uint64_t>(number));
      head(file::ValueKind::text, static_cast<std::uint8_t>(number + 1));
    }
    objects.varint(2);
  }

  void head(file::ValueKind kind, std::uint8_t number) {
    objects.byte(static_cast<std::uint8_t>(number << file::kind_bits | static_cast<std::uint8_t>(kind)));
  }
  static void write_texts(ByteWriter& out, const std::vector<std::string>& all) {
    out.varint(all.size());
    for (const std::string& text : all) out.varint(text.size());
    for (const std::string& text : all) out.raw(text);
  }

  std::string bytes() const {
    using enum file::SectionKind;
    ByteWriter out;
    out.raw(file::magic);
    out.fixed(file::newest_version);
    for (const auto& [kind, section] : {std::pair(facts, &this->facts),
                                        {keys, &this->keys},
                                        {texts, &this->texts},
                                        {sources, &this->sources},
                                        {coverage, &this->coverage},
                                        {objects, &this->objects}}) {
      const file::Packed packed = file::pack(section->bytes());
      out.fixed(static_cast<std::uint32_t>(kind));
      out.fixed(static_cast<std::uint64_t>(packed.unpacked_size));
      out.fixed(static_cast<std::uint64_t>(packed.bytes.size()));
      out.raw(packed.bytes);
    }
    out.raw(std::string(file::section_header_size, '\0'));
    return with_digest(std::string(out.bytes()));
  }

  ByteWriter facts, keys, texts, sources, coverage, objects;
};

void expect_failure(std::string_view bytes, ErrorCode code, std::string_view message,
                    const LoadOptions& options = {.threads = 1}) {
  const auto result = loaded(bytes, options);
  ASSERT_FALSE(result.has_value()) << message;
  EXPECT_EQ(result.error().code, code) << result.error().message;
  EXPECT_NE(result.error().message.find(message), std::string::npos) << result.error().message;
  EXPECT_EQ(result.error().place.source, "a.kast");
}

TEST(SnapshotFile, EveryFlippedBitIsNoticed) {
  const std::string bytes = saved(sample());
  const auto symbols = std::make_shared<SymbolTable>();
  for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    std::string flipped = bytes;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
    ASSERT_FALSE(loaded(flipped, {.threads = 1}, symbols).has_value()) << "bit " << bit;
  }
  std::string last = bytes;
  last[last.size() / 2] ^= 1;
  expect_failure(last, ErrorCode::syntax, "damaged snapshot file: its digest is that of another content");
}

TEST(SnapshotFile, EveryTruncationIsNoticed) {
  const std::string bytes = saved(sample());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    ASSERT_FALSE(loaded(std::string_view(bytes).substr(0, size)).has_value()) << size;
  }
  expect_failure(bytes.substr(0, 10), ErrorCode::syntax, "ends too early");
}

TEST(SnapshotFile, AFutureVersionIsNamed) {
  std::string content = without_digest(saved(sample()));
  content[file::magic.size()] = 7;
  expect_failure(with_digest(content), ErrorCode::unsupported, "of version 7; this Kastell knows version 1");
}

TEST(SnapshotFile, TextIsNoSnapshot) {
  EXPECT_FALSE(is_snapshot_file(json));
  expect_failure(json, ErrorCode::syntax, "not a snapshot file");
}

// With a digest that fits, so that what is behind it has to stand for itself: no crash, and no object half read.
TEST(SnapshotFile, DamageUnderAGoodDigestBreaksNothing) {
  const std::string content = without_digest(saved(sample()));
  const auto symbols = std::make_shared<SymbolTable>();
  for (std::size_t at = file::header_size; at < content.size(); ++at) {
    for (const int change : {1, 0x80, 0xFF}) {
      std::string changed = content;
      changed[at] = static_cast<char>(changed[at] ^ change);
      if (const auto result = loaded(with_digest(changed), {.threads = 1}, symbols))
        static_cast<void>(described(*result));
    }
  }
}

TEST(SnapshotFile, HandMadeReads) {
  HandMade file;
  file.head(file::ValueKind::integer, 4);
  const auto result = loaded(file.bytes());
  ASSERT_TRUE(result.has_value()) << to_string(result.error());
  EXPECT_NE(described(*result).find("x 1:1 1:1 2\n"), std::string::npos) << described(*result);
}

TEST(SnapshotFile, UnpackingIsBounded) {
  HandMade file;
  file.head(file::ValueKind::list, file::number_follows);
  constexpr std::size_t many = 1'000'000;
  file.objects.varint(many);
  file.objects.raw(std::string(many, '\0'));
  const FileLimits limits{.unpacked_floor = many / 2};
  expect_failure(file.bytes(), ErrorCode::limit, "unpacks to more than the limit", {.threads = 1, .limits = limits});
  EXPECT_TRUE(loaded(file.bytes()).has_value());
}

TEST(SnapshotFile, DepthIsBounded) {
  const auto nested = [](unsigned depth) {
    HandMade file;
    for (unsigned i = 1; i < depth; ++i) file.head(file::ValueKind::list, 1);
    file.head(file::ValueKind::constant, 0);
    return file.bytes();
  };
  EXPECT_TRUE(loaded(nested(1000)).has_value());
  expect_failure(nested(1001), ErrorCode::limit, "nested deeper than the limit, 1000");
}

// No parser lets such a one through, but a snapshot may be made otherwise.
TEST(SnapshotFile, WhatIsTooDeepIsNotSaved) {
  const auto saves = [](unsigned depth) {
    Arena arena;
    Node value = Node::make_null();
    for (unsigned i = 1; i < depth; ++i) value = make_list(arena, std::array{value});
    Object object;
    object.root = make_object(arena, std::array{document::Member{symbols::x, value}}, false);
    object.kind = "Deep";
    SnapshotBuilder builder(std::make_shared<SymbolTable>());
    builder.add(std::make_shared<const document::Source>("a.json", "{}"), {object});
    return save(std::move(builder).finish(), [](std::string_view) {});
  };
  EXPECT_TRUE(saves(1000).has_value());
  const auto result = saves(1001);
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(to_string(result.error()), "a.json:1:1: Deep  is nested deeper than the limit of a snapshot file, 1000");
}

TEST(SnapshotFile, KeysAreBounded) {
  HandMade file;
  file.head(file::ValueKind::constant, 0);
  expect_failure(file.bytes(), ErrorCode::limit, "more keys than the limit, 2", {.threads = 1, .limits = {.keys = 2}});
}

TEST(SnapshotFile, CountsBeyondTheEndAllocateNothing) {
  for (const auto kind : {file::ValueKind::list, file::ValueKind::object, file::ValueKind::placed_list}) {
    HandMade file;
    file.head(kind, file::number_follows);
    file.objects.varint(UINT64_MAX);
    expect_failure(file.bytes(), ErrorCode::syntax, "its objects do not read");
  }
}

TEST(SnapshotFile, WhatNoWriterWrites) {
  const auto with_value = [](auto&& write) {
    HandMade file;
    write(file);
    return file.bytes();
  };
  const std::string files[] = {
      with_value([](HandMade& file) { file.head(file::ValueKind::text, 3); }),      // no such text
      with_value([](HandMade& file) { file.head(file::ValueKind::constant, 3); }),  // no such constant
      with_value([](HandMade& file) { file.head(file::ValueKind::object, 1), file.objects.raw("\x03\x00"); }),
      with_value([](HandMade& file) {  // the same key twice
        file.head(file::ValueKind::object, 2);
        file.objects.raw(std::string("\x02\x00\x02\x00", 4));
      }),
      with_value([](HandMade& file) {  // a place before the beginning
        file.head(file::ValueKind::placed_list, 1);
        file.objects.raw(std::string("\x01\x00", 2));
      }),
      with_value([](HandMade& file) { file.head(file::ValueKind::constant, 0), file.objects.byte(0); }),  // more
  };
  for (const std::string& bytes : files) expect_failure(bytes, ErrorCode::syntax, "its objects do not read");
}

TEST(SnapshotFile, TextsAreUtf8EachByItself) {
  for (const std::vector<std::string>& texts : {std::vector<std::string>{"v\xFF", "K"}, {"v\xC3", "\xA4K"}}) {
    HandMade file;
    file.head(file::ValueKind::constant, 0);
    file.texts.clear();
    HandMade::write_texts(file.texts, texts);
    expect_failure(file.bytes(), ErrorCode::syntax, "a section does not read");
  }
}

}  // namespace
}  // namespace kastell::snapshot
