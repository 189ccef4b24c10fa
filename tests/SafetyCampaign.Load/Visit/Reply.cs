using System.Buffers.Text;
using System.Text;

namespace SafetyCampaign.Load.Visit;

/// <summary>An answer as it came over the line.</summary>
/// <param name="Length">Bytes of head and body.</param>
/// <param name="Body">Without the head, as it was encoded; in chunks where the server sent them.</param>
/// <param name="Cookies">What a browser would send back from now on; empty where none was set.</param>
internal readonly record struct Reply(int Status, int Length, ReadOnlyMemory<byte> Body, string Cookies)
{
    /// <summary>Reads an HTTP/1.1 answer once it is whole. With one request under way at a time, what has come is of one answer.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> came, out Reply reply)
    {
        reply = default;
        var bytes = came.Span;
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0 || !IsWhole(bytes[..end], bytes[(end + 4)..]))
            return false;
        Utf8Parser.TryParse(bytes[9..], out int status, out _); // "HTTP/1.1 200 …"
        reply = new Reply(status, came.Length, came[(end + 4)..], CookiesOf(bytes[..end]));
        return true;
    }

    private static bool IsWhole(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        var at = head.IndexOf("Content-Length: "u8);
        if (at < 0)
            return body.EndsWith("0\r\n\r\n"u8); // in chunks
        Utf8Parser.TryParse(head[(at + 16)..], out int length, out _);
        return body.Length >= length;
    }

    private static string CookiesOf(ReadOnlySpan<byte> head)
    {
        if (head.IndexOf("Set-Cookie: "u8) < 0)
            return "";
        return string.Join("; ", Encoding.ASCII.GetString(head).Split("\r\n").Where(line => line.StartsWith("Set-Cookie: "))
            .Select(line => line["Set-Cookie: ".Length..].Split(';')[0]));
    }
}
