using System.Diagnostics.Metrics;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Intake;

/// <summary>What becomes of those who sign; README names the instruments.</summary>
/// <param name="meters">Makes the meter that the instruments belong to.</param>
public sealed class IntakeMetrics(IMeterFactory meters)
{
    private static readonly KeyValuePair<string, object?> Recorded = Outcome("recorded");
    private static readonly KeyValuePair<string, object?> Repeated = Outcome("repeated");
    private static readonly KeyValuePair<string, object?> Invalid = Outcome("invalid");
    private static readonly KeyValuePair<string, object?> NotOpen = Outcome("not_open");
    private static readonly KeyValuePair<string, object?> KeyTaken = Outcome("key_taken");
    private static readonly KeyValuePair<string, object?> Unavailable = Outcome("unavailable");

    private readonly Counter<long> requests = meters.Campaign().CreateCounter<long>(
        "safety_campaign.sign.requests", "{request}", "Sign requests that were read, by what became of them");

    private readonly Counter<long> pledges = meters.Campaign().CreateCounter<long>(
        "safety_campaign.sign.pledges", "{pledge}", "Pledges put on record, one for each person");

    /// <summary>Counts a request that was answered, and the pledges that it put on record.</summary>
    /// <param name="result">What became of it.</param>
    /// <returns>The same.</returns>
    public SignResult Count(SignResult result)
    {
        requests.Add(1, result switch
        {
            SignResult.Signed { IsRepeat: true } => Repeated,
            SignResult.Signed => Recorded,
            SignResult.Invalid or SignResult.SlipRefused => Invalid,
            SignResult.NotOpen or SignResult.RehearsalPage => NotOpen,
            SignResult.KeyTaken => KeyTaken,
            _ => Unavailable,
        });
        if (result is SignResult.Signed { IsRepeat: false, Receipt: var receipt })
            pledges.Add(receipt.People);
        return result;
    }

    private static KeyValuePair<string, object?> Outcome(string name) => new("safety_campaign.outcome", name);
}
