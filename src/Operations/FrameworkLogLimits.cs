using Microsoft.Extensions.Options;

namespace SafetyCampaign.Operations;

/// <summary>
/// The web framework writes what was asked for into its log: paths (<c>/r/…</c> is a family's secret), header lines, arguments of a form's
/// handler. Below <see cref="LogLevel.Warning"/> its categories stay closed, whatever the configuration says, and the scope that puts
/// the path of the request beside every line (<c>Hosting.Diagnostics</c>) is never begun. What fails in a sign-in by an identity provider
/// is told by IdentityProviderEvents, without what the provider sent. A page's limits of its form are set as the route is found, before
/// the form is read; the filters that would set them once more warn of each form that they come too late, and are closed too.
/// </summary>
internal sealed class FrameworkLogLimits : IPostConfigureOptions<LoggerFilterOptions>
{
    private const string Framework = "Microsoft.AspNetCore";
    private static readonly string[] Closed =
    [
        Framework + ".Hosting.Diagnostics", Framework + ".Authentication.OpenIdConnect",
        Framework + ".Mvc.Filters.RequestSizeLimitFilter", Framework + ".Mvc.Filters.RequestFormLimitsFilter",
    ];

    public void PostConfigure(string? name, LoggerFilterOptions options)
    {
        var providers = options.Rules.Select(rule => rule.ProviderName).Append(null).Distinct().ToList();
        for (var i = 0; i < options.Rules.Count; i++)
            if (options.Rules[i] is { CategoryName: { } category } rule && (rule.LogLevel ?? LogLevel.Trace) < LogLevel.Warning
                && (category.StartsWith(Framework, StringComparison.OrdinalIgnoreCase) || category.Contains('*')))
                options.Rules[i] = new LoggerFilterRule(rule.ProviderName, category, LogLevel.Warning, rule.Filter);
        foreach (var provider in providers)
        {
            if (!options.Rules.Any(rule => rule.ProviderName == provider && rule.CategoryName == Framework))
                options.Rules.Add(new LoggerFilterRule(provider, Framework, LogLevel.Warning, filter: null));
            foreach (var category in Closed)
                options.Rules.Add(new LoggerFilterRule(provider, category, LogLevel.None, filter: null));
        }
    }
}

internal static class FrameworkLogLimitsSetup
{
    public static void AddFrameworkLogLimits(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton<IPostConfigureOptions<LoggerFilterOptions>, FrameworkLogLimits>();
}
