using System.Text;

namespace SafetyCampaign.Tests.Operations.Malformed;

/// <summary>Wrong in the frame: request line, headers, length of the body.</summary>
internal sealed partial class MalformedSource
{
    private MalformedCase RequestLine()
    {
        var method = Any<string>(["GET", "get", "POST", "TRACE", "CONNECT", "PRI", "G@T", "", "DELETE", "OPTIONS", new('A', 300), "G\0T"]);
        var address = Any<string>(
            ["/", "*", "", "http://evil.example/x", "/%00", "//evil.example/x", "/%zz", "/..%2f..%2fetc/passwd", "\\", "/%c0%af",
                "/?" + CanaryText(),
                $"/{CanaryText()}", $"/{new string('a', 9000)}", "http://[::1", "/%2e%2e/%2e%2e", "/ /", $"/r/{CanaryText()}/..",
                "/%ff%fe"]);
        var version = Any<string>(["HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/1.2", "HTTP/9.9", "HTTP/2.0", "", "HTTX/1.1", "http/1.1",
            "HTTP/1.1 x"]);
        var line = Sometimes(15)
            ? [.. Noise(1 + random.Next(60)), .. "\r\n"u8]
            : Encoding.Latin1.GetBytes($"{method} {address} {version}\r\n");
        return new MalformedCase("request line", [.. line, .. Text($"Host: {Host}\r\nConnection: close\r\n\r\n")], Ends: Sometimes(30));
    }

    private MalformedCase NamedHost()
    {
        string[] hosts =
        [
            "a..b", "x:99999", ".", "", "..", "a.", ".a", "x:", "x:0", "x:-1", "x:1:2", "x:٣", new string('a', 64) + ".cn",
            string.Concat(Enumerable.Repeat("abcdefgh.", 40)) + "cn", "xn--", "xn--a", "xn--\u0000", "xn--zzzzzzzzzzzzzzz99999", "[::1",
                "[::1]:99999",
            "[]", "[::g]", "[::1]]", "a b", "a,b", "a/b", "a@b", "user:pass@x", "a\\b", "%00", "%2e", "*", "*.x", "-", "-a-", "_",
            "evil.example",
            "LOCALHOST:80", "127.0.0.1:65536", "999.999.999.999", "0x7f.1", "a\u00E9b", CanaryText() + "..x",
        ];
        var host = Sometimes(80) ? Any(hosts) : Any(hosts) + Any(hosts);
        var lines = random.Next(10) switch
        {
            0 => "",
            1 => $"Host: {host}\r\nHost: {Any(hosts)}\r\n",
            _ => $"Host: {host}\r\n",
        };
        var version = lines == "" || Sometimes(10) ? "1.0" : "1.1";
        return new MalformedCase("host", Encoding.Latin1.GetBytes($"GET {AnyPage()} HTTP/{version}\r\n{lines}Connection: close\r\n\r\n"));
    }

    private MalformedCase HeaderLine()
    {
        var value = random.Next(12) switch
        {
            0 => CanaryText() + new string('x', 17_000),
            1 => string.Join(',', Enumerable.Range(0, 400).Select(i => $"x{i};q=0.{i}")),
            2 => Encoding.Latin1.GetString(Noise(random.Next(200))).Replace('\r', ' ').Replace('\n', ' '),
            _ => Value().Replace('\r', ' ').Replace('\n', ' '),
        };
        string[] names =
        [
            "Accept-Language", "Accept", "Accept-Encoding", "Cookie", "If-None-Match", "If-Modified-Since", "Range", "Content-Type",
            "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Content-Encoding", "Expect", "TE", "Upgrade", "Connection",
            "Sec-WebSocket-Key", "Origin", "Referer", "User-Agent", "Authorization", "Forwarded", "X-HTTP-Method-Override", "traceparent",
            "Content-Length", "Transfer-Encoding", "RequestVerificationToken", "Keep-Alive", "Date", "X-" + CanaryText(), "", " x", "x y",
            "x\0",
        ];
        string[] cookies = ["lang", "device", "desk", $"host-{target.Code}", ".AspNetCore.Mvc.CookieTempDataProvider",
            ".AspNetCore.Antiforgery.x", ""];
        var line = random.Next(20) switch
        {
            0 => string.Concat(Enumerable.Range(0, 150).Select(i => $"X-{i}: {i}\r\n")),
            1 => $"no colon {CanaryText()}\r\n",
            2 => $"X: a\r\n {CanaryText()}\r\n",
            3 => $"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
            4 => $"Content-Length: {Any<string>(["-1", "+1", "1e3", "99999999999999999999", "5, 5", "0x5", ""])}\r\n",
            5 or 6 or 7 or 8 => $"Cookie: {Any(cookies)}={value}\r\n",
            _ => $"{Any(names)}: {value}\r\n",
        };
        return new MalformedCase("header", Encoding.Latin1.GetBytes(
            $"{(Sometimes(80) ? "GET" : "HEAD")} {AnyPage()} HTTP/1.1\r\nHost: {Host}\r\n{line}Connection: close\r\n\r\n"), Ends: true);
    }

