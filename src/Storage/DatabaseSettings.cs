using Npgsql;

namespace SafetyCampaign.Storage;

/// <summary>Which database holds the records: one SQLite file in the data folder, or a PostgreSQL server for several nodes.</summary>
public static class DatabaseSettings
{
    private const string Provider = "Database:Provider";
    private const string Connection = "Database:ConnectionString";
    // Short timeouts: a phone gets 503 and repeats, instead of waiting for a server that does not answer.
    private const int SecondsToConnect = 2;
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
                return Read(connection);
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

    private static NpgsqlConnectionStringBuilder Read(string connection)
    {
        try
        {
            var read = new NpgsqlConnectionStringBuilder(connection);
            if (read.Host is not { Length: > 0 })
                throw new ArgumentException("No host.");
            read.Timeout = Math.Min(read.Timeout, SecondsToConnect);
            read.CancellationTimeout = MillisecondsToCancel;
            return read;
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException)
        {
            // The value is never part of a message: it holds a password.
            throw new InvalidOperationException($"{Connection} cannot be read; it should look like \"{Example}\".");
        }
    }
}
