using System.Text;

namespace SafetyCampaign.Load.Phones;

/// <summary>
/// A sign request as bytes on the wire, made once for a phone; each time only the key in it is written anew. The cost of
/// making requests must not be measured as the server's.
/// </summary>
internal sealed class SignMessage
{
    private readonly byte[] bytes;
    private readonly int bodyAt;
    private readonly int keyAt;

    private SignMessage(string path, string body)
    {
        Path = path;
        var head =
            $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: "
                + $"application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n";
        bytes = Encoding.UTF8.GetBytes(head + body);
        bodyAt = Encoding.UTF8.GetByteCount(head);
        keyAt = bytes.AsSpan().IndexOf("00000000-0000-0000-0000-000000000000"u8);
    }

    public ReadOnlyMemory<byte> Bytes => bytes;

    public string Path { get; }

    /// <summary>The JSON alone.</summary>
    public ReadOnlyMemory<byte> Json => bytes.AsMemory(bodyAt);

    /// <summary>How many people sign in it.</summary>
    public required int People { get; init; }

    /// <summary>A guardian who signs alone.</summary>
    public static SignMessage Guardian(string path, int classId) =>
        new(path, Body(classId, Signer("guardian", "王芳", "mother"))) { People = 1 };

    /// <summary>A pupil and a parent, as most who sign do.</summary>
    public static SignMessage Family(string path, int classId) =>
        new(path, Body(classId, Signer("student", "王小明", null) + "," + Signer("guardian", "王芳", "mother"))) { People = 2 };

    /// <summary>A pupil and a parent with names of their own for each number, up to two million.</summary>
    public static SignMessage FamilyOf(string path, int classId, int number) =>
        new(path, Body(classId, Signer("student", NameOf(number), null) + "," + Signer("guardian", NameOf(number), "mother")))
        {
            People = 2,
        };

    /// <summary>The same child again, with another guardian each time: counted once.</summary>
    public static SignMessage SameChild(string path, int classId, int number) =>
        new(path, Body(classId, Signer("student", "李同一", null) + "," + Signer("guardian", NameOf(number), null))) { People = 2 };

    /// <summary>A pupil on the teacher's device, by the class link.</summary>
    public static SignMessage Pupil(string secret, string code, int classId, int seat, DateTimeOffset signedAt) =>
        new($"/api/class/{secret}/pledges?event={code}",
            $$$"""
            {"key":"{{{Guid.Empty}}}","textVersions":{"student":1},"classId":{{{classId}}},"signers":[{{{Signer("student", "王小明", null)}}}],"seat":{{{seat}}},"signedAt":"{{{signedAt:O}}}"}
            """)
        { People = 1 };

    /// <summary>A name of its own for each number.</summary>
    private static string NameOf(int number) => $"王{(char)('一' + number / 100)}{(char)('一' + number % 100)}";

    public void Carry(Guid key) => key.TryFormat(bytes.AsSpan(keyAt), out _);

    private static string Body(int classId, string signers) =>
        $$$"""
        {"key":"{{{Guid.Empty}}}","textVersions":{"student":1,"guardian":1},"classId":{{{classId}}},"signers":[{{{signers}}}],"consents":{"guardian":true,"showMaskedName":false}}
        """;

    private static string Signer(string role, string name, string? relation)
    {
        var said = relation is null ? "null" : $"\"{relation}\"";
        return $$"""{"role":"{{role}}","name":"{{name}}","relation":{{said}},"signature":"{{Ink.Signature}}"}""";
    }
}
