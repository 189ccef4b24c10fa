using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text.Json.Nodes;

namespace SafetyCampaign.Tests.Operations.Malformed;

/// <summary>Wrong in what the frame holds: forms, files, JSON, strokes, frames of a WebSocket.</summary>
internal sealed partial class MalformedSource
{
    private const string HalfCharacter = "HALF";
    private const string UrlEncoded = "application/x-www-form-urlencoded";

    /// <summary>A form of a page with its token, and something in a field or two that no field takes.</summary>
    private MalformedCase FormFields()
    {
        var form = Any(target.Forms);
        var fields = form.Fields.ToList();
        for (var changes = 1 + random.Next(3); changes > 0; changes--)
        {
            var at = fields.Count == 0 ? 0 : random.Next(fields.Count);
            var name = fields.Count == 0 ? "x" : fields[at].Name;
            var other = random.Next(8) switch
            {
                0 => new FormField(name + "[", Value()),
                1 => new FormField($"{name}.{name}[0].{name}", Value()),
                2 => new FormField($"{name}[{Any(Junk)}]", Value()),
                _ => new FormField(name, Value()),
            };
            if (fields.Count > 0 && !name.StartsWith("__", StringComparison.Ordinal) && Sometimes(80))
                fields[at] = other;
            else
                fields.Add(other);
        }
        if (Sometimes(5))
            fields.AddRange(Enumerable.Range(0, 1100).Select(i => new FormField($"k{i}", "")));
        var body = string.Join('&', fields.Select(f => $"{Uri.EscapeDataString(f.Name)}={Uri.EscapeDataString(f.Value)}"));
        if (Sometimes(10))
            body += Any<string>(["&a[=1", "&%00=%00", "&=&=", "&a=%ff%fe", "&a=%zz", "&" + new string('k', 5000) + "=1",
                "&a" + string.Concat(Enumerable.Repeat("[a]", 400)) + "=1"]);
        return Framed("form", "POST", form.Action, $"Cookie: {form.Cookies}\r\nContent-Type: {UrlEncoded}\r\n", Text(body));
    }

    private MalformedCase FormType()
    {
        var form = Any(target.Forms);
        var type = Any<string>(
            [UrlEncoded + "; charset=utf-7", UrlEncoded + "; charset=nosuch", UrlEncoded + "; charset=utf-16", UrlEncoded + "; charset=",
            UrlEncoded + ";;;",
                UrlEncoded + "; charset=\"", "application/json", "text/xml", "multipart/form-data", "multipart/form-data; boundary=",
                "multipart/form-data; boundary=" + new string('b', 5000), "multipart/form-data; boundary=\"",
                "multipart/mixed; boundary=b", CanaryText(), ""]);
        var body = string.Join('&', form.Fields.Select(f => $"{Uri.EscapeDataString(f.Name)}={Uri.EscapeDataString(f.Value)}"));
        return Framed("form type", "POST", form.Action, $"Cookie: {form.Cookies}\r\nContent-Type: {type}\r\n",
            Text(Sometimes(70) ? body : Value()));
    }

    private MalformedCase Parts()
    {
        var form = Sometimes(60) ? target.Film : Any(target.Forms);
        var boundary = Any<string>(["b", "----b", new('b', 69), new('b', 71)]);
        var parts = string.Concat(form.Fields.Select(f => Part($"name=\"{f.Name}\"", f.Value)));
        parts += Part(Any<string>(["name=\"film\"; filename=\"x.mp4\"", "name=film", "", "name=\"film\"; filename*=UTF-8''%00%ff",
            "filename=x", "name=\"film\"; filename=\"\""]), Value());
        if (Sometimes(20))
            parts += Part("name=" + new string('n', 20_000), "v");
        if (Sometimes(20))
            parts += $"--{boundary}\r\nno colon{CanaryText()}\r\n\r\nv\r\n";
        var body = Text(parts + (Sometimes(70) ? $"--{boundary}--\r\n" : ""));
        return Framed("parts", "POST", form.Action, $"Cookie: {form.Cookies}\r\nContent-Type: multipart/form-data; boundary={boundary}\r\n",
            Sometimes(40) ? Mutate(body) : body);

        string Part(string disposition, string value) =>
            $"--{boundary}\r\nContent-Disposition: form-data; {disposition}\r\n\r\n{value}\r\n";
    }

    private MalformedCase SignBody()
    {
        var request = target.Sign.DeepClone();
        request["key"] = Guid.CreateVersion7().ToString();
        var places = Places(request).ToList();
        for (var changes = 1 + random.Next(2); changes > 0; changes--)
            Any(places)(JunkNode());
        string[] broken = ["", "{", "null", "[]", "\"x\"", new('[', 2000), "{}{}", "\uFEFF{}", "{\"key\":1,\"key\":2}"];
        string[] types = ["application/json", "application/json", "application/json; charset=utf-7", "text/plain", "application/x+json"];
        var body = Text(Sometimes(10) ? Any(broken) : Json(request));
        return Framed("sign request", "POST", $"/api/events/{target.Code}/pledges",
            $"Content-Type: {Any(types)}\r\n",
            Sometimes(30) ? Mutate(body) : body);
    }

