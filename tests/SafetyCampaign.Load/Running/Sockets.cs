namespace SafetyCampaign.Load.Running;

/// <summary>
/// Client and server share the machine, so the client must cost little: one thread serves all its sockets and runs what
/// follows a receive at once, without handing it to the thread pool. The price: whatever continues right after awaiting
/// a socket stands on that thread and must not block it; <see cref="RunningProgram"/> and the loads step off it themselves.
/// </summary>
internal static class Sockets
{
    private const string Inline = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";
    private const string Threads = "DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT";

    /// <summary>Only before the first socket is made.</summary>
    public static void UseOneThread()
    {
        Environment.SetEnvironmentVariable(Inline, "1");
        Environment.SetEnvironmentVariable(Threads, "1");
    }

    /// <summary>What is measured runs as anyone would run it.</summary>
    public static void LeaveAsUsual(IDictionary<string, string?> environment)
    {
        environment.Remove(Inline);
        environment.Remove(Threads);
    }
}
