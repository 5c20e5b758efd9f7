package celgen

// A corpus holds texts that a function accepts, edge cases among them, and texts that it refuses.
type corpus struct{ good, bad []string }

// Texts by what a function reads from them. A string argument that domains (below) names draws from
// its corpus, every other from "text".
var corpora = map[string]corpus{
	"text": {good: []string{"", "a", "A", "abc", "aXbXc", "hello world", "  padded\t", "żółw", "日本語", "🐙 café", "é", "a,b,c",
		"a.b.c", "kube-system", "Privileged", "%s", "'quoted' \"both\"", "line\nbreak", "back\\slash", "null", "true",
		"0", "-1", "aaaa", "nginx:1.25@sha256:abc", "ÀÉÎ", "ﬁ", "\u0000", "\u200b"}},
	"letter": {good: []string{"", "a", "b", "X", ",", ".", " ", "é", "語", "🐙", "aa", "bc", "l", "-"}},
	"integer": {good: []string{"0", "1", "-1", "42", "9223372036854775807", "-9223372036854775808", "-0", "007", "+5"},
		bad: []string{"9223372036854775808", "18446744073709551615", "18446744073709551616", "1.0", "1e3", "0x10", " 1", "", "abc", "1_000"}},
	"double": {good: []string{"0", "1.5", "-2.25e3", "NaN", "Infinity", "-Infinity", "1e308", "5e-324", ".5", "1.", "-0", "0x1p4", "inf", "+Inf", "nan"},
		bad: []string{"1e309", "", "abc", "1_0", "1e400", " 1", "1e"}},
	"boolean": {good: []string{"true", "false", "True", "FALSE", "t", "F", "1", "0", "TRUE"}, bad: []string{"yes", "", "tRUE", "2"}},
	"regex": {good: []string{"", "a", "^a.*c$", "[a-z]+", "^[0-9]+$", "(a)(b)", "a|b|c", "\\d+", "\\p{L}+", "(?i)ABC", "^$", ".", "b{2,3}",
		"\\bhello\\b", "[^,]+", "(?s).*", "(?P<n>a)", "\\pN", "x*", "a{,2}", "[[:alpha:]]+", "\\x41", "\\Qa.b\\E", "(?U)a+", "(?m)^b", "\\w*?l", "[\\s\\S]", "é+", "\\z", "(?<n>a)", "(?P<_1>[(?<])", "\\Q(?<\\E|a"},
		bad: []string{"(", "[", "(?=a)", "\\1", "*", "a**", "a{1001}", "\\", "(?<=a)", "[z-a]", "\\p{Nope}", "\\C", "(?<é>a)", "(?<>a)", "(?<n"}},
	"duration": {good: []string{"0", "0s", "1s", "-1s", "1h", "90m", "1h2m3.5s", "-1h30m", "1.5h", "100ms", "1us", "1µs", "1ns", ".5s", "1.s", "+5s", "9223372036s", "2562047h47m16.854775807s", "87600h", "0.000000001s", "0.0000000001s"},
		bad: []string{"1d", "1", "", "s", "-", "1h-1m", "9223372037s", "2562047h47m16.854775808s", "1s 2s", "1H", "1.5.5s", "∞s"}},
	"timestamp": {good: []string{"1970-01-01T00:00:00Z", "2024-02-29T23:59:59.999999999Z", "2009-02-13T23:31:30+02:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z",
		"9999-12-31T23:59:59.999999999Z", "2024-01-01T00:00:00-08:30", "2024-01-01T00:00:00.1234567891Z", "2024-06-15T12:30:45.5Z", "1969-12-31T23:59:59.5Z", "2024-03-10T10:30:00Z", "2024-11-03T06:30:00Z"},
		bad: []string{"2024-12-31T23:59:60Z", "10000-01-01T00:00:00Z", "0000-12-31T23:59:59Z", "2023-02-29T00:00:00Z", "2024-01-01", "2024-01-01T00:00:00", "2024-01-01t00:00:00z", "", "now",
			"2024-01-01T24:00:00Z", "2024-01-01T00:00:00+24:00", "2024-01-01T1:02:03Z", "2024-01-01T00:00:00,5Z", "2024-01-01 00:00:00Z"}},
	"zone": {good: []string{"UTC", "", "America/New_York", "Asia/Kolkata", "Europe/Berlin", "Australia/Sydney", "+02:00", "-08:30", "05:30", "00:00", "-00:00",
		"23:59", "America/St_Johns", "Pacific/Apia", "US/Pacific", "+14:00", "25:00", "-00:30", "GMT", "EST", "-1:05"},
		bad: []string{"+5", "Not/AZone", "1:60", "a:b", ":", "utc", "1:-1", "../etc", "1:2:3"}},
	"quantity": {good: []string{"0", "1", "-1", "100m", "0.5", "1.5Gi", "1024Mi", "1Ki", "1k", "1000m", "1e3", "1E3", "12e6", "0.001", "1n", "1u", "5E", "1Ei", "9223372036854775807", ".5", "1.", "+1", "-0",
		"9223372036854775808", "-9223372036854775809", "1e19", "0.0000000001", "1e-9", "1e-10", "1M", "1Mi", "123456789123456789123456789", "0.9999999999", "1E", "100n", "1P", "3.7Ti"},
		bad: []string{"1 Gi", "1gi", "1K", "", "abc", "1.5.5", "--1", "0x1", "1ki", "1e", "1e1.5", "∞", ".", "+"}},
	"ip": {good: []string{"10.0.0.1", "127.0.0.1", "0.0.0.0", "255.255.255.255", "169.254.1.1", "224.0.0.1", "239.255.255.255", "::", "::1", "fe80::1", "ff02::1", "2001:db8::abcd",
		"2001:DB8::ABCD", "2001:db8:0:0:0:0:0:abcd", "::1.2.3.4", "ff01::1", "192.168.0.1", "ff12::1", "fec0::1"},
		bad: []string{"::ffff:1.2.3.4", "fe80::1%eth0", "010.0.0.1", "1.2.3", "1.2.3.4.5", "256.0.0.1", "", "abc", "1.2.3.4/24", " 1.2.3.4", "::g", "1::2::3", "1:2:3:4:5:6:7:8:9", "12345::"}},
	"cidr": {good: []string{"10.0.0.0/8", "10.1.2.3/8", "0.0.0.0/0", "192.168.0.0/16", "127.0.0.1/32", "::/0", "2001:db8::/32", "2001:db8::1/128", "fe80::/10", "10.0.0.0/0", "10.128.0.0/9"},
		bad: []string{"10.0.0.0/33", "10.0.0.0", "10.0.0.0/", "10.0.0.0/08", "::ffff:1.2.3.0/120", "::/129", "", "abc/8", "10.0.0/8", "10.0.0.0/-1", "fe80::1%eth0/64", "1.2.3.4/+8"}},
	"url": {good: []string{"https://example.com", "https://user:pw@example.com:8443/a/b?x=1&y=2&x=3#frag", "http://[::1]:80/", "http://[2001:db8::1%25eth0]/", "/relative", "mailto:a@b", "a:b:c",
		"https://example.com/a%20b/c", "http://", "ftp://h/x;y", "https://é.com/ü?ö=ä", "https://example.com?x", "https://example.com?x=", "https://example.com?%zz=1", "https://h?a=1;b=2",
		"//host/path", "https://h/a?q=a+b%2Bc", "https://example.com/a b"},
		bad: []string{"relative", "https://example.com:port/", "://", "", "https://EXAMPLE.com/%zz", "http://a:80:90/", "http://[::1", "\u007f", "https://a b/", "1http://a"}},
	"semver": {good: []string{"1.2.3", "0.0.0", "1.2.3-alpha.1", "1.2.3+build.5", "1.2.3-rc.1+build", "18446744073709551615.0.0", "1.0.0-alpha.beta", "1.0.0-alpha.10", "1.0.0-alpha.9", "2.0.0", "9223372036854775808.1.1"},
		bad: []string{"v1.2.3", "1.2", "1", "01.2.3", "1.2.3-01", "", "1.2.3.4", "a.b.c", "18446744073709551616.0.0", "1.0.0-", "1.0.0+", "1.0.0-alpha..1", " 1.2.3", "v01.02", "-1.2.3", "1.2.3-é", "v1", "01.02.003-rc"}},
	"format name": {good: []string{"dns1123Label", "dns1123Subdomain", "dns1035Label", "qualifiedName", "dns1123LabelPrefix", "dns1123SubdomainPrefix", "dns1035LabelPrefix",
		"labelValue", "uri", "uuid", "byte", "date", "datetime"}, bad: []string{"nope", "", "DNS1123Label"}},
	"format input": {good: []string{"", "a", "my-name", "My-Name", "my.sub.domain", "-bad", "bad-", "1abc", "a/b", "example.com/name", "example.com/", "/name", "a_b", "a..b", "a-b.c", "a.",
		"00000000-0000-0000-0000-000000000000", "123e4567-e89b-12d3-a456-426614174000", "123E4567E89B12D3A456426614174000", "aGVsbG8=", "aGVsbG8", "aGVs", "2024-02-29", "2023-02-29", "2024-2-9",
		"2024-01-01T00:00:00Z", "2024-01-01 00:00:00", "2024-01-01T00:00:00+01:00", "https://example.com/x", "/x", "x y", "ąę", "aGVsbG8\n",
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}},
	"key":    {good: []string{"", "a", "a/b", "a~b", "k8s.io/my~label", "~1", "//", "~~", "é/ü"}},
	"quoted": {good: []string{"", "plain", "quote\"s", "tab\tnew\nline\rreturn", "bell\a back\b form\f vert\v", "back\\slash", "日本", "\u0000", "'"}},
}

