using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Storage;

/// <summary>Sends the roll-up of one organization and of all below it every week: counts, nobody's name.</summary>
public sealed class WeeklyExport
{
    /// <summary>Longest <see cref="Address"/>, in UTF-16 units.</summary>
    public const int AddressMaxLength = 500;

    /// <summary>The most of them in one organization.</summary>
    public const int MaxPerOrganization = 5;

    private WeeklyExport()
    {
    }

    /// <param name="organization">Whose numbers.</param>
    /// <param name="address">Where they are posted to; null for the folder of the settings.</param>
    /// <param name="sealedSecret">See <see cref="SealedSecret"/>.</param>
    /// <param name="weekday">See <see cref="Weekday"/>.</param>
    /// <param name="hour">See <see cref="Hour"/>.</param>
    /// <param name="by">The account that sets it up.</param>
    /// <param name="now">From when on.</param>
    public WeeklyExport(
        Organization organization, string? address, string? sealedSecret, int weekday, int hour, int by, DateTimeOffset now)
    {
        (OrganizationId, Organization, Address, SealedSecret) = (organization.Id, organization, address, sealedSecret);
        (Weekday, Hour, CreatedBy, CreatedAt) = (weekday, hour, by, now);
        NextAt = NextAfter(now);
    }

    /// <summary>Given by the store.</summary>
    public int Id { get; private set; }

    public int OrganizationId { get; private set; }

    public Organization Organization { get; private set; } = null!;

    /// <summary>Null for the folder of the settings.</summary>
    public string? Address { get; private set; }

    /// <summary>By which what is posted is signed, sealed by the keys of data protection; null where nothing is posted.</summary>
    public string? SealedSecret { get; private set; }

    /// <summary>1 for Monday to 7 for Sunday, in China.</summary>
    public int Weekday { get; private set; }

    /// <summary>Of the day, 0 to 23, in China.</summary>
    public int Hour { get; private set; }

    public int CreatedBy { get; private set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset NextAt { get; private set; }

    /// <summary>UTC; null while it goes on.</summary>
    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>Ends it. Ending it again keeps the first time.</summary>
    public void Revoke(DateTimeOffset now) => RevokedAt ??= now;

    /// <summary>The first moment of its weekday and hour after another, in UTC.</summary>
    public DateTimeOffset NextAfter(DateTimeOffset moment)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(CampaignEvent.DefaultZone);
        var local = TimeZoneInfo.ConvertTime(moment, zone).DateTime;
        var due = local.Date.AddDays((Weekday - (int)local.DayOfWeek + 7) % 7).AddHours(Hour);
        due = due > local ? due : due.AddDays(7);
        return new DateTimeOffset(due, zone.GetUtcOffset(due)).ToUniversalTime();
    }
}

/// <summary>Why a delivery did not arrive; the store keeps the number.</summary>
public enum DeliveryFailure
{
    /// <summary>The other side answered, and not with success.</summary>
    Refused = 0,

    /// <summary>There is nobody at the address, or its certificate does not hold.</summary>
    Unreachable = 1,
    TimedOut = 2,

    /// <summary>The address leads into the machine's own network.</summary>
    NotAllowed = 3,

    /// <summary>The folder takes no file.</summary>
    NotWritten = 4,

    /// <summary>The keys by which the secret was sealed are gone.</summary>
    SecretUnreadable = 5,

    /// <summary>The program itself, or its database, failed in the middle of the attempt.</summary>
    Broken = 6,
}

/// <summary>One week's roll-up on its way; a line of the log afterwards.</summary>
public sealed class ExportDelivery
{
    /// <summary>Until the next attempt, after the first, the second, …: nearly four days in all, so that a weekend is bridged.</summary>
    private static readonly TimeSpan[] Backoff =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(4),
        TimeSpan.FromHours(12), TimeSpan.FromDays(1), TimeSpan.FromDays(2),
    ];

    private ExportDelivery()
    {
    }

    /// <param name="exportId">Of the <see cref="WeeklyExport"/>.</param>
    /// <param name="dueAt">When it was to be sent; each once.</param>
    /// <param name="now">The first attempt comes at once.</param>
    public ExportDelivery(int exportId, DateTimeOffset dueAt, DateTimeOffset now) =>
        (ExportId, DueAt, NextAttemptAt) = (exportId, dueAt, now);

    /// <summary>Given by the store.</summary>
    public int Id { get; private set; }

    public int ExportId { get; private set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset DueAt { get; private set; }

    /// <summary>What is sent, the same at each attempt; null before the first and when all is over.</summary>
    public byte[]? Body { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>UTC; null once it has arrived or was given up. Whichever node moves it on makes the attempt.</summary>
    public DateTimeOffset? NextAttemptAt { get; private set; }

    /// <summary>UTC; when the last attempt ended.</summary>
    public DateTimeOffset? AttemptedAt { get; private set; }

    /// <summary>UTC; null while it has not arrived.</summary>
    public DateTimeOffset? DeliveredAt { get; private set; }

    /// <summary>The last answer's HTTP status; null where there was none.</summary>
    public int? Status { get; private set; }

    /// <summary>Of the last attempt; null where it arrived, or before the first.</summary>
    public DeliveryFailure? Failure { get; private set; }

    /// <summary>Keeps what is sent.</summary>
    public void Fill(byte[] body) => Body = body;

    /// <summary>It has arrived.</summary>
    public void NoteDelivered(int? status, DateTimeOffset now)
    {
        (Status, Failure, AttemptedAt, DeliveredAt) = (status, null, now, now);
        (NextAttemptAt, Body) = (null, null);
    }

    /// <summary>It has not, and is tried again later, or given up.</summary>
    public void NoteFailed(DeliveryFailure failure, int? status, DateTimeOffset now)
    {
        (Status, Failure, AttemptedAt) = (status, failure, now);
        NextAttemptAt = Attempts <= Backoff.Length ? now + Backoff[Attempts - 1] : null;
        if (NextAttemptAt is null)
            Body = null;
    }
}
