using System.Buffers.Text;
using System.Text;

namespace SafetyCampaign.Load.Phones;

/// <summary>What a phone was told: 201 or 200 with a receipt and a number, else the status alone.</summary>
internal readonly record struct Answer(int Status, string Receipt, int Number)
{
    public bool IsSigned => Status is 200 or 201;

    /// <summary>Reads an HTTP/1.1 answer once it is whole. With one request under way at a time, what has come is of one answer.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Answer answer)
    {
        answer = default;
        var head = bytes.IndexOf("\r\n\r\n"u8);
        if (head < 0 || !IsWhole(bytes[..head], bytes[(head + 4)..]))
            return false;
        Utf8Parser.TryParse(bytes[9..], out int status, out _); // "HTTP/1.1 201 …"
        answer = ReadBody(status, bytes[(head + 4)..]);
        return true;
    }

    /// <summary>What a whole body says.</summary>
    public static Answer ReadBody(int status, ReadOnlySpan<byte> body) => status is 200 or 201
        ? new Answer(status, Text(body, "\"receipt\":\""u8), Whole(body, "\"number\":"u8))
        : new Answer(status, "", 0);

    private static bool IsWhole(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        var at = head.IndexOf("Content-Length: "u8);
        if (at < 0)
            at = head.IndexOf("content-length: "u8); // as Node writes it
        if (at < 0)
            return body.EndsWith("0\r\n\r\n"u8); // in chunks
        Utf8Parser.TryParse(head[(at + 16)..], out int length, out _);
        return body.Length >= length;
    }

    private static string Text(ReadOnlySpan<byte> body, ReadOnlySpan<byte> name)
    {
        var rest = body[(body.IndexOf(name) + name.Length)..];
        return Encoding.ASCII.GetString(rest[..rest.IndexOf((byte)'"')]);
    }

    private static int Whole(ReadOnlySpan<byte> body, ReadOnlySpan<byte> name)
    {
        Utf8Parser.TryParse(body[(body.IndexOf(name) + name.Length)..], out int number, out _);
        return number;
    }
}

/// <summary>A key whose pledge the server says is on disk.</summary>
/// <param name="SentAt">A <see cref="System.Diagnostics.Stopwatch"/> timestamp, of the first try; 0 where nobody asks how
/// long it took.</param>
internal readonly record struct Acknowledged(Guid Key, int People, Answer Answer, long SentAt = 0, long AnsweredAt = 0);
