using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Records.Seals;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Archive;

/// <summary>Lists the files of a package with their hashes, and its seal; JSON whose keys stand in one order.</summary>
internal static class ArchiveManifest
{
    private static readonly JsonWriterOptions Readable =
        new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    public static string Write(PublishedEvent e, EventSeal seal, IReadOnlyList<ArchivedFile> files, DateTimeOffset madeAt)
    {
        using var manifest = new MemoryStream();
        using (var json = new Utf8JsonWriter(manifest, Readable))
        {
            json.WriteStartObject();
            json.WriteNumber("format", 1);
            json.WriteStartObject("event");
            json.WriteString("code", e.Code);
            json.WriteString("title", e.Title);
            json.WriteString("organization", e.Organization);
            json.WriteString("startsAt", SealCode.Time(e.StartsAt));
            json.WriteEndObject();
            json.WriteString("madeAt", SealCode.Time(madeAt));
            json.WriteString("deleteBy", e.Rules[0].Settings.EraseOn.ToString("O"));
            WriteSeal(json, seal);
            json.WriteStartArray("files");
            foreach (var file in files)
            {
                json.WriteStartObject();
                json.WriteString("path", file.Path);
                json.WriteNumber("bytes", file.Bytes);
                json.WriteString("sha256", Convert.ToHexStringLower(file.Hash));
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(manifest.ToArray());
    }

    public static void WriteSeal(Utf8JsonWriter json, EventSeal seal)
    {
        json.WriteStartObject("seal");
        json.WriteNumber("version", seal.Version);
        json.WriteString("sealedAt", SealCode.Time(seal.SealedAt));
        json.WriteNumber("leaves", seal.Leaves);
        json.WriteString("root", Convert.ToHexStringLower(seal.Root));
        json.WriteString("code", seal.Code);
        json.WriteEndObject();
    }
}
