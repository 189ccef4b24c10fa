using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Layout;
using SafetyCampaign.Organizing.Access;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Organizing.Events.Review;

/// <summary>What the pages share on which an organizer looks through what was signed.</summary>
public abstract partial class ReviewPageModel(
    CampaignDb db, PublishedEvents published, IStringLocalizer<EventsText> localizer, ReviewStore store, TallyBoard board, ILogger<ReviewPageModel> log)
    : EventPageModel(db, published, localizer)
{
    /// <summary>The event as phones see it, classes out of this account's reach included.</summary>
    public PublishedEvent Public { get; private set; } = null!;

    /// <summary>How many people the count has now.</summary>
    public int People { get; private set; }

    public string ClassName(int? classId) => Public.ClassOf(classId)?.LocalizedFullName() ?? "";

    /// <summary>See <see cref="ReviewStore"/>; the caller disposes it.</summary>
    protected CampaignDb OpenStore() => store.Open();

    protected int By => User.AccountId();

    /// <summary>Names are about to be shown: who saw them is on record (未成年人网络保护条例 36), without the names.</summary>
    protected async Task LookAsync()
    {
        Public = (await Published.FindAsync(Event.Id))!;
        People = board.Snapshot(Public).People;
        LogSignersViewed(By, Event.Id);
    }

    /// <summary>Whether all of these pledges are this event's; a form may name any.</summary>
    protected async Task<bool> AreHereAsync(params IReadOnlyCollection<long> sequences)
    {
        await using var opened = OpenStore();
        return sequences.Count > 0 && await opened.Pledges.CountAsync(p => sequences.Contains(p.Sequence) && p.EventId == Event.Id && !p.Rehearsal) == sequences.Count;
    }

    /// <summary>To the same page, which says what was done.</summary>
    protected RedirectResult Said(string done, string under = "")
    {
        Done = done;
        return Redirect($"/organize/events/{Event.Code}/review{under}");
    }

    [LoggerMessage(1907, LogLevel.Information, "Account {AccountId} looks through what was signed at event {EventId}")]
    private partial void LogSignersViewed(int accountId, int eventId);
}
