using SafetyCampaign.Desk;

namespace SafetyCampaign.Organizing.Accounts;

/// <summary>A generated password that can be read out.</summary>
internal static class InitialPassword
{
    public static string New() => ReadableSecret.New();
}
