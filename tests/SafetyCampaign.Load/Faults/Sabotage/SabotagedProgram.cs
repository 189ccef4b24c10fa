using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using SafetyCampaign.Ledger;
using SafetyCampaign.Operations;

namespace SafetyCampaign.Load.Faults.Sabotage;

/// <summary>
/// The real program from its own entry point, with one part, mostly its ledger's store, replaced by a worse one. It lives here alone: the
/// program has no switch for it.
/// </summary>
internal static class SabotagedProgram
{
    private static readonly Dictionary<string, ServiceDescriptor> Parts = new()
    {
        ["unsynced"] = ServiceDescriptor.Singleton<LedgerStore, UnsyncedStore>(),
        ["hasty"] = ServiceDescriptor.Singleton<LedgerStore, HastyStore>(),
        ["forgetful"] = ServiceDescriptor.Singleton<LedgerStore, ForgetfulStore>(),
        ["walking"] = ServiceDescriptor.Singleton<LedgerStore, WalkingStore>(),
        ["uncached"] = ServiceDescriptor.Singleton<Readiness, UncachedReadiness>(),
    };

    /// <summary>What to start a program through so that it is replaced by its sabotaged self.</summary>
    public static IReadOnlyList<string> Through(string part) =>
        [Path.Combine(AppContext.BaseDirectory, "SafetyCampaign.Load"), "sabotage", part];

    /// <param name="arguments">The part; the program in whose place this one runs; what that one was told.</param>
    public static int Run(string[] arguments)
    {
        using var watching = DiagnosticListener.AllListeners.Subscribe(new Listeners(Parts[arguments[0]]));
        var told = arguments[2..].Append("--applicationName=SafetyCampaign").ToArray();
        return (int)typeof(PledgeLedger).Assembly.EntryPoint!.Invoke(null, [told])!;
    }

    /// <summary>Waits for the program to say that it is building its host, as the tests' own host does.</summary>
    private sealed class Listeners(ServiceDescriptor part) : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(DiagnosticListener listener)
        {
            if (listener.Name == "Microsoft.Extensions.Hosting")
                listener.Subscribe(this);
        }

        public void OnNext(KeyValuePair<string, object?> said)
        {
            if (said is { Key: "HostBuilding", Value: IHostBuilder host })
                host.ConfigureServices(services => services.Replace(part));
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
