using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Records.Archive;
using SafetyCampaign.Records.Seals;

namespace SafetyCampaign.Tests.Records;

/// <summary>What the verifier must compute as the server does: leaves, roots, codes and the hashes of texts, in one sample.</summary>
public sealed class ArchiveContractTests
{
    private static readonly DateTimeOffset Signed = new(2026, 7, 17, 1, 30, 0, TimeSpan.Zero);

    [Fact]
    public void The_archive()
    {
        var text = TextOf();
        var (leaves, lines) = LeavesOf(text);
        var hashes = ArchiveWriter.HashesOf(leaves);
        var root = MerkleTree.RootOf(hashes);
        var seal = new EventSeal(7, 2, Signed.AddHours(3), root, SealCode.Of("DEM001", 2, Signed.AddHours(3), 5, root), leaves);
        var content = ContentOf(2, text);
        var second = new SealedRequest(2, Salt(2), content, PledgeLeaf.HashOf(Salt(2), content), SealedRequestState.Counted);

        Holds(new JsonObject
        {
            ["event"] = "DEM001",
            ["leaves"] = new JsonArray([.. lines.Select(line => (JsonNode)line)]),
            ["hashes"] = new JsonArray([.. hashes.Chunk(32).Select(hash => (JsonNode)Convert.ToHexStringLower(hash))]),
            ["roots"] = new JsonArray([.. Enumerable.Range(0, 6)
                .Select(count => (JsonNode)Convert.ToHexStringLower(MerkleTree.RootOf(hashes.AsSpan(0, 32 * count))))]),
            ["texts"] = JsonNode.Parse(ArchivedTexts.Write([text])),
            ["receipt"] = JsonNode.Parse(ReceiptProof.Write("DEM001", "暑期防溺水宣传活动", seal, 1, second, MerkleTree.PathOf(hashes, 1))),
        });
    }

    private static (byte[] Leaves, List<string> Lines) LeavesOf(PledgeText text)
    {
        var leaves = new MemoryStream();
        var lines = new List<string>();
        for (var sequence = 1; sequence <= 5; sequence++)
        {
            var (content, erased) = (ContentOf(sequence, text), sequence == 4);
            var hash = erased ? PledgeLeaf.HashOfErased(HeadOf(4)) : PledgeLeaf.HashOf(Salt(sequence), content);
            leaves.Write([0, 0, 0, 0, 0, 0, 0, (byte)sequence, .. hash]);
            lines.Add(erased
                ? $"{sequence} - {Convert.ToHexStringLower(hash)}"
                : $"{sequence} {Convert.ToHexStringLower(Salt(sequence))} {content}");
        }
        return (leaves.ToArray(), lines);
    }

    private static string ContentOf(int sequence, PledgeText text) => PledgeLeaf.ContentOf(HeadOf(sequence),
    [
        new LeafSigner(0, SignerRole.Student, "𠮷小明·\"引号\"", null, SignatureKind.Handwritten, text.Version, text.ContentHash(), [1, 2, 3]),
    ]);

    private static Pledge HeadOf(int sequence) => new()
    {
        Sequence = sequence,
        Number = sequence,
        SignedAt = Signed.AddSeconds(sequence),
        Channel = SigningChannel.Phone,
        Digest = [.. Enumerable.Repeat((byte)sequence, 32)],
        Salt = [.. Enumerable.Repeat((byte)sequence, 16)],
        Signers = 1,
    };

    private static byte[] Salt(int sequence) => PledgeLeaf.SaltOf(HeadOf(sequence))!;

    private static PledgeText TextOf()
    {
        var campaign = new Campaign(new Organization("大塘冲社区", OrganizationKind.Community), "2026", new DateOnly(2026, 9, 30), Signed);
        OfficialTexts.WriteInto(campaign, Signed);
        return campaign.Texts.First(text => text.Role == SignerRole.Student);
    }

    private static void Holds(JsonObject written)
    {
        var file = Path.Combine(Source.Root, "tests", "contract", "archive.json");
        if (Environment.GetEnvironmentVariable("WRITE_CONTRACT") == "1")
            File.WriteAllText(file, written.ToJsonString(
                new JsonSerializerOptions { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(File.ReadAllText(file)), JsonNode.Parse(written.ToJsonString())),
            "tests/contract/archive.json is not what the server writes.");
    }
}
