namespace SafetyCampaign.Storage;

/// <summary>
/// The events that whoever asks may see: all that are public, and drafts that are not published yet for accounts within whose access scope
/// they lie. What everybody may open finds its event here.
/// </summary>
public sealed class VisibleEvents(PublishedEvents events, CurrentAccessScope accessScope)
{
    /// <summary>The event of a code as typed; null where there is none, or none for this asker.</summary>
    public async ValueTask<PublishedEvent?> FindAsync(string? typedCode, CancellationToken cancellationToken = default) =>
        await events.FindAsync(typedCode, cancellationToken) is { } e && (e.IsPublic || accessScope.Current.Includes(e.OrganizationPath))
            ? e : null;
}
