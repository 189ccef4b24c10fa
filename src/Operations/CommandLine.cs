using System.Text;

namespace SafetyCampaign.Operations;

/// <summary>
/// One program, several verbs. Everything else on the line is configuration (<c>--urls …</c>, <c>--DataDirectory=…</c>).
/// Exit codes: 0 done, 1 failed, 2 not understood.
/// </summary>
public static partial class CommandLine
{
    /// <param name="args">What was typed.</param>
    /// <param name="verbs">What the program can be told to do; the first when nothing is said.</param>
    /// <param name="build">Builds the program from the options, the verb taken out.</param>
    /// <param name="map">Maps its pages and endpoints, for a verb that serves them.</param>
    public static async Task<int> RunAsync(
        string[] args, IReadOnlyList<Verb> verbs, Func<string[], WebApplication> build, Action<WebApplication> map)
    {
        if (OperatingSystem.IsWindows())
            Console.OutputEncoding = Encoding.UTF8; // its default cannot write Chinese everywhere
        if (args.Any(argument => argument is "--help" or "-h" or "-?"))
        {
            Console.WriteLine(Help(verbs));
            return 0;
        }
        var (words, options) = Split(args);
        var verb = words is [] ? verbs[0] : verbs.FirstOrDefault(verb => verb.Name == words[0]);
        if (verb is null || words.Count > (verb.Operand is null ? 1 : 2))
        {
            await Console.Error.WriteLineAsync(
                $"\"{string.Join(' ', words)}\" is not something this program does. It "
                    + $"knows: {string.Join(", ", verbs.Select(v => v.Usage))}.");
            return 2;
        }
        if (verb.Operand is not null && words.Count == 1)
        {
            await Console.Error.WriteLineAsync($"Say which: {verb.Usage}");
            return 2;
        }
        var typed = new ConfigurationBuilder().AddCommandLine(options)
            .AddInMemoryCollection(verb.Operand is null ? [] : [new(verb.Operand, words[1])]).Build();

        WebApplication? app = null;
        try
        {
            app = build(WithFilesBeside(options));
            if (verb.Serves)
                map(app);
            await verb.DoAsync(app, typed);
            return 0;
        }
        catch (Exception exception) when (exception is not HostAbortedException) // thrown by tools that only look at the host
        {
            if (app is not null)
                LogVerbFailed(app.Logger, verb.Name, exception);
            await Console.Error.WriteLineAsync(StartupErrors.ToSentence(exception));
            return 1;
        }
        finally
        {
            if (app is not null)
                await app.DisposeAsync();
        }
    }

    /// <summary>
    /// A published program has its pages and settings beside it, from whatever folder it is started; a built one has them
    /// in the project's folder, where <c>dotnet run</c> starts it.
    /// </summary>
    private static string[] WithFilesBeside(string[] options) =>
        Directory.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot"))
            && !options.Any(option => option.StartsWith("--contentRoot", StringComparison.OrdinalIgnoreCase))
            ? [.. options, $"--contentRoot={AppContext.BaseDirectory}"]
            : options;

    /// <summary>An option without "=" takes the argument that follows it; what is left over are words.</summary>
    private static (List<string> Words, string[] Options) Split(string[] args)
    {
        var words = new List<string>();
        var options = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith('-'))
            {
                words.Add(args[i]);
                continue;
            }
            options.Add(args[i]);
            if (!args[i].Contains('=') && i + 1 < args.Length && !args[i + 1].StartsWith('-'))
                options.Add(args[++i]);
        }
        return (words, [.. options]);
    }

    private static string Help(IReadOnlyList<Verb> verbs) =>
        $"""
        SafetyCampaign: drowning-prevention events, pledges signed on the phone, counted live on a screen.

        SafetyCampaign [verb] [options]

        {string.Join('\n', verbs.Select(verb => $"  {verb.Usage,-22}{verb.Purpose}"))}

          --urls ADDRESS        where to listen, for example http://0.0.0.0:5080
          --DataDirectory=PATH  the folder of the database and keys (default: data)
          --PublicBaseUrl=URL   the address that phones use, for example https://pledge.example.cn

          --Database:Provider=Postgres --Database:ConnectionString=…   for several nodes, see the README

        Every option may also stand in appsettings.json or in the environment (DataDirectory=…, Limits__Enabled=…).
        """;

    [LoggerMessage(2301, LogLevel.Debug, "{Verb} failed")]
    private static partial void LogVerbFailed(ILogger log, string verb, Exception exception);
}
