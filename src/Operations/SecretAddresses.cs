using SafetyCampaign.Layout;

namespace SafetyCampaign.Operations;

/// <summary>
/// Addresses that hold a secret: whoever knows a receipt's, a host link's, a class link's, a slip's or the setting-up's may act. They go
/// into no log (the framework's are closed for it, <see cref="FrameworkLogLimits"/>; the proxy's by the sample in the README) and no
/// referrer.
/// </summary>
internal static class SecretAddresses
{
    /// <summary>The beginnings; what follows them is the secret, or leads to it.</summary>
    private static readonly PathString[] Beginnings = ["/r", "/host", "/class", "/api/class", "/s"];

    public static bool Include(PathString path, DeskAddressOptions desk)
    {
        foreach (var beginning in Beginnings)
            if (path.StartsWithSegments(beginning))
                return true;
        return path.StartsWithSegments(desk.SetUp);
    }
}
