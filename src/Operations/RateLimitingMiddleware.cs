using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Authorization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Operations;

/// <summary>What a limited route is for.</summary>
public enum RateLimitPurpose
{
    Signing,
    Verifying,
    Drawing,

    /// <summary>What a class signs on its teacher's device.</summary>
    ClassSigning,

    /// <summary>Files that are sent by a class link, without an account.</summary>
    ClassUpload,

    /// <summary>What another program reads by a token.</summary>
    ReadingByToken,
}

/// <summary>Marks a route that is limited: its POSTs, and of verification and certificates the asking.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RateLimitAttribute(RateLimitPurpose purpose) : Attribute
{
    public RateLimitPurpose Purpose { get; } = purpose;
}

/// <summary>
/// How often one phone and one address may sign, try a verification code or an event's, or have a certificate drawn; how much that is
/// says <see cref="RateLimitBudgets"/>. Signing in has rules of its own (Desk).
/// </summary>
internal sealed class RateLimitingMiddleware(
    DeviceCookie cookie, RateLimitBudgets budgets, EventCodeLimit codes, SignedDevices devices, PublishedEvents events, TimeProvider time,
    IMeterFactory meters)
{
    /// <summary>A sign request's key, told before its body is read; the sign endpoint refuses a body that has another.</summary>
    public const string KeyHeader = "Idempotency-Key";

    public const string EnabledSetting = "Limits:Enabled";

    private static readonly KeyValuePair<string, object?> Signing = new("safety_campaign.limited", "signing");
    private static readonly KeyValuePair<string, object?> ClassSigning = new("safety_campaign.limited", "class_signing");
    private static readonly KeyValuePair<string, object?> ClassUpload = new("safety_campaign.limited", "class_upload");
    private static readonly KeyValuePair<string, object?> Verifying = new("safety_campaign.limited", "verifying");
    private static readonly KeyValuePair<string, object?> Drawing = new("safety_campaign.limited", "certificate");
    private static readonly KeyValuePair<string, object?> ReadingByToken = new("safety_campaign.limited", "api_token");
    private static readonly KeyValuePair<string, object?> Codes = new("safety_campaign.limited", "event_code");

    private readonly Counter<long> refusals = meters.Campaign().CreateCounter<long>(
        "safety_campaign.limits.refusals", "{request}", "Requests over a limit, by what they wanted");

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (CodeOf(context) is { } code && await codes.WaitAsync(context, code) is { } later)
        {
            await RefuseAsync(context, later, Codes);
            return;
        }
        await (context.GetEndpoint()?.Metadata.GetMetadata<RateLimitAttribute>()?.Purpose switch
        {
            null => next(context),
            RateLimitPurpose.Signing => SignAsync(context, next),
            RateLimitPurpose.ClassSigning => LimitAsync(context, next,
                budgets.TakeClassSignature($"{context.GetRouteValue("secret")}", ClientNetwork.Of(context)), ClassSigning),
            RateLimitPurpose.ClassUpload => LimitAsync(context, next, SendsFiles(context)
                ? budgets.TakeClassUpload($"{context.GetRouteValue("secret")}", ClientNetwork.Of(context)) : null, ClassUpload),
            RateLimitPurpose.Drawing => LimitAsync(context, next, budgets.TakeCertificate($"{context.GetRouteValue("receipt")}"), Drawing),
            RateLimitPurpose.ReadingByToken => LimitAsync(context, next, budgets.TakeReading(
                context.Request.Headers.Authorization.ToString(), ClientNetwork.Of(context)), ReadingByToken),
            _ => LimitAsync(context, next, WaitToVerify(context), Verifying),
        });
    }

    private Task LimitAsync(HttpContext context, RequestDelegate next, TimeSpan? wait, KeyValuePair<string, object?> refusal) =>
        wait is { } later ? RefuseAsync(context, later, refusal) : next(context);

    /// <summary>Rows are decided on the same page, by forms without files, as fast as somebody presses.</summary>
    private static bool SendsFiles(HttpContext context) => HttpMethods.IsPost(context.Request.Method)
        && context.Request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) is true;

    /// <summary>
    /// Of an event, in the address of a public page or typed at the home page. The desk answers by the account's access scope.
    /// </summary>
    private static string? CodeOf(HttpContext context) =>
        context.GetRouteValue("code") is string code
            ? IsPublic(context) && !context.Request.Path.StartsWithSegments("/verify") ? code : null
            : context.Request.Path == "/" ? (string?)context.Request.Query["code"] : null;

    private static bool IsPublic(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    private async Task SignAsync(HttpContext context, RequestDelegate next)
    {
        var device = cookie.Read(context);
        if (device is null)
            IssueWithAnswer(context);
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            await next(context);
            return;
        }
        var address = ClientNetwork.Of(context);
        if (device is not { } known || DeviceCookie.IsIssuedWithin(Pledge.MinSigningTime, known, time.GetUtcNow()))
        {
            if (device is not null)
                context.Features.Set(new SigningFlagsFeature(SigningFlags.FreshDevice));
            await LimitAsync(context, next, budgets.TakeSignature(address), Signing);
            return;
        }
        var isFromBurst = DeviceCookie.IsFromBurst(known);
        if (budgets.TakeSignature(known, address, isFromBurst) is { } wait
            && (isFromBurst || !await HasWaitedAsync(context) || budgets.TakeQueuedSignature(known, address) is not null))
            await RefuseAsync(context, wait, Signing);
        else if (context.GetRouteValue("receipt") is not null)
            await next(context); // changes what is stored, and stores no pledge
        else
            await SignAsDeviceAsync(context, next, known, address, isFromBurst);
    }

    /// <summary>Whether the request names a key that we issued with a page of its event, and not only just now.</summary>
    private async ValueTask<bool> HasWaitedAsync(HttpContext context) =>
        Guid.TryParse((string?)context.Request.Headers[KeyHeader], out var key)
        && await events.FindAsync(context.GetRouteValue("code") as string, context.RequestAborted) is { } e
        && e.Keys.IssuedAt(key) is { } issued && time.GetUtcNow() - issued >= Pledge.MinSigningTime;

    /// <summary>The first pledge of a phone is its own; each further one that is stored is paid by the address.</summary>
    private async Task SignAsDeviceAsync(HttpContext context, RequestDelegate next, Guid device, UInt128 address, bool isFromBurst)
    {
        var (hasSigned, signsMany) = devices.Begin(device);
        var isStored = false;
        var isPaid = false;
        try
        {
            if (hasSigned && budgets.TakeFurtherPledge(address) is { } wait)
            {
                await RefuseAsync(context, wait, Signing);
                return;
            }
            isPaid = hasSigned;
            if (isFromBurst || signsMany)
                context.Features.Set(new SigningFlagsFeature((isFromBurst ? SigningFlags.BurstOfDevices : 0)
                    | (signsMany ? SigningFlags.ManyFromOneDevice : 0)));
            await next(context);
            isStored = context.Response.StatusCode is StatusCodes.Status201Created or StatusCodes.Status303SeeOther;
        }
        finally
        {
            devices.End(device, isStored);
            if (isPaid && !isStored)
                budgets.GiveBackFurtherPledge(address);
        }
    }

    private TimeSpan? WaitToVerify(HttpContext context) =>
        context.GetRouteValue("code") is not null ? budgets.TakeVerification(ClientNetwork.Of(context)) : null;

    /// <summary>Not with a refusal: a refused client must not receive a fresh cookie, by which it could count as another device.</summary>
    private void IssueWithAnswer(HttpContext context) => context.Response.OnStarting(() =>
    {
        if (context.Response.StatusCode != StatusCodes.Status429TooManyRequests)
            cookie.Issue(context, inBurst: !budgets.TakeOpening(ClientNetwork.Of(context)));
        return Task.CompletedTask;
    });

    private Task RefuseAsync(HttpContext context, TimeSpan wait, KeyValuePair<string, object?> refusal)
    {
        refusals.Add(1, refusal);
        if (context.Request.Path.StartsWithSegments("/api"))
            return Problem.TooManyRequests(wait).ExecuteAsync(context);
        // The error page says the rest.
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = Problem.Seconds(wait);
        return Task.CompletedTask;
    }
}

