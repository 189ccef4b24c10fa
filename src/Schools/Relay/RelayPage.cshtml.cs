using SafetyCampaign.Campaigns;
using SafetyCampaign.Schools.ClassPage;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Relay;

/// <summary>
/// The class relay on the teacher's phone, tablet or classroom screen: the list walks by, and each pupil writes. The document and its
/// one script hold all that is needed, so that it works without a network once it stands.
/// </summary>
public sealed class RelayPage(ClassPageDependencies dependencies, TimeProvider time) : ClassLinkPageModel(dependencies)
{
    /// <summary>Tells this document from an earlier one that the device keeps; in milliseconds since 1970.</summary>
    public long MadeAt { get; } = time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>For so long a device may keep the document: as long as the link is open. In milliseconds since 1970.</summary>
    public long KeptUntil => Link.ExpiresAt.ToUnixTimeMilliseconds();

    /// <summary>What the pupils sign; null where the campaign has no text for them.</summary>
    public PublishedText? Text => Event!.TextFor(SignerRole.Student);

    /// <summary>Pupils up to grade 9, and the school has not said that it holds their guardians' consent.</summary>
    public bool LacksConsent => Class.NeedsGuardian && !Link.HoldsGuardianConsent;

    public bool IsOpen => Text is not null && !LacksConsent && Signing is SigningStatus.Open or SigningStatus.Rehearsal;

    /// <summary>Where pledges and answers are sent: <c>pledges</c> and <c>answers</c> below it.</summary>
    public string Api => $"/api/class/{RouteData.Values["secret"]}";

    public async Task OnGetAsync() => await OpenAsync();
}
