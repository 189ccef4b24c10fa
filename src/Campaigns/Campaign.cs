namespace SafetyCampaign.Campaigns;

/// <summary>A season's programme of an organization; owns the pledge texts, the rules on children's data and the events.</summary>
public sealed partial class Campaign
{
    /// <summary>Longest <see cref="Title"/>, in UTF-16 units, without spaces around.</summary>
    public const int TitleMaxLength = 80;

    private Campaign() => Title = "";

    /// <summary>A programme with its first rules on children's data.</summary>
    /// <param name="organization">Whose programme it is.</param>
    /// <param name="title">At most <see cref="TitleMaxLength"/>.</param>
    /// <param name="endsOn">Its last day; see <see cref="UsualEnd"/>.</param>
    /// <param name="now">When its first rules come into force.</param>
    public Campaign(Organization organization, string title, DateOnly endsOn, DateTimeOffset now)
        : this(organization, title, RulesSettings.Usual(organization.Name, endsOn), now)
    {
    }

    /// <summary>A programme whose first rules on children's data are settled already.</summary>
    /// <param name="organization">Whose programme it is.</param>
    /// <param name="title">At most <see cref="TitleMaxLength"/>.</param>
    /// <param name="rules">Its first rules, with its last day.</param>
    /// <param name="now">When they come into force.</param>
    public Campaign(Organization organization, string title, RulesSettings rules, DateTimeOffset now)
    {
        Organization = organization;
        Title = title;
        Rules.Add(new ChildrenRules(1, rules, now));
    }

    /// <summary>Given by the store.</summary>
    public int Id { get; private set; }

    /// <summary>As the organizer wrote it, e.g. 2026 暑期防溺水.</summary>
    public string Title { get; private set; }

    /// <summary>Of <see cref="Organization"/>.</summary>
    public int OrganizationId { get; private set; }

    /// <summary>Whose programme it is; accounts of this organization and of those above it reach it.</summary>
    public Organization Organization { get; private set; } = null!;

    /// <summary>Every version of the wording of every role.</summary>
    public List<PledgeText> Texts { get; private set; } = [];

    /// <summary>Its gatherings, closed ones included.</summary>
    public List<CampaignEvent> Events { get; private set; } = [];

    /// <summary>Every version of its rules on children's personal data; it has had rules from its first day.</summary>
    public List<ChildrenRules> Rules { get; private set; } = [];

    /// <summary>The newest version of its rules.</summary>
    /// <exception cref="InvalidOperationException"><see cref="Rules"/> was not loaded with it.</exception>
    public ChildrenRules RulesInForce => Rules.MaxBy(r => r.Version) ?? throw new InvalidOperationException("The rules were not loaded.");

    /// <summary>When all names and signatures of its pledges were erased; nobody signs in it any more.</summary>
    public DateTimeOffset? ErasedAt { get; private set; }

    /// <summary>Families have been promised when their data goes: that day can come sooner, never later.</summary>
    public bool HasPromised => Events.Exists(e => e.OpenedAt is not null);

    /// <summary>
    /// The end of the season (docs/domain.md 3: late March to September); for an event after it the end of the school term, which leaves
    /// room for others that follow.
    /// </summary>
    public static DateOnly UsualEnd(DateOnly lastEvent)
    {
        var season = SeasonEnd(lastEvent.Year);
        return lastEvent > season ? new DateOnly(lastEvent.Year + 1, 1, 31) : season;
    }

    /// <summary>The last day of a year's season.</summary>
    internal static DateOnly SeasonEnd(int year) => new(year, 9, 30);

    /// <summary>
    /// Gives the role a wording. An unchanged wording with unchanged translations returns the version there is; any change
    /// makes the next version, so that the wording that somebody has read or signed is never changed.
    /// </summary>
    /// <param name="role">Whose text it is.</param>
    /// <param name="wording">What is signed, in the language of pledge texts (<see cref="InterfaceLanguages.Default"/>).</param>
    /// <param name="now">When it was written.</param>
    /// <param name="translations">All that the version is to carry, in any order; none where there are none.</param>
    /// <exception cref="ArgumentException">Two translations of one language, or with other clauses than the wording.</exception>
    public PledgeText Write(
        SignerRole role, PledgeWording wording, DateTimeOffset now, IReadOnlyList<PledgeTranslation>? translations = null)
    {
        var latest = Texts.Where(t => t.Role == role).MaxBy(t => t.Version);
        if (latest is not null && latest.SameAs(wording, translations ?? []))
            return latest;
        var text = new PledgeText(role, (latest?.Version ?? 0) + 1, wording, translations ?? [], now);
        Texts.Add(text);
        return text;
    }

    /// <summary>Begins with another campaign's current texts and their translations, as next year's does.</summary>
    public void TakeTextsFrom(Campaign other, DateTimeOffset now)
    {
        foreach (var current in other.Texts.GroupBy(t => t.Role).Select(versions => versions.MaxBy(t => t.Version)!))
            Write(current.Role, current.Wording, now, current.Translations);
    }

    /// <summary>Moves the campaign's end to the day of an event after it, where that event is alone in it and was not opened.</summary>
    /// <param name="lastDay">The day on which the event ends.</param>
    /// <param name="now">When the new rules come into force.</param>
    /// <param name="mover">The event, one of the campaign's.</param>
    /// <returns>
    /// False where an event has been opened, so that an earlier day of erasure is promised, and where another event would be erased
    /// later by it: such an event needs another campaign.
    /// </returns>
    public bool MakeRoomFor(DateOnly lastDay, DateTimeOffset now, CampaignEvent mover)
    {
        if (lastDay <= RulesInForce.EndsOn)
            return true;
        if (HasPromised || Events.Exists(e => e != mover))
            return false;
        Settle(RulesInForce.Settings with { EndsOn = lastDay }, now);
        return true;
    }

    /// <summary>Whether the promised day of erasure has come and what was promised is still to be done.</summary>
    public bool IsToBeErased(DateOnly today) => ErasedAt is null && RulesInForce.Settings.EraseOn <= today;

    /// <summary>All that was promised has been erased: from now on nobody signs in this campaign.</summary>
    public void NoteErased(DateTimeOffset now) => ErasedAt = now;

    /// <summary>Settles its rules. Unchanged settings return the version there is; any change makes the next one.</summary>
    /// <exception cref="ArgumentException">The end would be put off after it has been promised.</exception>
    public ChildrenRules Settle(RulesSettings settings, DateTimeOffset now)
    {
        var latest = RulesInForce;
        if (latest.Settings == settings)
            return latest;
        if (HasPromised && settings.EndsOn > latest.EndsOn)
            throw new ArgumentException("The day of erasure has been promised and cannot be put off.", nameof(settings));
        var rules = new ChildrenRules(latest.Version + 1, settings, now);
        Rules.Add(rules);
        return rules;
    }
}
