using System.Buffers.Text;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Intake;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Load.Host;

/// <summary>
/// A database context for each request, which adds the rows and saves: the same tables and the same sync as ours. It is
/// spared the checks and the counting, so it is faster than it would be in earnest.
/// </summary>
internal sealed class ContextPerRequest
{
    private readonly DbContextOptions<SqliteCampaignDb> options;
    private int last;

    private ContextPerRequest(string file)
    {
        var builder = new DbContextOptionsBuilder<SqliteCampaignDb>();
        SqliteCampaignDb.Configure(builder, $"Data Source={file}");
        options = builder.Options;
    }

    public static async Task<ContextPerRequest> CreateAsync(string file)
    {
        var contexts = new ContextPerRequest(file);
        await using var db = contexts.Open();
        await db.Database.MigrateAsync();
        return contexts;
    }

    public async Task<int> StoreAsync(SignRequest request)
    {
        await using var db = Open();
        var signer = request.Signers![0];
        var number = Interlocked.Increment(ref last);
        db.Add(new Pledge
        {
            Sequence = number,
            Number = number,
            Key = request.Key!.Value.ToByteArray(bigEndian: true),
            EventId = 1,
            TextId = 1,
            ClassId = request.ClassId,
            Role = SignerRole.Guardian,
            Name = signer.Name,
            SignedAt = DateTimeOffset.UtcNow,
            Signers = 1,
        });
        db.Add(new Signature { Sequence = number, Strokes = Base64Url.DecodeFromChars(signer.Signature) });
        await db.SaveChangesAsync();
        return number;
    }

    private SqliteCampaignDb Open() => new(options, new CurrentAccessScope { Current = AccessScope.Everything });
}
