using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Records.Book;
using SafetyCampaign.Records.Lists;
using SafetyCampaign.Records.Report;
using SafetyCampaign.Records.Seals;
using SafetyCampaign.Records.Verifier;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Archive;

/// <summary>
/// Puts an event's archive package together: numbered files to read, and beside them the leaves of all pledges, their hashes and a
/// manifest, by which the verifier in it finds whatever was changed since. It needs as much memory for 100,000 pledges as for 600, but for
/// 40 bytes a pledge.
/// </summary>
public sealed class ArchiveWriter(
    CampaignDbFactory dbFactory, SealedRequests requests, PledgeBook book, BookPdf bookPdf, PledgeList pledges, FamilyList families,
    CoverageList coverage, ListWording lists, ReportPdf report, ArchivePapers papers, ArchivePictures pictures, AuditLines audit,
    VerifierFile verifier, IStringLocalizer<ArchiveText> words, PublishedEvents published, SealTimestamps timestamps, TimeProvider time)
{
    private const string Leaves = "data/leaves.txt";
    private const string Hashes = "data/hashes.txt";
    private const string Texts = "data/texts.json";
    private const string SealContent = "data/seal.txt";
    private const string SealToken = "data/seal.tst";
    private const string Manifest = "manifest.json";
    private const string SealPaper = "seal.txt";

    /// <summary>The files to read that every package has, and two that stand in it where there are such pictures.</summary>
    private const int InEvery = 10;
    private const int Photos = 11;
    private const int Paper = 12;

    /// <summary>Of the progress: the leaves, then the book.</summary>
    private const int LeavesPerCent = 45;
    private const int BookPerCent = 90;

    /// <param name="file">Empty, to be sought.</param>
    /// <param name="e">The event.</param>
    /// <param name="progress">Told how many per cent of 100.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>The package's code, over its manifest.</returns>
    public async Task<string> WriteAsync(
        FileStream file, PublishedEvent e, Action<int, int> progress, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var zip = new ArchiveZip(file, e.Local(now));
        var seal = await SealAsync(zip, e, now, progress, cancellationToken);
        _ = timestamps.StampAsync(seal.Id, cancellationToken); // meanwhile; the package does not wait for it
        var texts = await book.TextsAsync(e.Id, classId: null, cancellationToken);
        await zip.AddAsync(Texts, ArchivedTexts.Write(texts));

        await zip.AddAsync(Name(2), papers.Plan(e));
        await zip.AddAsync(Name(3), papers.Wordings(e, texts));
        await AddBookAsync(zip, file.Name, e, progress, cancellationToken);
        var (children, _) = await families.ReadAsync(e, new SignerFilter(), now, cancellationToken);
        var everyPledge = pledges.Of(e, new SignerFilter(), now);
        await zip.AddAsync(Name(5), to => XlsxList.WriteAsync(to, everyPledge, lists["Notes"], cancellationToken), isPacked: true);
        await zip.AddAsync(Name(6), to => XlsxList.WriteAsync(to, children, lists["Notes"], cancellationToken), isPacked: true);
        var classes = await coverage.ReadAsync(e, new SignerFilter(), now, cancellationToken);
        await zip.AddAsync(Name(7), to => XlsxList.WriteAsync(to, classes, lists["Notes"], cancellationToken), isPacked: true);
        await zip.AddAsync(Name(8), to => report.WriteAsync(to, e, cancellationToken), isPacked: true);
        await zip.AddAsync(Name(9), to => audit.WriteAsync(to, e, cancellationToken));
        await zip.AddAsync(Name(10), verifier.Html);

        var listed = Enumerable.Range(1, InEvery).Select(key => (Name(key), key)).ToList();
        if (await pictures.AddPhotosAsync(zip, e, cancellationToken) is { Count: > 0 } photos)
            await AddPageAsync(Photos, papers.Photos(e, photos));
        if (await pictures.AddPaperAsync(zip, e, cancellationToken) is { Count: > 0 } sheets)
            await AddPageAsync(Paper, papers.Paper(e, sheets));

        var stamped = await AddTimestampAsync(zip, e, seal, cancellationToken);
        await zip.AddAsync(Name(1), papers.Contents(e, listed, seal, stamped));
        var manifest = ArchiveManifest.Write(e, seal, zip.Files, now);
        var code = SealCode.Of((await zip.AddAsync(Manifest, manifest)).Hash);
        await zip.AddAsync(SealPaper, words["SealPaper", e.Title, seal.Code, seal.Version, e.Local(seal.SealedAt), code,
            e.Rules[0].Settings.EraseOn].Value.ReplaceLineEndings("\r\n"));
        progress(100, 100);
        return code;

        async Task AddPageAsync(int key, string page)
        {
            listed.Add((Name(listed.Count + 1, key), key));
            await zip.AddAsync(listed[^1].Item1, page);
        }
    }

    /// <summary>The authority's token over the seal, and what it is over, where there is one by now.</summary>
    /// <returns>What the authority's clock said.</returns>
    private async Task<DateTimeOffset?> AddTimestampAsync(
        ArchiveZip zip, PublishedEvent e, EventSeal seal, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var stamp = await db.Seals.Where(s => s.Id == seal.Id).Select(s => new { s.Timestamp, s.TimestampedAt })
            .SingleAsync(cancellationToken);
        if (stamp is not { Timestamp: { } token, TimestampedAt: { } at })
            return null;
        await zip.AddAsync(SealContent, to => to.WriteAsync(
            SealCode.ContentOf(e.Code, seal.Version, seal.SealedAt, seal.Leaves, seal.Root), cancellationToken).AsTask());
        await zip.AddAsync(SealToken, to => to.WriteAsync(token, cancellationToken).AsTask());
        return at;
    }

    private string Name(int number) => Name(number, number);

    /// <param name="number">Its place among the files to read, from 1, which is the contents.</param>
    /// <param name="key">Of its words.</param>
    private string Name(int number, int key) => $"{number.ToString("00", CultureInfo.InvariantCulture)}-{words[$"File.{key}"]}";

    /// <summary>Writes the leaves; keeps a new seal where they differ from those of the last.</summary>
    private async Task<EventSeal> SealAsync(
        ArchiveZip zip, PublishedEvent e, DateTimeOffset now, Action<int, int> progress, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var last = await db.Seals.Where(s => s.EventId == e.Id).OrderByDescending(s => s.Version).FirstOrDefaultAsync(cancellationToken);
        var count = Math.Max(1, await requests.CountAsync(e.Id, cancellationToken));
        var leaves = new MemoryStream();
        var listed = new StringBuilder();
        await zip.AddAsync(Leaves, async to =>
        {
            await using var lines = new StreamWriter(to, leaveOpen: true) { NewLine = "\n" };
            await foreach (var request in requests.ReadAsync(e.Id, last?.LeafHashes ?? [], cancellationToken))
            {
                var hash = Convert.ToHexStringLower(request.Hash);
                var salt = request.Salt is { } its ? Convert.ToHexStringLower(its) : "-";
                await lines.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"{request.Sequence} {salt} {request.Content ?? hash}").AsMemory(), cancellationToken);
                listed.Append(CultureInfo.InvariantCulture, $"{request.Sequence} {hash} {request.State.WireName()}\n");
                Add(leaves, request);
                progress((int)Math.Min(LeavesPerCent, LeavesPerCent * leaves.Length / EventSeal.LeafLength / count), 100);
            }
        });
        await zip.AddAsync(Hashes, listed.ToString());
        return await KeepAsync(db, e, last, leaves.ToArray(), now, cancellationToken);
    }

    private static void Add(MemoryStream leaves, SealedRequest request)
    {
        Span<byte> sequence = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(sequence, request.Sequence);
        leaves.Write(sequence);
        leaves.Write(request.Hash);
    }

    private async Task<EventSeal> KeepAsync(
        CampaignDb db, PublishedEvent e, EventSeal? last, byte[] leaves, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (last is not null && last.LeafHashes.AsSpan().SequenceEqual(leaves))
            return last;
        var root = MerkleTree.RootOf(HashesOf(leaves));
        var at = new DateTimeOffset(now.UtcTicks - now.UtcTicks % TimeSpan.TicksPerSecond, TimeSpan.Zero);
        var version = (last?.Version ?? 0) + 1;
        var code = SealCode.Of(e.Code, version, at, leaves.Length / EventSeal.LeafLength, root);
        var seal = db.Seals.Add(new EventSeal(e.Id, version, at, root, code, leaves)).Entity;
        last?.Supersede();
        await db.SaveChangesAsync(cancellationToken);
        if (last is null)
            await published.ContentChangedAsync(x => x.Id == e.Id); // receipts have a proof from now on
        return seal;
    }

    /// <summary>The hashes alone, one after the other.</summary>
    public static byte[] HashesOf(ReadOnlySpan<byte> leaves)
    {
        var hashes = new byte[leaves.Length / EventSeal.LeafLength * MerkleTree.HashLength];
        for (var i = 0; i < hashes.Length / MerkleTree.HashLength; i++)
            leaves.Slice(i * EventSeal.LeafLength + 8, MerkleTree.HashLength).CopyTo(hashes.AsSpan(i * MerkleTree.HashLength));
        return hashes;
    }

    /// <summary>The book is sought while it is drawn, so it is drawn beside the package and copied.</summary>
    private async Task AddBookAsync(
        ArchiveZip zip, string beside, PublishedEvent e, Action<int, int> progress, CancellationToken cancellationToken)
    {
        await using var drawn = new FileStream(beside + ".book", FileMode.Create, FileAccess.ReadWrite, FileShare.None, 4096,
            FileOptions.DeleteOnClose);
        await bookPdf.WriteAsync(drawn, e, only: null, await book.PlanAsync(e, classId: null, cancellationToken),
            (page, pages) => progress(LeavesPerCent + (BookPerCent - LeavesPerCent) * page / pages, 100), cancellationToken);
        drawn.Position = 0;
        await zip.AddAsync(Name(4), to => drawn.CopyToAsync(to, cancellationToken), isPacked: true);
    }
}
