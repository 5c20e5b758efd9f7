package celgen

import "strings"

// oddities are expressions that test what the typed generator does not write: literal forms, lexing,
// reserved words, macro misuse, comments, and things the environment does not have.
var oddities = strings.Split(strings.TrimSpace(oddityText), "\n")

const oddityText = `
0x7fffffffffffffff
0x8000000000000000
-0x8000000000000000
9223372036854775808
-9223372036854775808
--9223372036854775808
18446744073709551616u
1e309
1.
.5e-3
1.e3
0b1
0777
1_000
1uu
0xg
'\x41\101\u0041\U00000041'
'\U00110000'
'\ud800'
'\400'
'\q'
'a' 'b'
'unterminated
"tab	inside"
'''triple ' quote'''
r'\n' + R"\t"
b'\u00e9'
b'\xff' == b'ÿ'
rb'a'
br'a\x41'
'a' + b'b'
// only a comment
1 // trailing comment
1 /* no such comment */
true && // split \
false
[1, 2, 3,]
{'a': 1,}
[,]
{,}
{}
[]
[[]]
[{}]
{'a': {'b': []}}
{1: 'a', 1: 'b'}
{'a': 1, 'a': 2}
{1.0: 'a'}
{dyn(1.0): 'a'}
{null: 1}
{[]: 1}
{dyn([]): 1}
{true: 1, false: 2}
[1, 'a']
[1, null]
[1, 1u]
[dyn(1), 'a']
[1, dyn('a')]
[[1], ['a']]
[[], [1]]
[{}, {'a': 1}]
{'a': 1, 'b': 'c'}
{'a': dyn(1), 'b': dyn('c')}
true ? 1 : 'a'
true ? 1 : null
true ? dyn(1) : 'a'
true ? [] : [1]
1 == 1.0
1 == 1u
1 < 1.5
1u < 2
dyn(1) == dyn(1.0)
dyn(1) == dyn(1u)
dyn(1) == dyn('1')
dyn(1) in [dyn(1.0), dyn('a')]
null == null
null == 1
dyn(null) == dyn(1)
object == null
object == dyn(null)
params == null
request == null
type(1) == int
type(type(1)) == type
type(dyn(1)) == int
type([]) == list
type(null) == null_type
type(object) == map
int == type(1)
int
type(int)
list
google.protobuf.Timestamp
google.protobuf.Foo
kubernetes.UserInfo{}
kubernetes.UserInfo{username: 'a'}
kubernetes.UserInfo{nope: 'a'}
Object{}
Object{spec: Object.spec{replicas: 1}}
google.protobuf.Int64Value{value: 1}
google.protobuf.Duration{seconds: 1}
google.protobuf.Struct{}
google.protobuf.Value{number_value: 1.0}
google.protobuf.Timestamp{seconds: 1}
google.protobuf.NullValue.NULL_VALUE
has(object)
has(1)
has(object['a'])
has(object.?a)
has(object.a, 1)
has()
object.has(a)
[1].all(x)
[1].all(x, y, z, true)
[1].all(1, true)
[1].all(x.y, true)
[1].map(x, x, x, x)
[1].map('x', x)
[1].exists(x, x > 0 && x / 0 > 0)
[1, 2].all(x, x > 1 || x / 0 > 0)
[1, 0].exists(x, 1 / x > 0)
[0, 1].exists(x, 1 / x > 0)
[0, 1].all(x, 1 / x > 0)
[1, 0].exists_one(x, 1 / x > 0)
[0].filter(x, 1 / x > 0)
[1].map(__result__, __result__)
[1].map(x, [2].map(x, x))
[1].map(x, [2].map(y, x + y))
[1].map(object, object + 1)
{'a': 1}.all(k, v, v == 1)
{'a': 1}.map(k, v, v)
{'a': 1}.exists(k, k == 'a')
{'a': 1}.filter(k, k == 'a')
1.map(x, x)
'abc'.map(x, x)
dyn('abc').map(x, x)
dyn(1).all(x, true)
null.all(x, true)
object.map(x, x).size() >= 0
1 && true
true && 1
'a' || false
dyn('a') || true
true || dyn('a')
dyn('a') || false
dyn('a') && false
false && dyn(1)
dyn(1) && dyn(2)
!1
!dyn(1)
-true
-'a'
-dyn('a')
-9223372036854775807 - 1
-(-9223372036854775807 - 1)
(-9223372036854775807 - 1) / -1
(-9223372036854775807 - 1) % -1
9223372036854775807 + 1
9223372036854775807 * 2
0u - 1u
18446744073709551615u + 1u
1 / 0
1 % 0
1u / 0u
1u % 0u
1.0 / 0.0
-1.0 / 0.0
0.0 / 0.0
1.0 % 2.0
5 % -3
-5 % 3
-5 / 2
int(1e18)
int(9.3e18)
int(-9.3e18)
int(double('NaN'))
int(1.9) + int(-1.9)
uint(-1)
uint(-1.5)
uint(18446744073709551616.0)
uint(1.9)
double(9007199254740993)
double('0x1p-2')
string(1.0)
string(1e21)
string(-0.0)
string(100000000.0)
string(1e-7)
string(123456789.0)
string(double('NaN'))
string(b'\xff')
string(b'abc')
string(null)
string([1])
string(timestamp('2024-01-01T00:00:00.120Z'))
string(duration('90m'))
string(duration('1.5ms'))
bytes('é').size()
'é'.size()
'🐙'.size()
size('')
size(1)
'a'.size
'abc'.substring(1, 2)
'abc'.substring(2, 1)
'abc'.substring(-1)
'abc'.charAt(3)
'abc'.charAt(4)
'abc'[0]
'abc'.reverse()
'a' < 'B'
'a' * 2
[1, 2] + [3]
[1] + ['a']
[1] + dyn(['a'])
[1][0]
[1][1]
[1][-1]
[1][1u]
[1]['a']
[1][1.0]
[dyn(1)][dyn(0.0)]
[dyn(1)][dyn(0.5)]
[dyn(1)][dyn(0u)]
{'a': 1}['b']
{'a': 1}.b
{'a': 1}.a
{1: 'a'}[1u]
{1: 'a'}[dyn(1.0)]
{1: 'a'}[dyn(1u)]
{dyn(1): 'a'}[dyn('x')]
'a' in {'a': 1}
1 in {'a': 1}
dyn(1) in {'a': 1}
'a' in ['a', 'b']
'a' in 'abc'
dyn('a') in dyn('abc')
1 in dyn(1)
'a' in object
timestamp('2024-01-01T00:00:00Z') + duration('1h')
timestamp('9999-12-31T23:59:59Z') + duration('1s')
timestamp('0001-01-01T00:00:00Z') - duration('1s')
timestamp('2024-01-01T00:00:00Z') - timestamp('1700-01-01T00:00:00Z')
timestamp('9999-12-31T23:59:59Z') - timestamp('0001-01-01T00:00:00Z')
duration('2562047h') + duration('2562047h')
-duration('1s')
duration('1s') * 2
timestamp(1704067200)
timestamp(253402300800)
timestamp('2024-01-01T00:00:00Z').getHours('Nope')
timestamp('2024-01-01T00:00:00Z').getDayOfWeek()
duration('1h30m').getMinutes()
duration('1.5s').getMilliseconds()
int(timestamp('1969-12-31T23:59:59.5Z'))
int(duration('1s'))
timestamp('2024-01-01T00:00:00Z') < timestamp('2024-01-01T00:00:00.1Z')
dyn(timestamp('2024-01-01T00:00:00Z')) == dyn('2024-01-01T00:00:00Z')
optional.of(1)
optional.none()
optional.none() == optional.none()
optional.of(1) == optional.of(1)
optional.of(1) == optional.none()
optional.of(null)
optional.ofNonZeroValue(0)
optional.ofNonZeroValue('')
optional.ofNonZeroValue([])
optional.ofNonZeroValue({})
optional.ofNonZeroValue(null)
optional.ofNonZeroValue(false)
optional.ofNonZeroValue(duration('0s'))
optional.ofNonZeroValue(b'')
optional.none().value()
optional.none().orValue(1)
optional.none().or(optional.of(1))
optional.of(1).or(optional.of('a'))
optional.of(1).orValue('a')
optional.of([1])[0]
optional.of([1])[?5]
optional.of({'a': 1}).a
optional.of({'a': {'b': 2}}).a.b
optional.of({'a': 1}).?b.c
{'a': 1}.?a
{'a': 1}[?'b']
[1][?0]
[1][?-1]
[?optional.of(1), ?optional.none(), 2]
{?'a': optional.of(1), ?'b': optional.none()}
[?1]
{?'a': 1}
object.?spec.?containers[?0].?name.orValue('none')
object.?spec.containers.map(c, c.name)
has(object.?a.b)
optional.unwrap([optional.of(1), optional.none()])
[optional.of(1), optional.none()].unwrapOpt()
optional.of(1).optMap(x, x + 1)
optional.none().optMap(x, x + 1)
optional.of(1).optFlatMap(x, optional.none())
optional.of(1).optMap(1, 2)
1.optMap(x, x)
quantity('1') < quantity('2')
quantity('1') == quantity('1000m')
quantity('1').add(1)
quantity('1').add(quantity('1')).isGreaterThan(quantity('1'))
quantity('0.5').asInteger()
quantity('9223372036854775808').asInteger()
quantity('1e30').asApproximateFloat()
sign(quantity('-1'))
quantity('1').sign()
string(quantity('1'))
ip('10.0.0.1') == ip('10.0.0.1')
ip('10.0.0.1') < ip('10.0.0.2')
string(ip('::1'))
string(cidr('10.0.0.0/8'))
type(ip('::1')) == net.IP
cidr('10.1.2.3/8') == cidr('10.0.0.0/8')
cidr('10.0.0.0/8').containsIP('nope')
cidr('10.0.0.0/8').containsCIDR('nope')
cidr('10.0.0.0/8').ip()
cidr('::/0').containsIP('10.0.0.1')
url('https://a') == url('https://a')
url('https://a').getQuery()
url('a').getScheme()
isURL('https://a')
isURL(1)
semver('1.2.3') < semver('1.2.4')
semver('1.2.3+a') == semver('1.2.3+b')
semver('v1.2', true)
semver('v1.2', false)
format.dns1123Label().validate('A')
format.named('dns1123Label').value().validate('a').hasValue()
format.dns1123Label
format.dns1123Label() == format.dns1123Label()
'%s'.format(['a'])
'%s'.format('a')
'%d'.format(['a'])
'%d %s'.format([1])
'%s'.format([1, 'a'])
'%s %s'.format([1, 'a'])
'%s'.format([[1, 2]])
'%s'.format([{'a': 1}])
'%s'.format([null])
'%s'.format([int])
'%e'.format([1052.033])
'%.400f'.format([1.0])
'%z'.format([1])
object.s.format([1])
authorizer.path('/healthz').check('get').allowed()
authorizer
variables.x
request.object
request.uid
request.oldObject
request.nope
request.kind.nope
request['name']
request.userInfo.extra['x']
request.userInfo.extra.x
request.name + 1
namespaceObject.metadata.name == object.metadata.namespace
namespaceObject.metadata.nope
namespaceObject.kind
namespaceObject.metadata.creationTimestamp < timestamp('2030-01-01T00:00:00Z')
namespaceObject.metadata.creationTimestamp.getFullYear()
cel.bind(x, 1, x + 1)
math.greatest(1, 2)
base64.encode(b'a')
strings.quote('a"b')
strings.nope('a')
lists.range(3).map(x, x * x)
lists.range(-1)
[3, 1, 2].sort()
[3, 1, 2].sortBy(x, -x)
[[1], [2, [3]]].flatten()
[1, 2, 2].distinct()
[1, 2, 3].slice(1, 2)
[1, 2, 3].slice(2, 1)
[1, 2].reverse()
[1, 2].includes(1)
1.includes(1)
[1, 2].sum()
[dyn(1), dyn(2.0)].sum()
[].sum()
[].min()
[].max()
['a', 'b'].sum()
[double('NaN'), 1.0].min()
[1.0, double('NaN')].isSorted()
[duration('1s'), duration('2s')].sum()
sets.contains([1], [1, 1])
sets.equivalent([1], [1.0])
sets.intersects([], [1])
jsonpatch.escapeKey('a/b')
nope
nope.x
nope()
object.nope()
'a'.nope()
nope.f(1)
.object
..object
object.
object..a
object.1
object.in
object.true
object.if
object.namespace
object.as
object.package
if
in
for
null.a
true.a
1.a
(1).a
()
(1
1)
1 +
+ 1
1 + + 1
1 - - 1
1--1
!!true
!!!true
- - 1
a ? b
a ? : c
true ? false ? 1 : 2 : 3
false ? 1 : true ? 2 : 3
1 < 2 < 3
1 == 1 == true
1 in [1] in [true]
true || false && false
1 + 2 * 3
(1 + 2) * 3
2 * 3 % 4
10 - 3 - 2
1 = 1
a = 1
1 & 1
1 | 1
1 ^ 1
@
#
$x
\
é
'é' == 'é'
` + "`a`" + `
object.` + "`a-b`" + `
object.odd.` + "`a.b`" + `
object.odd.` + "`a/b`" + `
object.odd.` + "`x y`" + `
object[` + "`a`" + `]
_in_(1, [1])
__not_strictly_false__(true)
@in(1, [1])
_+_(1, 2)
_[_]
cel.@mapInsert({}, 'a', 1)
matches('abc', 'b')
matches('abc', '(')
'abc'.matches(object.s)
'abc'.matches('[')
'abc'.find('(')
object.s.find('l+')
'a1b2'.findAll('[0-9]')
'a1b2'.findAll('[0-9]', 1)
'a1b2'.findAll('[0-9]', -1)
'a1b2'.findAll('[0-9]', 0)
duration('nope')
timestamp('nope')
duration(object.s)
timestamp(object.s)
int('nope')
int(object.s)
bool('nope')
double('nope')
uint('-1')
ip('nope')
cidr('nope')
quantity('nope')
semver('nope')
url('no pe://')
`

