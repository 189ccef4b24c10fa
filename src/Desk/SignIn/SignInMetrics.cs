using System.Diagnostics.Metrics;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Desk;

/// <summary>What the meter tells of signing in.</summary>
public sealed class SignInMetrics(IMeterFactory meters)
{
    private readonly Counter<long> attempts = meters.Campaign().CreateCounter<long>(
        "safety_campaign.sign_in.attempts", "{attempt}", "Passwords, codes and passkeys that were tried, by what became of it");

    public void Count(SignInStatus status) => attempts.Add(1, new KeyValuePair<string, object?>("safety_campaign.outcome", status switch
    {
        SignInStatus.Succeeded => "succeeded",
        SignInStatus.Wrong => "wrong",
        _ => "delayed",
    }));
}
