using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace SafetyCampaign.Tests.Operations.Malformed;

/// <summary>A form as a page offers it, with the cookies that its token belongs to.</summary>
internal sealed record OfferedForm(string Action, string Cookies, IReadOnlyList<FormField> Fields, bool InParts);

/// <summary>What the running program has, for requests that come as far as possible before they are wrong.</summary>
/// <param name="Code">Of an open event.</param>
/// <param name="Sign">A right sign request of it.</param>
/// <param name="Receipt">The secret of a receipt's address.</param>
/// <param name="Addresses">Of pages, some with forms.</param>
/// <param name="Forms">Of the desk and of the public.</param>
/// <param name="Film">The form that takes a file.</param>
/// <param name="ClassSecret">Of a class link.</param>
/// <param name="Token">By which another program reads counts and lists.</param>
internal sealed record MalformedTarget(
    string Code, JsonObject Sign, string Receipt, IReadOnlyList<string> Addresses, IReadOnlyList<OfferedForm> Forms, OfferedForm Film,
    string ClassSecret, string Token);

/// <summary>Makes malformed requests. The same seed makes the same requests, but for the secrets that the target has.</summary>
internal sealed partial class MalformedSource(int seed, MalformedTarget target)
{
    private const string Host = "localhost";

    /// <summary>Values that fields of every kind have trouble with.</summary>
    private static readonly string[] Junk =
    [
        "", " ", "x", "-1", "0", "2147483648", "99999999999999999999", "1e999", "NaN", "true,false", "on", "null", "[]", "{}", "[", "a[=1",
        "\0", "\u202Ename", "a\u200Bb", "\uFEFF", "👨‍👩‍👧", "\n", "\t", "'; DROP TABLE pledges; --", "<script>alert(1)</script>",
        "{0}{1}{99}",
        "%s%n", "../../etc/passwd", "..\\..\\", "//evil.example/x", "/\\evil.example", "javascript:alert(1)", "2026-13-45T99:99",
        "0001-01-01T00:00", "9999-12-31T23:59", "00000000-0000-0000-0000-000000000000", "=1+1", "\uFFFD",
    ];

    private readonly Random random = new(seed);
    private int made;

    /// <summary>The requests, of all kinds, mixed.</summary>
    public MalformedCase[] Make(int count)
    {
        (int Share, Func<MalformedCase> Make)[] kinds =
        [
            (10, RequestLine), (10, NamedHost), (14, HeaderLine), (8, Chunks), (20, FormFields), (6, FormType), (6, Parts), (14, SignBody),
            (6, Strokes), (6, Query), (6, PagePath), (4, Negotiation), (4, Frame), (2, CutOff), (6, Files), (6, ClassBody), (4, ByToken),
        ];
        var shares = kinds.Sum(kind => kind.Share);
        var cases = new List<MalformedCase>();
        foreach (var (share, make) in kinds)
            for (var i = 0; i < (count * share + shares - 1) / shares; i++)
                cases.Add(make());
        var mixed = cases.ToArray();
        random.Shuffle(mixed);
        return mixed;
    }

    private T Any<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];

    private bool Sometimes(int in100) => random.Next(100) < in100;

    /// <summary>A junk value; a long one now and then. Each has a canary, where it does not have to be short to be junk.</summary>
    private string Value() => random.Next(10) switch
    {
        0 => CanaryText() + new string('x', random.Next(6000)),
        1 or 2 => CanaryText(),
        3 => Letters(1 + random.Next(40)),
        4 => Any(Junk) + CanaryText(),
        _ => Any(Junk),
    };

    private string CanaryText() => $"{MalformedCase.Canary}{made++}";

    private string Letters(int length) => string.Create(length, random, (chars, letters) =>
    {
        for (var i = 0; i < chars.Length; i++)
            chars[i] = (char)letters.Next(1, letters.Next(2) == 0 ? 0x7F : 0x3000);
    });

    private byte[] Noise(int length)
    {
        var noise = new byte[length];
        random.NextBytes(noise);
        return noise;
    }

    /// <summary>Changes some bytes: another one, one less, one more, a piece twice.</summary>
    private byte[] Mutate(byte[] bytes)
    {
        var changed = bytes.ToList();
        for (var changes = 1 + random.Next(4); changes > 0 && changed.Count > 0; changes--)
        {
            var at = random.Next(changed.Count);
            switch (random.Next(4))
            {
                case 0: changed[at] = (byte)random.Next(256); break;
                case 1: changed.RemoveAt(at); break;
                case 2: changed.Insert(at, (byte)random.Next(256)); break;
                default: changed.InsertRange(at, changed.GetRange(at, Math.Min(8, changed.Count - at))); break;
            }
        }
        return [.. changed];
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Head(string method, string target, string headers) =>
        Encoding.Latin1.GetBytes($"{method} {target} HTTP/1.1\r\nHost: {Host}\r\n{headers}\r\n");

    /// <summary>A request that is right in its frame, whatever it holds.</summary>
    private static MalformedCase Framed(string kind, string method, string target, string headers, byte[] body) => new(kind,
        [.. Head(method, target, headers + $"Content-Length: {body.Length.ToString(CultureInfo.InvariantCulture)}\r\n"), .. body],
        Framed: true);

    private static MalformedCase Get(string kind, string target, string headers = "") =>
        new(kind, Head("GET", target, headers), Framed: true);

    private string AnyPage() => Sometimes(50) ? Any(target.Addresses) : Any<string>(
        ["/", "/nothing", "/organize", $"/e/{target.Code}", $"/display/{target.Code}", $"/api/events/{target.Code}",
            $"/api/events/{target.Code}/tally", $"/r/{target.Receipt}", $"/host/{target.Code}", "/verify", "/img/lifebuoy.svg",
            "/healthz/live", "/openapi/v1.json", $"/e/{target.Code}/qr.svg"]);
}
