// Object{…} and JSONPatch{…} where Kastell is stricter than the API server or knows more (schemas), and where it does
// not follow it into a bug; all else is in kubernetes/patch_types.yaml.
#include <gtest/gtest.h>

#include "cel/batch.h"
#include "cel/compile.h"
#include "cel/evaluate.h"

namespace kastell::cel {
namespace {

// The value and the cost, or what is wrong; the same from both engines.
std::string answer(const std::shared_ptr<const Environment>& environment, std::string_view text) {
  auto ast = compile(*environment, text);
  if (!ast)
    return ast.error().front().message + (ast.error().front().hint.empty() ? "" : "; ") + ast.error().front().hint;
  Evaluation naive(environment->symbols()), fast(environment->symbols());
  std::string shown[2];
  append_value_json(shown[0], evaluate_naively(*environment, *ast, naive, {}), environment->symbols());
  const auto program = Program::make(environment, std::move(*ast));
  if (!program) return program.error().message;
  append_value_json(shown[1], program->evaluate(fast, {}), environment->symbols());
  EXPECT_EQ(shown[0], shown[1]) << text;
  EXPECT_EQ(naive.cost(), fast.cost()) << text;
  return shown[0] + " cost " + std::to_string(fast.cost());
}

std::shared_ptr<const Environment> make(Environment::Parts parts) {
  return Environment::make(std::move(parts), std::make_shared<SymbolTable>()).value();
}

std::shared_ptr<const Environment> mutation_environment() {
  return make(mutation_dialect(newest_kubernetes, false).value());
}

TEST(PatchTypes, AreNoTypesOfValidation) {
  const auto environment = make(admission_dialect(newest_kubernetes, false).value());
  EXPECT_EQ(answer(environment, "Object{}"),
            "undeclared reference to 'Object' (in container ''); did you mean 'object'?");
  EXPECT_EQ(answer(environment, "JSONPatch{}"), "undeclared reference to 'JSONPatch' (in container '')");
}

TEST(PatchTypes, HaveNoOtherFieldsThanJsonPatchHas) {
  const auto environment = mutation_environment();
  EXPECT_EQ(answer(environment, "JSONPatch{pat: '/a'}"), "undefined field 'pat'; did you mean 'path'?");
  EXPECT_EQ(answer(environment, "JSONPatch{}.values"), "undefined field 'values'; did you mean 'value'?");
  EXPECT_EQ(answer(environment, "JSONPatch{op: 1}"),
            "expected type of field 'op' is 'string' but provided type is 'int'");
  EXPECT_EQ(answer(environment, "JSONPatch{op: dyn(1)}"),
            R"({"$error":"unexpected type int for JSONPatchType 'op' field"} cost 40)");
}

// The API server makes objects JSON before it looks into them.
TEST(PatchTypes, CannotBeReadIfAMapWithinHasOtherKeysThanTexts) {
  const auto environment = mutation_environment();
  EXPECT_EQ(answer(environment, "Object{a: {6: false}}.a"), R"({"$error":"cannot get field \"a\""} cost 42)");
  EXPECT_EQ(answer(environment, "Object{a: Object.a{b: {6: false}}}.a"),
            R"({"$error":"fail to convert field \"b\": a map has a key that is no string"} cost 82)");
}

// What cannot be made JSON goes on as a value: the next step fails, and is paid for.
TEST(PatchTypes, FailAtTheStepAfterWhatCannotBeMadeJson) {
  const auto environment = mutation_environment();
  const std::string object = "Object{a: Object.a{b: {6: false}}}";
  const std::string failed = R"({"$error":"fail to convert field \"b\": a map has a key that is no string"} cost )";
  EXPECT_EQ(answer(environment, object + ".a.b"), failed + "83");
  EXPECT_EQ(answer(environment, object + ".a.b.c.d"), failed + "83");
  EXPECT_EQ(answer(environment, object + ".a[[0].map(x, 'b')[0]]"), failed + "87");
  EXPECT_EQ(answer(environment, "has(" + object + ".a.b)"), failed + "82");
  EXPECT_EQ(answer(environment, "[" + object + ".a.b]"), failed + "93");
  EXPECT_EQ(answer(environment, "(true ? " + object + ".a : 1).b"), failed + "82");
  EXPECT_EQ(answer(environment, object + ".a.b || true"), "true cost 83");
}

// The checker may not change what an expression gives.
TEST(PatchTypes, ShowTheSameFieldsBehindDyn) {
  const auto environment = mutation_environment();
  EXPECT_EQ(answer(environment, "dyn(Object{a: 1}).a"), "1 cost 43");
  EXPECT_EQ(answer(environment, "has(dyn(Object{a: 1}).a)"), "true cost 42");
  EXPECT_EQ(answer(environment, "Object{a: 1}.?a"), R"({"$optional":[1]} cost 42)");
  EXPECT_EQ(answer(environment, "Object{a: 1}.?b"), R"({"$optional":[]} cost 41)");
}

TEST(PatchTypes, AreEqualFieldByField) {
  const auto environment = mutation_environment();
  EXPECT_EQ(answer(environment, "Object{a: [1]} == Object{a: [1]}"), "true cost 81");
  EXPECT_EQ(answer(environment, "Object{a: 1} == Object{a: 1.0}"), "true cost 81");
  EXPECT_EQ(answer(environment, "Object{a: 1, b: 2} == Object{b: 2, a: 1}"), "true cost 81");
  EXPECT_EQ(answer(environment, "Object{a: 1} == Object{b: 1}"), "false cost 81");
}

TEST(PatchTypes, FollowASchemaWhereOneIsDeclared) {
  auto parts = mutation_dialect(newest_kubernetes, false).value();
  parts.objects["Object"] = {{"spec", "Object.spec"}, {"kind", "string"}};
  parts.objects["Object.spec"] = {{"replicas", "int"}, {"template", "Object.spec.template"}, {"args", "list(string)"}};
  const auto environment = make(std::move(parts));
  EXPECT_EQ(answer(environment, "Object{spec: Object.spec{replicas: 3}}"),
            R"({"$structure":["Object",{"spec":{"$structure":["Object.spec",{"replicas":3}]}}]} cost 80)");
  EXPECT_EQ(answer(environment, "Object{spec: Object.spec{replica: 3}}"),
            "undefined field 'replica'; did you mean 'replicas'?");
  EXPECT_EQ(answer(environment, "Object{spec: Object.spec{replicas: '3'}}"),
            "expected type of field 'replicas' is 'int' but provided type is 'string'");
  EXPECT_EQ(answer(environment, "Object{spec: Object{}}"),
            "expected type of field 'spec' is 'Object.spec' but provided type is 'Object'");
  EXPECT_EQ(answer(environment, "Object.status{anything: 1}.anything"), "1 cost 42");
}

}  // namespace
}  // namespace kastell::cel
