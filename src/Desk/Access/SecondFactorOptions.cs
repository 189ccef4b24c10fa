using Microsoft.Extensions.Options;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Desk;

/// <summary>From whom a second factor is demanded.</summary>
public enum SecondFactorDemand
{
    None,
    Administrators,
    Everyone,
}

/// <summary>Of the section <c>Accounts</c> of the configuration what concerns the second factor.</summary>
public sealed class SecondFactorOptions
{
    public const string Setting = "Accounts:RequireSecondFactor";

    public string RequireSecondFactor { get; set; } = nameof(SecondFactorDemand.None);

    /// <summary>Whether an account of that role must have one before anything opens.</summary>
    public bool IsDemandedFrom(OrganizerRole role) => Read(RequireSecondFactor) switch
    {
        SecondFactorDemand.Everyone => true,
        SecondFactorDemand.Administrators => role == OrganizerRole.Administrator,
        _ => false,
    };

    private static SecondFactorDemand? Read(string text) =>
        Enum.GetValues<SecondFactorDemand>().Cast<SecondFactorDemand?>()
            .FirstOrDefault(demand => string.Equals($"{demand}", text, StringComparison.OrdinalIgnoreCase));

    internal sealed class Validator : IValidateOptions<SecondFactorOptions>
    {
        public ValidateOptionsResult Validate(string? name, SecondFactorOptions options) => Read(options.RequireSecondFactor) is null
            ? ValidateOptionsResult.Fail($"{Setting} is \"{options.RequireSecondFactor}\". Set it to None, Administrators or Everyone.")
            : ValidateOptionsResult.Success;
    }
}