    private MalformedCase Chunks()
    {
        string[] bodies =
        [
            "FFFFFFFFFFFFFFFF\r\nabc", "FFFFFFFF\r\nabc", "80000000\r\nabc", "7FFFFFFF\r\nabc", "-1\r\nabc", "zz\r\nabc", "\r\n",
            "3\r\nabcdef\r\n0\r\n\r\n",
            "3\r\nab", "3;x=" + new string('y', 5000) + "\r\nabc\r\n0\r\n\r\n", "0\r\nX: y\r\n\r\n", "0\r\nTrailer" + new string('z',
            40_000) + ": y\r\n\r\n",
            "3 \r\nabc\r\n0\r\n\r\n", "00000000000000000000003\r\nabc\r\n0\r\n\r\n", "3\nabc\n0\n\n", "0x3\r\nabc\r\n0\r\n\r\n",
            "3\r\nabc\r\n0\r\n",
        ];
        var (address, type) = random.Next(4) switch
        {
            0 => ($"/api/events/{target.Code}/pledges", "application/json"),
            1 => (Any(target.Forms).Action, "application/x-www-form-urlencoded"),
            2 => (target.Film.Action, "multipart/form-data; boundary=b"),
            _ => ("/hubs/display/negotiate", "text/plain"),
        };
        var coding = Any<string>(["chunked", "chunked", "chunked", "chunked, chunked", "gzip, chunked", "identity", "x"]);
        var body = Text(Any(bodies));
        return new MalformedCase("chunks",
            [
                .. Head("POST", address,
                    $"Cookie: {target.Film.Cookies}\r\nContent-Type: {type}\r\nTransfer-Encoding: {coding}\r\nConnection: close\r\n"),
                .. Sometimes(30) ? Mutate(body) : body], Ends: true);
    }

    /// <summary>A body that is shorter than its length says, and nothing more comes.</summary>
    private MalformedCase CutOff()
    {
        var (address, type, body) = random.Next(3) switch
        {
            0 => ($"/api/events/{target.Code}/pledges", "application/json", target.Sign.ToJsonString()),
            1 => (Any(target.Forms).Action, "application/x-www-form-urlencoded", $"Name={CanaryText()}&x=y"),
            _ => (target.Film.Action, "multipart/form-data; boundary=b",
                $"--b\r\nContent-Disposition: form-data; name={CanaryText()}\r\n\r\n"),
        };
        var whole = Text(body);
        return new MalformedCase("cut off",
            [.. Head("POST", address, $"Cookie: {target.Film.Cookies}\r\nContent-Type: {type}\r\nContent-Length: {whole.Length + 100}\r\n"),
                .. whole.AsSpan(0, random.Next(whole.Length))], Ends: true);
    }

    private MalformedCase Query()
    {
        var names = Any<string[]>([["lang"], ["c", "read", "lang"], ["handler"], ["returnUrl"], ["Search", "State", "Older"], ["id",
            "event"], ["Code", "x[", "[0].y"]]);
        var query = string.Join('&', names.Select(name => $"{name}={(Sometimes(70) ? Uri.EscapeDataString(Value()) : Raw())}"));
        return Get("query", $"{AnyPage().Split('?')[0]}?{query[..Math.Min(query.Length, 7000)]}");

        string Raw() => Any<string>(["%00", "%ff", "%", "%zz", "%u0041", "&&&==", "%ed%a0%80", "a[=1", "=", "%0d%0aX-Injected:%201", "[]"]);
    }

    private MalformedCase PagePath()
    {
        var parts = Any(target.Addresses).Split('?')[0].Split('/');
        parts[random.Next(1, parts.Length)] = Any<string>(
            ["%00", "%ff", "..", "%2e%2e", "-1", "99999999999999999999", "%20", CanaryText(), "%0a", "null", new string('9', 400), "",
                "%5c", "a%2fb", "%E2%80%AE"]);
        return Get("path", string.Join('/', parts));
    }
}
