using System.Text.Json.Nodes;
using SafetyCampaign.Tests.Schools;
using SafetyCampaign.Tests.Schools.Rosters;
using SkiaSharp;

namespace SafetyCampaign.Tests.Operations.Malformed;

/// <summary>Files that begin as what they are to be and are damaged then; what a class's device and another program send.</summary>
internal sealed partial class MalformedSource
{
    private static readonly byte[] Sheet = SheetWriter.Xlsx(new DrawnSheet("五1", ["座号", "姓名"], [1, "王小明"], [2, "李小红"]));

    private static readonly byte[][] WholeFiles =
    [
        Sheet, TestPicture.Of(SKEncodedImageFormat.Jpeg, 300, 200), TestPicture.Of(SKEncodedImageFormat.Png, 300, 200),
        TestPicture.Of(SKEncodedImageFormat.Webp, 300, 200),
        TestPicture.WithMetadata(TestPicture.Of(SKEncodedImageFormat.Jpeg, 30, 20), MalformedCase.Canary),
        [0xEF, 0xBB, 0xBF, .. "座号,姓名\r\n1,王小明\r\n"u8],
    ];

    private static readonly string[] FileFields = ["files", "file", "Picture", "Form.Photo", "Form.Picture", "film"];

    /// <summary>A form with a file, right in its frame and in its token; the file is one of another kind, damaged, or cut.</summary>
    private MalformedCase Files()
    {
        var form = Any([.. target.Forms.Where(form => form.InParts)]);
        var boundary = $"part{made++}";
        List<byte> body = [];
        foreach (var field in form.Fields.Where(field => !FileFields.Contains(field.Name)))
            body.AddRange(Text($"--{boundary}\r\nContent-Disposition: form-data; name=\"{field.Name}\"\r\n\r\n{field.Value}\r\n"));
        for (var files = 1 + random.Next(3); files > 0; files--)
        {
            var file = Any(WholeFiles);
            file = random.Next(5) switch
            {
                0 => file[..random.Next(file.Length)],
                1 => [.. file, .. Noise(random.Next(2000))],
                2 => Noise(random.Next(3000)),
                _ => Mutate(file),
            };
            var name = Any(FileFields);
            var called = Any<string>(["x.jpg", "x.xlsx", "../x.png", CanaryText(), new string('x', 300), "a\u202E.jpg"]);
            body.AddRange(Text($"--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{called}\"\r\n"
                + $"Content-Type: {Any<string>(["image/jpeg", "application/zip", CanaryText(), ""])}\r\n\r\n"));
            body.AddRange(file);
            body.AddRange("\r\n"u8);
        }
        body.AddRange(Text($"--{boundary}--\r\n"));
        return Framed("files", "POST", form.Action,
            $"Cookie: {form.Cookies}\r\nContent-Type: multipart/form-data; boundary={boundary}\r\n", [.. body]);
    }

    private MalformedCase ClassBody()
    {
        JsonNode request = Sometimes(70) ? ClassSigning.Pupil("王小明", 1)
            : new JsonObject { ["seat"] = 1, ["answer"] = "declined" };
        if (request["key"] is not null)
            request["key"] = Guid.CreateVersion7().ToString();
        var places = Places(request).ToList();
        for (var changes = 1 + random.Next(2); changes > 0; changes--)
            Any(places)(JunkNode());
        if (Sometimes(30))
            request["signedAt"] = JunkNode();
        var secret = Sometimes(85) ? target.ClassSecret : Uri.EscapeDataString(Any(Junk) + CanaryText());
        var query = Sometimes(30) ? $"?event={Uri.EscapeDataString(Value())}" : "";
        var body = Text(Sometimes(10) ? Any<string>(["", "{", "null", "[]", "\"x\"", "{}"]) : Json(request));
        return Framed("class's device", "POST", $"/api/class/{secret}/{Any<string>(["pledges", "answers"])}{query}",
            "Content-Type: application/json\r\n", Sometimes(30) ? Mutate(body) : body);
    }

    private MalformedCase ByToken()
    {
        var token = Sometimes(60) ? target.Token : Any<string>(["", "Bearer", CanaryText(), new string('x', 4000), "pledges_"]);
        var scheme = Any<string>(["Bearer", "Bearer", "bearer", "Basic", ""]);
        var names = Any<string[]>([["after", "limit"], ["from", "to"], ["cursor"], ["class", "role"], ["at"], ["x[", ""]]);
        var query = string.Join('&', names.Select(name => $"{name}={Uri.EscapeDataString(Value())}"));
        var address = Any<string>(
            [$"/api/events/{target.Code}/signers", "/api/rollup", $"/api/events/{Uri.EscapeDataString(Any(Junk))}x/signers"]);
        return Get("token", $"{address}?{query[..Math.Min(query.Length, 6000)]}", $"Authorization: {scheme} {token}\r\n");
    }
}
