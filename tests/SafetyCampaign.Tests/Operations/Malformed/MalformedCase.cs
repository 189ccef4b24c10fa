using System.Text;
using System.Text.RegularExpressions;

namespace SafetyCampaign.Tests.Operations.Malformed;

/// <summary>A request that no client of ours sends.</summary>
/// <param name="Kind">What is wrong with it.</param>
/// <param name="Bytes">As it goes over the wire.</param>
/// <param name="Framed">Begins and ends where it says, so the next one may follow on the same connection.</param>
/// <param name="Ends">Nothing follows: the sending half is closed.</param>
/// <param name="Frames">Sent once the connection has become a WebSocket.</param>
internal sealed partial record MalformedCase(string Kind, byte[] Bytes, bool Framed = false, bool Ends = false, byte[]? Frames = null)
{
    /// <summary>In every value that is sent, so that a log or an answer that repeats one is found.</summary>
    public const string Canary = "CANARY";

    /// <summary>The request for a test's message.</summary>
    public string Shown
    {
        get
        {
            var text = new StringBuilder();
            foreach (var b in Bytes)
                text.Append(b is >= 32 and < 127 ? ((char)b).ToString() : $"\\x{b:x2}");
            var shown = Cookies().Replace(text.ToString(), "Cookie: …");
            return shown.Length > 1000 ? $"{shown[..1000]}…" : shown;
        }
    }

    [GeneratedRegex(@"Cookie: .{60,}?(?=\\x0d)")]
    private static partial Regex Cookies();
}
