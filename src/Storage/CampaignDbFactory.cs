namespace SafetyCampaign.Storage;

/// <summary>Opens the store outside a request, for work of the program itself.</summary>
public sealed class CampaignDbFactory(Func<CurrentAccessScope, CampaignDb> open)
{
    /// <summary>A context of the caller's own, to dispose; sees everything unless told otherwise.</summary>
    public CampaignDb Open(AccessScope? accessScope = null) =>
        open(new CurrentAccessScope { Current = accessScope ?? AccessScope.Everything });
}
