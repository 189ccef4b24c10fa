using SafetyCampaign.Campaigns;
using SafetyCampaign.Intake;
using SafetyCampaign.Schools.Paper.Reading;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Paper;

/// <summary>
/// Puts what families signed on take-home slips into rows of their pupils, which are decided and counted as those of class sheets: on
/// pages of their own, for each of the versions of the texts and of the consent with which the slips were issued.
/// </summary>
public sealed class SlipPhotos(SlipRegistry registry, PaperSheets sheets, TimeProvider time)
{
    /// <summary>Keeps the slips of one photo. The caller saves.</summary>
    /// <inheritdoc cref="PaperPhotos.TakeAsync"/>
    public async Task<IReadOnlyList<PhotoOutcome>> KeepAsync(CampaignDb db, PublishedEvent e, int? classId, IReadOnlySet<int> mayTake,
        IReadOnlyList<ReadSlip> slips, CancellationToken cancellationToken)
    {
        var outcomes = new List<PhotoOutcome>();
        var taken = new List<(FoundSlip Slip, ReadSlip Read)>();
        foreach (var read in slips)
        {
            var found = await registry.FindAsync(read.Code, cancellationToken);
            if (found is null) // deleted with the pledge, or with the pupil
                outcomes.Add(PhotoOutcome.SlipEnded);
            else if (found.EventId != e.Id)
                outcomes.Add(PhotoOutcome.OtherEvent);
            else if (classId is { } only ? found.ClassId != only : !mayTake.Contains(found.ClassId))
                outcomes.Add(PhotoOutcome.OtherClass);
            else if (found.IsEnded)
                outcomes.Add(PhotoOutcome.SlipEnded);
            else
                taken.Add((found, read));
        }
        foreach (var alike in taken.GroupBy(it => (it.Slip.ClassId, TextsOf(it.Slip), it.Slip.Consent?.RulesVersion,
            Convert.ToHexString(it.Slip.Consent?.WordingHash ?? []))))
            outcomes.AddRange(await PlaceAsync(db, e, [.. alike], cancellationToken));
        return outcomes;
    }

    /// <summary>The versions with which a slip was issued; null for one from before these were kept.</summary>
    private static SheetTexts? TextsOf(FoundSlip slip) =>
        slip.StudentTextId is { } student ? new SheetTexts(student, slip.GuardianTextId) : null;

    /// <param name="taken">Of one class, with the same texts and consent.</param>
    private async Task<IReadOnlyList<PhotoOutcome>> PlaceAsync(
        CampaignDb db, PublishedEvent e, List<(FoundSlip Slip, ReadSlip Read)> taken, CancellationToken cancellationToken)
    {
        var (classId, texts, consent) = (taken[0].Slip.ClassId, TextsOf(taken[0].Slip), taken[0].Slip.Consent);
        var inOrder = taken.OrderBy(it => it.Slip.Seat ?? int.MaxValue).ThenBy(it => it.Slip.Entry).Select(it => it.Slip.Entry);
        var pages = await sheets.WithRowsForAsync(db, e, classId, texts, consent, [.. inOrder], cancellationToken);
        await db.SaveChangesAsync(cancellationToken); // which gives new pages their numbers
        var outcomes = new List<PhotoOutcome>();
        foreach (var page in pages)
        {
            var photo = new PaperPhoto(e.Id, classId, page.Id, null, e.State == EventState.Rehearsal, time.GetUtcNow());
            foreach (var (slip, read) in taken)
            {
                if (page.Rows.Find(row => row.RosterEntryId == slip.Entry) is not { } row)
                    continue;
                outcomes.Add(row.IsErased ? PhotoOutcome.SlipEnded : PhotoOutcome.SlipRead);
                if (!row.IsDone)
                    photo.Rows.Add(RowPicture.OfSlip(read.Reply, row));
            }
            if (photo.Rows.Count > 0)
                db.PaperPhotos.Add(photo);
        }
        return outcomes;
    }
}
