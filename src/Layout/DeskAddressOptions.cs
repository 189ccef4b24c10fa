namespace SafetyCampaign.Layout;

/// <summary>What the public pages know of the desk: where it is. Set by the desk, which stands above this room.</summary>
public sealed class DeskAddressOptions
{
    /// <summary>The beginning of every address of the desk.</summary>
    public string Home { get; set; } = "";

    /// <summary>Takes <c>?returnUrl=</c>, the page to show afterwards.</summary>
    public string SignIn { get; set; } = "";

    /// <summary>What follows it is a secret: it makes the first account.</summary>
    public string SetUp { get; set; } = "";
}
