using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Drawing.Report;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Report;

/// <summary>What people have added to the activity report of an event: words, in the language of the reader, and photos.</summary>
public sealed class ReportContributions(CampaignDbFactory dbFactory, InterfaceLanguages languages)
{
    /// <summary>The newest version of the words, which is printed; null where nobody has written any.</summary>
    public async Task<ReportVersion?> WordsAsync(int eventId, CancellationToken cancellationToken)
    {
        var language = languages.Current.Tag;
        await using var db = dbFactory.Open();
        return await db.ReportVersions.AsNoTracking().Where(v => v.EventId == eventId && v.Language == language)
            .OrderByDescending(v => v.Version).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>In the order in which they were uploaded.</summary>
    public async Task<IReadOnlyList<ReportPicture>> PhotosAsync(int eventId, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        return await db.ReportPhotos.Where(p => p.EventId == eventId).OrderBy(p => p.Id)
            .Select(p => new ReportPicture(p.Id, p.Caption, p.Bytes, p.Width, p.Height)).ToListAsync(cancellationToken);
    }
}