    /// <summary>Half a surrogate pair can be sent, but no document of ours can hold it.</summary>
    private static string Json(JsonNode request) => request.ToJsonString().Replace(HalfCharacter, "\\ud800");

    private MalformedCase Strokes()
    {
        var request = target.Sign.DeepClone();
        request["key"] = Guid.CreateVersion7().ToString();
        var ink = Base64Url.DecodeFromChars((string)request["signers"]![0]!["signature"]!);
        request["signers"]![0]!["signature"] = random.Next(5) switch
        {
            0 => Base64Url.EncodeToString(Noise(random.Next(300))),
            1 => Any<string>(["data:image/png;base64,AAAA", "<svg/>", "A", "====", "á", CanaryText(), new('A', 24_000)]),
            2 => Base64Url.EncodeToString([.. ink, .. Noise(3)]),
            3 => Base64Url.EncodeToString(ink.AsSpan(0, random.Next(ink.Length))),
            _ => Base64Url.EncodeToString(Mutate(ink)),
        };
        return Framed("strokes", "POST", $"/api/events/{target.Code}/pledges", "Content-Type: application/json\r\n",
            Text(request.ToJsonString()));
    }

    /// <summary>Every place of a document, as the act that puts something else there.</summary>
    private static IEnumerable<Action<JsonNode?>> Places(JsonNode node)
    {
        if (node is JsonObject properties)
            foreach (var (name, value) in properties.ToList())
            {
                yield return other => properties[name] = other;
                foreach (var place in value is null ? [] : Places(value))
                    yield return place;
            }
        if (node is JsonArray items)
            for (var i = 0; i < items.Count; i++)
            {
                var at = i;
                yield return other => items[at] = other;
                foreach (var place in items[i] is { } item ? Places(item) : [])
                    yield return place;
            }
    }

    private JsonNode? JunkNode() => random.Next(12) switch
    {
        0 => null,
        1 => JsonValue.Create(random.NextInt64(long.MinValue, long.MaxValue)),
        2 => JsonNode.Parse("1e300"),
        3 => JsonNode.Parse("-0.5"),
        4 => new JsonArray([.. Enumerable.Range(0, random.Next(60)).Select(i => JsonValue.Create(i))]),
        5 => JsonNode.Parse(new string('[', 60) + new string(']', 60)),
        6 => new JsonObject { [Value()] = Value() },
        7 => JsonValue.Create(random.Next(2) == 0),
        8 => JsonValue.Create(HalfCharacter),
        _ => JsonValue.Create(Value()),
    };

    private MalformedCase Negotiation() => random.Next(4) switch
    {
        0 => Framed("negotiation", "POST", $"/hubs/display/negotiate?negotiateVersion={Uri.EscapeDataString(Value())}", "", []),
        1 => Framed("negotiation", "POST", "/hubs/display/negotiate", $"Content-Type: application/json\r\n", Text(Value())),
        2 => Framed("negotiation", "POST", $"/hubs/display?id={Uri.EscapeDataString(Value())}", "", Text(Value())),
        _ => Get("negotiation", $"/hubs/display?id={Uri.EscapeDataString(Value())}&transport={Uri.EscapeDataString(Any(Junk))}"),
    };

    /// <summary>A WebSocket that opens as it should, and then sends what no screen does.</summary>
    private MalformedCase Frame()
    {
        var frames = new List<byte>();
        if (Sometimes(70))
            frames.AddRange(TextFrame("{\"protocol\":\"json\",\"version\":1}\u001e"));
        for (var more = random.Next(4); more >= 0; more--)
            frames.AddRange(random.Next(8) switch
            {
                0 => Noise(random.Next(1, 200)),
                1 => [0x81, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], // longer than there can be
                2 => [0x81, 0x05, .. "plain"u8], // not masked
                3 => [.. TextFrame(CanaryText()), 0x89, 0xFE, 0xFF, 0xFF], // a ping that is too long
                4 => TextFrame(
                    "{\"type\":1,\"target\":\"Watch\",\"invocationId\":\"1\",\"arguments\":[" + JunkNode()?.ToJsonString() + "]}\u001e"),
                5 => TextFrame($"{{\"type\":{random.Next(-1, 12)},\"target\":\"{CanaryText()}\",\"arguments\":[]}}\u001e"),
                6 => TextFrame("{\"type\":1,\"target\":\"Shows\",\"arguments\":[\"x\",\"y\"]}\u001e{\"type\":1}\u001e{\u001e"),
                _ => TextFrame(Value()),
            });
        return new MalformedCase("frames", Head("GET", "/hubs/display",
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"),
            Frames: [.. frames]);
    }

    /// <summary>Masked with zeros, as far as a frame of 64 KB goes.</summary>
    private static byte[] TextFrame(string text)
    {
        var payload = Text(text);
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)payload.Length);
        return payload.Length < 126
            ? [0x81, (byte)(0x80 | payload.Length), 0, 0, 0, 0, .. payload]
            : [0x81, 0xFE, .. length, 0, 0, 0, 0, .. payload];
    }
}
