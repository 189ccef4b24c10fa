using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Records.Seals;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Archive;

/// <summary>
/// The proof that a receipt's pledge is in the newest seal of its event, for the verifier: what was signed, and the hashes beside its way
/// to the root. There is none before an archive was made, none of a pledge that was corrected, withdrawn or erased.
/// </summary>
public sealed class ReceiptProof(Receipts receipts, SealedRequests requests, PublishedEvents events, StoreGate gate)
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task<IResult> SendAsync(string receipt, HttpContext http)
    {
        var cancellationToken = http.RequestAborted;
        http.Response.Headers["X-Robots-Tag"] = "noindex";
        if (await receipts.FindAsync(receipt, cancellationToken) is not { } signed
            || await events.FindAsync(signed.EventId, cancellationToken) is not { } e
            || await SealAsync(e.Id, cancellationToken) is not { } seal
            || SealedRequests.IndexIn(seal.LeafHashes, signed.Receipt.Sequence) is var index && index < 0
            || await requests.FindAsync(e.Id, signed.Receipt.Sequence, cancellationToken) is not { } request)
            return Results.NotFound();
        var hashes = ArchiveWriter.HashesOf(seal.LeafHashes);
        if (!hashes.AsSpan(index * MerkleTree.HashLength, MerkleTree.HashLength).SequenceEqual(request.Hash))
            return Results.NotFound(); // sealed otherwise than it stands now
        return Results.File(Encoding.UTF8.GetBytes(Write(e.Code, e.Title, seal, index, request, MerkleTree.PathOf(hashes, index))),
            "application/json", $"proof-{signed.Receipt.Verification}.json");
    }

    /// <summary>As the verifier reads it.</summary>
    public static string Write(
        string eventCode, string title, EventSeal seal, int index, SealedRequest request, IReadOnlyList<byte[]> path)
    {
        using var proof = new MemoryStream();
        using (var json = new Utf8JsonWriter(proof, Readable))
        {
            json.WriteStartObject();
            json.WriteNumber("format", 1);
            json.WriteString("kind", "receipt");
            json.WriteStartObject("event");
            json.WriteString("code", eventCode);
            json.WriteString("title", title);
            json.WriteEndObject();
            ArchiveManifest.WriteSeal(json, seal);
            json.WriteNumber("index", index);
            json.WriteString("salt", Convert.ToHexStringLower(request.Salt!));
            json.WriteString("content", request.Content);
            json.WriteStartArray("path");
            foreach (var hash in path)
                json.WriteStringValue(Convert.ToHexStringLower(hash));
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(proof.ToArray());
    }

    private Task<EventSeal?> SealAsync(int eventId, CancellationToken cancellationToken) => gate.ReadAsync(
        (db, cancelled) => db.Seals.AsNoTracking().Where(s => s.EventId == eventId).OrderByDescending(s => s.Version)
            .FirstOrDefaultAsync(cancelled), cancellationToken);
}
