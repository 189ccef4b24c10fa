using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using SafetyCampaign.Ledger;

namespace SafetyCampaign.Load.Faults.Sabotage;

/// <summary>
/// The real program from its own entry point, with its ledger's store replaced by a worse one. It lives here alone: the
/// program has no switch for it.
/// </summary>
internal static class SabotagedProgram
{
    private static readonly Dictionary<string, Type> Stores = new()
    {
        ["unsynced"] = typeof(UnsyncedStore),
        ["hasty"] = typeof(HastyStore),
        ["forgetful"] = typeof(ForgetfulStore),
    };

    /// <summary>What to start a program through so that it is replaced by its sabotaged self.</summary>
    public static IReadOnlyList<string> Through(string store) =>
        [Path.Combine(AppContext.BaseDirectory, "SafetyCampaign.Load"), "sabotage", store];

    /// <param name="arguments">The store; the program in whose place this one runs; what that one was told.</param>
    public static int Run(string[] arguments)
    {
        using var watching = DiagnosticListener.AllListeners.Subscribe(new Listeners(Stores[arguments[0]]));
        var told = arguments[2..].Append("--applicationName=SafetyCampaign").ToArray();
        return (int)typeof(PledgeLedger).Assembly.EntryPoint!.Invoke(null, [told])!;
    }

    /// <summary>Waits for the program to say that it is building its host, as the tests' own host does.</summary>
    private sealed class Listeners(Type store) : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(DiagnosticListener listener)
        {
            if (listener.Name == "Microsoft.Extensions.Hosting")
                listener.Subscribe(this);
        }

        public void OnNext(KeyValuePair<string, object?> said)
        {
            if (said is { Key: "HostBuilding", Value: IHostBuilder host })
                host.ConfigureServices(services => services.Replace(ServiceDescriptor.Singleton(typeof(LedgerStore), store)));
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