/// <summary>What the limits noticed of a request to sign; there only where they did.</summary>
internal sealed record SigningFlagsFeature(SigningFlags Flags)
{
    public static SigningFlags Of(HttpContext context) => context.Features.Get<SigningFlagsFeature>()?.Flags ?? SigningFlags.None;
}

public static class RateLimitingSetup
{
    internal static void AddRateLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<DeviceCookie>();
        builder.Services.AddSingleton<RateLimitBudgets>();
        builder.Services.AddSingleton<SignedDevices>();
        builder.Services.AddSingleton(services => new EventCodeLimit(services.GetRequiredService<PublishedEvents>(),
            services.GetRequiredService<RateLimitBudgets>(), IsEnabled(builder.Configuration)));
        builder.Services.AddSingleton<RateLimitingMiddleware>();
    }

    public static void UseRateLimits(this IApplicationBuilder app)
    {
        if (!IsEnabled(app.ApplicationServices.GetRequiredService<IConfiguration>()))
            return;
        var middleware = app.ApplicationServices.GetRequiredService<RateLimitingMiddleware>();
        app.Use(middleware.InvokeAsync);
    }

    internal static bool IsEnabled(IConfiguration configuration) => configuration.GetValue(RateLimitingMiddleware.EnabledSetting, true);
}
