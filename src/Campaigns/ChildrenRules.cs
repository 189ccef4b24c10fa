namespace SafetyCampaign.Campaigns;

/// <summary>
/// What an organization itself must say in its rules on children's personal data (儿童个人信息网络保护规定, articles 8-10;
/// docs/domain.md 6). The rest of the rules follows from what this program does and is written by it.
/// </summary>
/// <param name="Controller">Who decides what is kept and answers for it (个人信息处理者).</param>
/// <param name="ContactPerson">Who is charged with protecting it; empty while nobody is named.</param>
/// <param name="ContactWay">How that person is reached; empty while none is named.</param>
/// <param name="Purpose">In the organizer's words; empty for the usual one.</param>
/// <param name="StoragePlace">In the organizer's words; empty for the usual one.</param>
/// <param name="EndsOn">The campaign's last day, from which the term counts.</param>
public sealed record RulesSettings(
    string Controller, string ContactPerson, string ContactWay, string Purpose, string StoragePlace, DateOnly EndsOn)
{
    /// <summary>Longest <see cref="Controller"/>, in UTF-16 units.</summary>
    public const int ControllerMaxLength = Organization.NameMaxLength;

    /// <summary>Longest <see cref="ContactPerson"/> and longest <see cref="ContactWay"/>, in UTF-16 units without line breaks.</summary>
    public const int ContactMaxLength = 120;

    /// <summary>Longest <see cref="Purpose"/>, in UTF-16 units without line breaks.</summary>
    public const int PurposeMaxLength = 300;

    /// <summary>Longest <see cref="StoragePlace"/>, in UTF-16 units without line breaks.</summary>
    public const int StoragePlaceMaxLength = 200;

    /// <summary>September to January, or February to June.</summary>
    public const int MonthsOfATerm = 5;

    /// <summary>Whether somebody is named and can be reached (儿童个人信息网络保护规定 8; docs/domain.md 6).</summary>
    public bool HasContact => ContactPerson != "" && ContactWay != "";

    /// <summary>
    /// The day on which names and signatures are erased and only counts stay: the campaign's end and one school term
    /// (docs/domain.md 6, retention default; PIPL 19: the shortest time that the purpose needs). It is promised to those who
    /// sign, so a new version of this program may make the term shorter, never longer.
    /// </summary>
    public DateOnly EraseOn => EndsOn.AddMonths(MonthsOfATerm);

    /// <summary>The settings of a new campaign: no contact, standard wordings.</summary>
    public static RulesSettings Usual(string controller, DateOnly endsOn) => new(controller, "", "", "", "", endsOn);
}

/// <summary>
/// One version of a campaign's rules on children's personal data. Versions are written once and never edited: what
/// was in force when somebody signed stays readable and applies to that signature.
/// </summary>
public sealed class ChildrenRules
{
    private ChildrenRules() => Controller = ContactPerson = ContactWay = Purpose = StoragePlace = "";

    internal ChildrenRules(int version, RulesSettings settings, DateTimeOffset now)
    {
        Version = version;
        (Controller, ContactPerson, ContactWay, Purpose, StoragePlace, EndsOn) = settings;
        WrittenAt = now;
    }

    /// <summary>Given by the store.</summary>
    public int Id { get; private set; }

    /// <summary>Of <see cref="Campaign"/>.</summary>
    public int CampaignId { get; private set; }

    /// <summary>Whose rules these are.</summary>
    public Campaign Campaign { get; private set; } = null!;

    /// <summary>From 1, without gaps within a campaign.</summary>
    public int Version { get; private set; }

    /// <summary>See <see cref="RulesSettings"/>.</summary>
    public string Controller { get; private set; }

    /// <summary>See <see cref="RulesSettings"/>.</summary>
    public string ContactPerson { get; private set; }

    /// <summary>See <see cref="RulesSettings"/>.</summary>
    public string ContactWay { get; private set; }

    /// <summary>See <see cref="RulesSettings"/>.</summary>
    public string Purpose { get; private set; }

    /// <summary>See <see cref="RulesSettings"/>.</summary>
    public string StoragePlace { get; private set; }

    /// <summary>See <see cref="RulesSettings"/>.</summary>
    public DateOnly EndsOn { get; private set; }

    /// <summary>Since when it is in force, until the next version is.</summary>
    public DateTimeOffset WrittenAt { get; private set; }

    /// <summary>What the organization has settled, as one value.</summary>
    public RulesSettings Settings => new(Controller, ContactPerson, ContactWay, Purpose, StoragePlace, EndsOn);
}
