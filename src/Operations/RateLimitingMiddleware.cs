using System.Buffers.Binary;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Operations;

/// <summary>What a limited route is for.</summary>
public enum RateLimitPurpose
{
    Signing,
    Verifying,
}

/// <summary>Marks a route that is limited: its POSTs, and of verification the asking for a code.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RateLimitAttribute(RateLimitPurpose purpose) : Attribute
{
    public RateLimitPurpose Purpose { get; } = purpose;
}

/// <summary>
/// How often one phone and one address may sign or try a verification code; how much that is says
/// <see cref="RateLimitBudgets"/>. Signing in has rules of its own (Desk).
/// </summary>
internal sealed class RateLimitingMiddleware(DeviceCookie cookie, RateLimitBudgets budgets, TimeProvider time, IMeterFactory meters)
{
    public const string EnabledSetting = "Limits:Enabled";

    private static readonly KeyValuePair<string, object?> Signing = new("safety_campaign.limited", "signing");
    private static readonly KeyValuePair<string, object?> Verifying = new("safety_campaign.limited", "verifying");

    private readonly Counter<long> refusals = meters.Campaign().CreateCounter<long>(
        "safety_campaign.limits.refusals", "{request}", "Requests over a limit, by what they wanted");

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<RateLimitAttribute>() is not { Purpose: var purpose })
            return next(context);
        var (wait, refusal) = purpose switch
        {
            RateLimitPurpose.Signing => (WaitToSign(context), Signing),
            _ => (WaitToVerify(context), Verifying),
        };
        if (wait is null)
            return next(context);
        refusals.Add(1, refusal);
        return RefuseAsync(context, wait.Value);
    }

    private TimeSpan? WaitToSign(HttpContext context)
    {
        var device = cookie.Read(context);
        if (device is null)
            IssueWithAnswer(context);
        if (!HttpMethods.IsPost(context.Request.Method))
            return null;
        return device is { } known && !DeviceCookie.IsIssuedWithin(Pledge.MinSigningTime, known, time.GetUtcNow())
            ? budgets.TakeSignature(known, Network(context))
            : budgets.TakeSignature(Network(context));
    }

    private TimeSpan? WaitToVerify(HttpContext context) =>
        context.GetRouteValue("code") is not null ? budgets.TakeVerification(Network(context)) : null;

    /// <summary>Not with a refusal: a refused client must not receive a fresh cookie, by which it could count as another device.</summary>
    private void IssueWithAnswer(HttpContext context) => context.Response.OnStarting(() =>
    {
        if (context.Response.StatusCode != StatusCodes.Status429TooManyRequests)
            cookie.Issue(context);
        return Task.CompletedTask;
    });

    private static Task RefuseAsync(HttpContext context, TimeSpan wait)
    {
        if (context.Request.Path.StartsWithSegments("/api"))
            return Problem.TooManyRequests(wait).ExecuteAsync(context);
        // The error page says the rest.
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = Problem.Seconds(wait);
        return Task.CompletedTask;
    }

    /// <summary>The address that asks; of IPv6 the first 64 bits, since a household is given all the rest.</summary>
    internal static UInt128 Network(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        Span<byte> bytes = stackalloc byte[16];
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            bytes[10..12].Fill(0xff);
            address.TryWriteBytes(bytes[12..], out _);
            return BinaryPrimitives.ReadUInt128BigEndian(bytes);
        }
        address.TryWriteBytes(bytes, out _);
        if (!address.IsIPv4MappedToIPv6)
            bytes[8..].Clear();
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}

public static class RateLimitingSetup
{
    internal static void AddRateLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<DeviceCookie>();
        builder.Services.AddSingleton<RateLimitBudgets>();
        builder.Services.AddSingleton<RateLimitingMiddleware>();
    }

    public static void UseRateLimits(this IApplicationBuilder app)
    {
        if (!app.ApplicationServices.GetRequiredService<IConfiguration>().GetValue(RateLimitingMiddleware.EnabledSetting, true))
            return;
        var middleware = app.ApplicationServices.GetRequiredService<RateLimitingMiddleware>();
        app.Use(middleware.InvokeAsync);
    }
}
