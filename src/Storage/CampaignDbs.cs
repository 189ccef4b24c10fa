namespace SafetyCampaign.Storage;

/// <summary>Opens the store outside a request, for work of the program itself.</summary>
public sealed class CampaignDbs(Func<ReachHolder, CampaignDb> open)
{
    /// <summary>A context of the caller's own, to dispose; sees everything unless told otherwise.</summary>
    public CampaignDb Open(Reach? reach = null) => open(new ReachHolder { Current = reach ?? Reach.Everything });
}
