using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Events.Review;

/// <summary>
/// The store as these pages read it: past the reach of the account, since handwriting is for the program alone to read.
/// Each page has found its event within reach before, and looks at that event only.
/// </summary>
public sealed class ReviewStore(CampaignDbFactory dbFactory)
{
    /// <summary>The caller disposes it.</summary>
    public CampaignDb Open() => dbFactory.Open();
}
