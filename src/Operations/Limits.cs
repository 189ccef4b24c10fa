using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace SafetyCampaign.Operations;

/// <summary>What a limited route is for.</summary>
public enum Limited
{
    Signing,
    SignIn,
}

/// <summary>Marks a route whose POSTs are limited.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class LimitedAttribute(Limited purpose) : Attribute
{
    public Limited Purpose { get; } = purpose;
}

/// <summary>
/// How often one phone and one address may sign or try to sign in. A whole school sits behind one address
/// (domain-facts 2), so a phone is held by its own cookie and the address only by a wide budget; whoever comes without
/// a cookie of ours shares a narrow one, and so cannot use up the school's.
/// </summary>
public static class Limits
{
    public const string Key = "Limits:Enabled";

    // One family signs again after a slip of the finger, or helps the neighbours.
    private static readonly TokenBucketRateLimiterOptions Device = Bucket(burst: 5, tokens: 1, TimeSpan.FromSeconds(10));
    // 3,000 phones in 180 s, all in the first seconds if they like.
    private static readonly TokenBucketRateLimiterOptions Address = Bucket(burst: 3000, tokens: 50, TimeSpan.FromSeconds(1));
    private static readonly TokenBucketRateLimiterOptions AddressWithoutDevice = Bucket(burst: 30, tokens: 5, TimeSpan.FromSeconds(1));
    private static readonly TokenBucketRateLimiterOptions SignIn = Bucket(burst: 20, tokens: 1, TimeSpan.FromSeconds(2));

    internal static void AddLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<DeviceCookie>();
        builder.Services.AddRateLimiter(limiter =>
        {
            // The device first: a phone that is held back takes nothing from the others at its address.
            limiter.GlobalLimiter = PartitionedRateLimiter.CreateChained(
                PartitionedRateLimiter.Create<HttpContext, string>(ByDevice),
                PartitionedRateLimiter.Create<HttpContext, string>(ByAddress));
            limiter.OnRejected = AnswerAsync;
        });
    }

    public static void UseLimits(this IApplicationBuilder app)
    {
        if (!app.ApplicationServices.GetRequiredService<IConfiguration>().GetValue(Key, true))
            return;
        app.Use(IssueDevice);
        app.UseRateLimiter();
    }

    private static Task IssueDevice(HttpContext context, RequestDelegate next)
    {
        if (PurposeOf(context) == Limited.Signing)
        {
            var cookie = context.RequestServices.GetRequiredService<DeviceCookie>();
            var device = cookie.Read(context);
            if (device is null)
                // Not with a refusal: whoever is held back must not be handed the means to come again as somebody else.
                context.Response.OnStarting(() =>
                {
                    if (context.Response.StatusCode != StatusCodes.Status429TooManyRequests)
                        cookie.Issue(context);
                    return Task.CompletedTask;
                });
            context.Items[typeof(DeviceCookie)] = device;
        }
        return next(context);
    }

    private static RateLimitPartition<string> ByDevice(HttpContext context) =>
        !IsLimited(context, Limited.Signing) ? Unlimited
        : DeviceOf(context) is { } device ? RateLimitPartition.GetTokenBucketLimiter($"device {device}", _ => Device)
        : RateLimitPartition.GetTokenBucketLimiter($"no device {Network(context)}", _ => AddressWithoutDevice);

    private static RateLimitPartition<string> ByAddress(HttpContext context) =>
        IsLimited(context, Limited.SignIn) ? RateLimitPartition.GetTokenBucketLimiter($"sign-in {Network(context)}", _ => SignIn)
        : IsLimited(context, Limited.Signing) && DeviceOf(context) is not null ? RateLimitPartition.GetTokenBucketLimiter($"address {Network(context)}", _ => Address)
        : Unlimited;

    private static RateLimitPartition<string> Unlimited { get; } = RateLimitPartition.GetNoLimiter("");

    private static bool IsLimited(HttpContext context, Limited purpose) =>
        HttpMethods.IsPost(context.Request.Method) && PurposeOf(context) == purpose;

    private static Limited? PurposeOf(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<LimitedAttribute>()?.Purpose;

    private static Guid? DeviceOf(HttpContext context) => context.Items[typeof(DeviceCookie)] as Guid?;

    /// <summary>The address that asks; of IPv6 the first 64 bits, since a household is given all the rest.</summary>
    private static string Network(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }

    private static async ValueTask AnswerAsync(OnRejectedContext rejected, CancellationToken cancellation)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var known) ? known : TimeSpan.FromSeconds(10);
        var context = rejected.HttpContext;
        if (context.Request.Path.StartsWithSegments("/api"))
        {
            await Problem.TooManyRequests(wait).ExecuteAsync(context);
            return;
        }
        // The error page says the rest.
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = Problem.Seconds(wait);
    }

    private static TokenBucketRateLimiterOptions Bucket(int burst, int tokens, TimeSpan period) => new()
    {
        TokenLimit = burst,
        TokensPerPeriod = tokens,
        ReplenishmentPeriod = period,
        QueueLimit = 0,
        AutoReplenishment = true,
    };
}
