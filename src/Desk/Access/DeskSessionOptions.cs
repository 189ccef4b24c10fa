using Microsoft.Extensions.Options;

namespace SafetyCampaign.Desk;

/// <summary>How long a sign-in at the desk holds: the section <c>Accounts</c> of the configuration.</summary>
public sealed class DeskSessionOptions
{
    public const string LifetimeSetting = "Accounts:SessionLifetime";
    public const string IdleTimeoutSetting = "Accounts:SessionIdleTimeout";

    public static readonly TimeSpan MinTimeout = TimeSpan.FromMinutes(5);

    /// <summary>Also catches "12", which .NET reads as 12 days.</summary>
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(7);

    /// <summary>From sign-in, however busy: a day's work.</summary>
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(12);

    /// <summary>Without a request to the desk or a host's page.</summary>
    public TimeSpan SessionIdleTimeout { get; set; } = TimeSpan.FromHours(2);

    /// <summary>"Last seen" is written no more often than this, rather than with every request.</summary>
    internal TimeSpan SeenInterval => SessionIdleTimeout / 24;

    internal sealed class Validator : IValidateOptions<DeskSessionOptions>
    {
        public ValidateOptionsResult Validate(string? name, DeskSessionOptions options) =>
            options.SessionLifetime < MinTimeout || options.SessionLifetime > MaxLifetime
                ? Refuse(LifetimeSetting, options.SessionLifetime, MaxLifetime, "12:00:00")
                : options.SessionIdleTimeout < MinTimeout || options.SessionIdleTimeout > options.SessionLifetime
                    ? Refuse(IdleTimeoutSetting, options.SessionIdleTimeout, options.SessionLifetime, "02:00:00")
                    : ValidateOptionsResult.Success;

        private static ValidateOptionsResult Refuse(string setting, TimeSpan value, TimeSpan max, string example) =>
            ValidateOptionsResult.Fail(
                $"{setting} is {value}. Set it to between {MinTimeout} and {max}, as hours:minutes:seconds, for example {example}.");
    }
}
