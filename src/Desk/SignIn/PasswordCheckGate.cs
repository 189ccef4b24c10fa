using System.Threading.RateLimiting;

namespace SafetyCampaign.Desk;

/// <summary>
/// How many passwords are hashed at once. A hash takes a core for a tenth of a second or more, on purpose; half of the
/// cores stay for families, however many sign-ins are tried. Known devices have a line of their own.
/// </summary>
public sealed class PasswordCheckGate : IDisposable
{
    private readonly ConcurrencyLimiter strangers = Half();
    private readonly ConcurrencyLimiter knownDevices = Half();

    /// <summary>To dispose when the password has been checked. Not acquired where too many wait already.</summary>
    public ValueTask<RateLimitLease> EnterAsync(bool isKnownDevice, CancellationToken cancellationToken) =>
        (isKnownDevice ? knownDevices : strangers).AcquireAsync(1, cancellationToken);

    public void Dispose()
    {
        strangers.Dispose();
        knownDevices.Dispose();
    }

    /// <summary>Of 32 the last waits some 5 s on two cores, which is as long as somebody looks at a page that loads.</summary>
    private static ConcurrencyLimiter Half() => new(new ConcurrencyLimiterOptions
    {
        PermitLimit = Math.Max(1, Environment.ProcessorCount / 2),
        QueueLimit = 32,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });
}
