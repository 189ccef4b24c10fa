using Microsoft.AspNetCore.Mvc;
using SafetyCampaign.Layout;

namespace SafetyCampaign.Pledging;

/// <summary>
/// The page of somebody who opened it before signing ended: the form stands, and says until when what it hands in is still taken.
/// </summary>
public sealed partial class PhonePage
{
    /// <summary>The key in the address of the sign request's key that an earlier copy of the page was given.</summary>
    public const string IssuedKeyKey = "key";

    /// <summary>As it was sent; means something only where <see cref="Storage.PublishedEvent.TakesLate(Guid, DateTimeOffset)"/>.</summary>
    [BindProperty(SupportsGet = true, Name = IssuedKeyKey)]
    public Guid? IssuedKey { get; set; }

    /// <summary>Signing has ended, and a page that was opened before is still taken.</summary>
    public bool IsInGrace => Event.GraceUntil(now) is not null;

    /// <summary>Signing has ended, and this page is still taken.</summary>
    public bool IsLate => Form.Key is { } key && Event.TakesLate(key, now);

    /// <summary>That signing has ended, and until when this page is taken.</summary>
    public string LateWords => WriteGrace("Late.Until", "Late.UntilDay");

    /// <summary>Until when, for the narrow bar of the sheet to write on.</summary>
    public string LateOnPad => WriteGrace("Late.Pad", "Late.PadDay");

    private Guid NewKey() => IssuedKey is { } earlier && Event.TakesLate(earlier, now) ? earlier : Event.IssueKey(now);

    /// <summary>With the day where it is another than that on which signing ended.</summary>
    private string WriteGrace(string time, string day)
    {
        var ended = Event.Local(Event.EndOfSigning!.Value).Date;
        return Event.Local(Event.GraceUntil(now)!.Value).WriteAsEnd(until => localizer[until.Date == ended ? time : day, until]);
    }
}
