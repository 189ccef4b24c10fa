using Microsoft.AspNetCore.Mvc;
using SafetyCampaign.Desk;
using SafetyCampaign.Layout;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Events.Review;

/// <summary>What the pages share on which an organizer looks through what was signed.</summary>
public abstract class ReviewPageModel(DeskPageDependencies desk, ReviewStore store) : EventPageModel(desk)
{
    /// <summary>The event as phones see it, classes outside this account's access scope included.</summary>
    public PublishedEvent Public { get; private set; } = null!;

    /// <summary>How many people the count has now.</summary>
    public int People { get; private set; }

    /// <inheritdoc cref="ReviewStore.CountLateAsync"/>
    public LateSigning Late { get; private set; } = new(0, 0, 0);

    public string ClassName(int? classId) => Public.Localized().ClassOf(classId)?.LocalizedFullName() ?? "";

    protected ReviewStore Store => store;

    /// <summary>See <see cref="ReviewStore"/>; the caller disposes it.</summary>
    protected CampaignDb OpenStore() => store.Open();

    protected int By => User.AccountId();

    /// <summary>Names are about to be shown.</summary>
    protected async Task LoadAsync()
    {
        (Public, People) = await store.OpenReviewAsync(Event.Id, By);
        Late = await store.CountLateAsync(Event.Id);
    }

    /// <summary>On disk before the page is sent: no names without a line of the audit log.</summary>
    protected async Task NoteNamesShownAsync(AuditReason reason, IReadOnlyCollection<SignedPledge> shown)
    {
        var named = shown.Where(pledge => pledge.Name is not null).ToList();
        if (named.Count == 0)
            return;
        Db.Audit(AuditAction.NamesViewed, Event, reason, named.Count).ClassId =
            named.TrueForAll(pledge => pledge.ClassId == named[0].ClassId) ? named[0].ClassId : null;
        await Db.SaveChangesAsync(HttpContext.RequestAborted);
    }

    /// <summary>Whether all of these pledges are this event's; a form may name any.</summary>
    protected Task<bool> AreHereAsync(params IReadOnlyCollection<long> sequences) => store.AreOfAsync(Event.Id, sequences);

    /// <summary>To the same page, which says what was done.</summary>
    protected RedirectResult Said(string done, string under = "")
    {
        Done = done;
        return Redirect(DeskRoutes.Review(Event.Code) + under);
    }
}
