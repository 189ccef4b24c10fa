using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Records.Archive;

/// <summary>The signed versions of the texts as data, from which the verifier computes their hashes anew.</summary>
public static class ArchivedTexts
{
    private static readonly JsonWriterOptions Readable =
        new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    public static string Write(IEnumerable<PledgeText> texts)
    {
        using var content = new MemoryStream();
        using (var json = new Utf8JsonWriter(content, Readable))
        {
            json.WriteStartArray();
            foreach (var text in texts)
            {
                json.WriteStartObject();
                json.WriteString("role", text.Role.WireName());
                json.WriteNumber("version", text.Version);
                json.WriteString("sha256", Convert.ToHexStringLower(text.ContentHash()));
                Write(json, text.Wording);
                json.WriteStartArray("translations");
                foreach (var translation in text.Translations)
                {
                    json.WriteStartObject();
                    json.WriteString("language", translation.Language);
                    json.WriteNumber("direction", (int)translation.Direction);
                    json.WriteBoolean("official", translation.Official);
                    Write(json, translation.Wording);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(content.ToArray());
    }

    private static void Write(Utf8JsonWriter json, PledgeWording wording)
    {
        json.WriteString("title", wording.Title);
        json.WriteStartArray("clauses");
        foreach (var clause in wording.Clauses)
            json.WriteStringValue(clause);
        json.WriteEndArray();
        json.WriteString("closing", wording.Closing);
    }
}
