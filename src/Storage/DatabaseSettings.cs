using System.Globalization;
using Npgsql;

namespace SafetyCampaign.Storage;

/// <summary>Which database holds the records: one SQLite file in the data folder, or a PostgreSQL server for several nodes.</summary>
public static class DatabaseSettings
{
    private const string Provider = "Database:Provider";
    private const string Connection = "Database:ConnectionString";
    private const string Connections = "Database:MaxConnections";

    /// <summary>
    /// One node alone fits into a server with <c>max_connections=20</c>, six into the usual 100 (3 of them are the superuser's).
    /// More would not read faster: a statement takes about a millisecond.
    /// </summary>
    private const int UsualMaxConnections = 15;

    /// <summary>The ledger keeps one, and a signature, a receipt and the health check must not wait for each other.</summary>
    private const int MinConnections = 6;

    /// <summary>What Npgsql takes where the connection string does not say it; the server has no more by default.</summary>
    private const int PoolSizeOfDriver = 100;

    // Short timeouts: a phone gets 503 and repeats, instead of waiting for a server that does not answer. The first one
    // also limits the wait for a connection of the pool.
    private const int SecondsToConnect = 2;
    private const int MillisecondsToLock = 1500;
    private const int MillisecondsToCancel = 500;

    private const string Example = "Host=db.example.cn;Database=pledges;Username=pledges;Password=…";

    /// <summary>Where the PostgreSQL server is; null where SQLite is chosen.</summary>
    /// <exception cref="InvalidOperationException">The settings contradict each other. Starting on another database than was
    /// meant would split the records in two.</exception>
    public static NpgsqlConnectionStringBuilder? Postgres(IConfiguration configuration)
    {
        var (provider, connection) = (configuration[Provider] ?? "", configuration[Connection] ?? "");
        switch (provider.ToUpperInvariant())
        {
            case "POSTGRES" when connection == "":
                throw new InvalidOperationException($"{Provider} is Postgres; say where it is, for example {Connection}=\"{Example}\".");
            case "POSTGRES":
                return Read(connection, Number(configuration));
            case "" or "SQLITE" when connection != "":
                throw new InvalidOperationException(
                    $"{Connection} is set, but the database is SQLite, which lies in the data folder; set {Provider}=Postgres, or "
                        + $"take {Connection} away.");
            case "" or "SQLITE":
                return null;
            default:
                throw new InvalidOperationException($"{Provider} is \"{provider}\"; it can be Sqlite or Postgres.");
        }
    }

    /// <summary>How many connections one node opens to the database at most; of SQLite, how many requests read it at once.</summary>
    public static int MaxConnections(IConfiguration configuration) =>
        Postgres(configuration)?.MaxPoolSize ?? Number(configuration) ?? UsualMaxConnections;

    private static int? Number(IConfiguration configuration) => configuration[Connections] switch
    {
        null or "" => null,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is >= MinConnections and <= 1000 => number,
        var text => throw new InvalidOperationException(
            $"{Connections} is \"{text}\". Set it to a number from {MinConnections} to 1000, for example {UsualMaxConnections}."),
    };

    private static NpgsqlConnectionStringBuilder Read(string connection, int? maxConnections)
    {
        try
        {
            var read = new NpgsqlConnectionStringBuilder(connection);
            if (read.Host is not { Length: > 0 })
                throw new ArgumentException("No host.");
            read.Timeout = Math.Min(read.Timeout, SecondsToConnect);
            read.CancellationTimeout = MillisecondsToCancel;
            read.MaxPoolSize = maxConnections ?? (read.MaxPoolSize == PoolSizeOfDriver ? UsualMaxConnections : read.MaxPoolSize);
            read.MinPoolSize = Math.Min(read.MinPoolSize, read.MaxPoolSize);
            // In the options, where it survives the reset of a connection that goes back to the pool.
            if (read.Options?.Contains("lock_timeout", StringComparison.Ordinal) is not true)
                read.Options = $"{read.Options} -c lock_timeout={MillisecondsToLock}".TrimStart();
            return read;
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException)
        {
            // The value is never part of a message: it holds a password.
            throw new InvalidOperationException($"{Connection} cannot be read; it should look like \"{Example}\".");
        }
    }
}
