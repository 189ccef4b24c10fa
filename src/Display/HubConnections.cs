using SafetyCampaign.Operations;

namespace SafetyCampaign.Display;

/// <summary>
/// Who may hold a connection to the hub: pages of this site and programs without an origin, so many in all and so many from one
/// address. Where an address has as many as it may, a screen whose device cookie is older takes the place of the youngest, so
/// that a projector keeps its place, and gets it back after its network was gone, whatever else connects there.
/// </summary>
internal sealed partial class HubConnections(
    DeviceCookie cookie, PublicAddress site, IConfiguration configuration, ILogger<HubConnections> log)
{
    /// <summary>In all: some 40 KB of memory each.</summary>
    public const string MaxSetting = "Display:MaxConnections";

    /// <summary>From one address: a school shows the stage in each of its classrooms.</summary>
    public const string MaxPerAddressSetting = "Display:MaxConnectionsPerAddress";

    /// <summary>Windows of one browser that have a place by its cookie; more have none.</summary>
    private const int MaxPerDevice = 8;

    private readonly bool isLimited = RateLimitingSetup.IsEnabled(configuration);
    private readonly int max = configuration.GetValue(MaxSetting, 12_000);
    private readonly int maxPerAddress = configuration.GetValue(MaxPerAddressSetting, 300);

    // Read once: this machine's own address, where none is configured, is the request's host as well.
    private readonly Lazy<string> publicHost = new(() => site.Base.Host);
    private readonly Dictionary<UInt128, List<Connection>> byAddress = [];
    private int connected;

    /// <summary>Serves a connection for as long as it lasts, or refuses it: 403 for a foreign page, 429 where there is no place.</summary>
    public async Task ServeAsync(HttpContext context, RequestDelegate hub)
    {
        if (!IsOfThisSite(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }
        if (!isLimited)
        {
            await hub(context);
            return;
        }
        var connection = new Connection(context, cookie.Read(context));
        var address = ClientNetwork.Of(context);
        if (!TryEnter(address, connection, out var displaced))
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            context.Response.Headers.RetryAfter = "5";
            return;
        }
        displaced?.Abort();
        try
        {
            await hub(context);
        }
        finally
        {
            Leave(address, connection);
        }
    }

    /// <summary>
    /// Browsers say of which page a script is that connects. The port is not compared: a proxy may hand on the host without it.
    /// </summary>
    private bool IsOfThisSite(HttpRequest request) =>
        request.Headers.Origin.ToString() is not { Length: > 0 } origin
        || (Uri.TryCreate(origin, UriKind.Absolute, out var page)
            && (IsSame(page.Host, request.Host.Host) || IsSame(page.Host, publicHost.Value)));

    private static bool IsSame(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private bool TryEnter(UInt128 address, Connection connection, out HttpContext? displaced)
    {
        displaced = null;
        lock (byAddress)
        {
            if (!byAddress.TryGetValue(address, out var here))
                byAddress[address] = here = [];
            if (here.Count >= maxPerAddress || connected >= max)
            {
                // The address of this one where it is full, else the one that has most.
                var crowd = here.Count >= maxPerAddress ? here : byAddress.Values.MaxBy(of => of.Count)!;
                if (Weakest(crowd) is not { } weakest || Since(connection, here) >= Since(weakest, crowd))
                {
                    if (here.Count == 0)
                        byAddress.Remove(address);
                    LogNoPlace(connected);
                    return false;
                }
                crowd.Remove(weakest); // its own leaving finds it gone
                connected--;
                displaced = weakest.Context;
            }
            here.Add(connection);
            byAddress[address] = here;
            connected++;
            return true;
        }
    }

    private void Leave(UInt128 address, Connection connection)
    {
        lock (byAddress)
        {
            if (!byAddress.TryGetValue(address, out var here))
                return;
            if (here.Remove(connection))
                connected--;
            if (here.Count == 0)
                byAddress.Remove(address);
        }
    }

    private static Connection? Weakest(List<Connection> crowd)
    {
        var windows = crowd.Select(of => of.Device).OfType<Guid>().CountBy(device => device).ToDictionary();
        return crowd.MaxBy(of => Since(of, device => windows[device]));
    }

    private static DateTimeOffset Since(Connection connection, List<Connection> beside) =>
        Since(connection, device => beside.Count(of => of.Device == device));

    /// <summary>Since when the device is known; nobody without a cookie is, nor a device with more windows than a person opens.</summary>
    private static DateTimeOffset Since(Connection connection, Func<Guid, int> windows) =>
        connection.Device is { } device && windows(device) <= MaxPerDevice ? DeviceCookie.IssuedAt(device) : DateTimeOffset.MaxValue;

    [LoggerMessage(1706, LogLevel.Debug, "No place for another screen: {Connected} are connected")]
    private partial void LogNoPlace(int connected);

    private sealed class Connection(HttpContext context, Guid? device)
    {
        public HttpContext Context => context;

        public Guid? Device => device;
    }
}