// verbs are conversions of the format function, with the types they take.
var formatVerbs = []struct {
	verb  string
	kinds string
}{
	{"%s", "bool int uint double string bytes google.protobuf.Timestamp google.protobuf.Duration list map null_type type"},
	{"%d", "int uint"}, {"%f", "double int uint"}, {"%.3f", "double"}, {"%.0f", "double"}, {"%e", "double"}, {"%.2e", "double"},
	{"%b", "int uint bool"}, {"%o", "int uint"}, {"%x", "int uint string bytes"}, {"%X", "int uint string bytes"},
}

// domains name the corpus of a string argument, by overload and place (the receiver is place 0). Where
// an overload has an integer that must stay small, the name is "small".
var domains = map[string][]string{
	"string_to_bool": {"boolean"}, "string_to_int64": {"integer"}, "string_to_uint64": {"integer"}, "string_to_double": {"double"},
	"string_to_duration": {"duration"}, "string_to_timestamp": {"timestamp"},
	"string_to_quantity": {"quantity"}, "is_quantity_string": {"quantity"},
	"string_to_ip": {"ip"}, "is_ip": {"ip"}, "ip_is_canonical": {"ip"}, "cidr_contains_ip_string": {"", "ip"},
	"string_to_cidr": {"cidr"}, "is_cidr": {"cidr"}, "cidr_contains_cidr_string": {"", "cidr"},
	"string_to_url": {"url"}, "is_url_string": {"url"},
	"string_to_semver": {"semver"}, "string_bool_to_semver": {"semver"}, "is_semver_string": {"semver"}, "is_semver_string_bool": {"semver"},
	"format-named": {"format name"}, "format-validate": {"", "format input"},
	"string_jsonpatch_escapeKey_string": {"key"},
	"matches":                           {"", "regex"}, "matches_string": {"", "regex"}, "string_find_string": {"", "regex"},
	"string_find_all_string": {"", "regex"}, "string_find_all_string_int": {"", "regex", "small"},
	"string_char_at_int": {"", "small"}, "string_substring_int": {"", "small"}, "string_substring_int_int": {"", "small", "small"},
	"string_index_of_string": {"", "letter"}, "string_last_index_of_string": {"", "letter"},
	"string_index_of_string_int": {"", "letter", "small"}, "string_last_index_of_string_int": {"", "letter", "small"},
	"string_replace_string_string": {"", "letter", "letter"}, "string_replace_string_string_int": {"", "letter", "letter", "small"},
	"string_split_string": {"", "letter"}, "string_split_string_int": {"", "letter", "small"},
	"contains_string": {"", "letter"}, "starts_with_string": {"", "letter"}, "ends_with_string": {"", "letter"},
	"list_join_string": {"", "letter"}, "strings_quote": {"quoted"},
	"lists_range": {"tiny"}, "list_slice": {"", "small", "small"}, "list_flatten_int": {"", "small"},
	"index_list": {"", "small"}, "list_optindex_optional_int": {"", "small"}, "optional_list_index_int": {"", "small"},
	"optional_list_optindex_optional_int": {"", "small"}, "int64_to_timestamp": {"seconds"},
	"timestamp_to_year_with_tz": {"", "zone"}, "timestamp_to_month_with_tz": {"", "zone"}, "timestamp_to_day_of_year_with_tz": {"", "zone"},
	"timestamp_to_day_of_month_with_tz": {"", "zone"}, "timestamp_to_day_of_month_1_based_with_tz": {"", "zone"},
	"timestamp_to_day_of_week_with_tz": {"", "zone"}, "timestamp_to_hours_with_tz": {"", "zone"}, "timestamp_to_minutes_with_tz": {"", "zone"},
	"timestamp_to_seconds_tz": {"", "zone"}, "timestamp_to_milliseconds_with_tz": {"", "zone"},
}

func domainOf(id string, place int) string {
	if names := domains[id]; place < len(names) {
		return names[place]
	}
	return ""
}