// The tail of damage that makes an expression one that does not parse or check.
func (g *generator) spoil(expression string) string {
	switch g.rng.IntN(8) {
	case 0:
		return g.cut(expression)
	case 1:
		return g.insert(expression)
	case 2:
		return expression + g.pick(" +", ")", " 1", ".", ".nope()", "[", "]", " &&", " ? 1", "'", "{}", ".`", " in", "..")
	case 3:
		return "nope(" + expression + ")"
	case 4:
		return "(" + expression + ").nope(1)"
	case 5:
		return "(" + expression + ")" + g.pick(" + nope", " == undefined.name", " in 1", " ? 1 : 'a'", " && 1", ".all(1, true)", " + null", " < type(1)")
	case 6:
		return g.pick("!", "-", "size", "has", "duration", "ip.isCanonical", "[1, ", "(") + "(" + expression + ")"
	}
	return "(" + expression + ") " + g.pick("+", "&&", "==", "<", "in", "%", "||") + " " + g.literal(g.anyType(1)).operand(false)
}

func (g *generator) cut(expression string) string {
	runes := []rune(expression)
	from := g.rng.IntN(len(runes))
	to := min(len(runes), from+1+g.rng.IntN(3))
	return string(runes[:from]) + string(runes[to:])
}

func (g *generator) insert(expression string) string {
	runes := []rune(expression)
	at := g.rng.IntN(len(runes) + 1)
	return string(runes[:at]) + g.pick("(", ")", ",", "'", "\"", ".", "?", "1", " ", "\\", "`", "é", "#", "u", "!", "-", "[", "]", "{", "}", "//", "\n") + string(runes[at:])
}
