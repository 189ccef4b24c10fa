namespace SafetyCampaign.Tests;

/// <summary>
/// The servers that tests of several nodes need; <c>.ci/run</c> starts both. Where one is absent its tests are skipped,
/// and say so; in CI that is a failure.
/// </summary>
internal static class Servers
{
    private const string PostgresVariable = "TEST_POSTGRES";

    public static bool HavePostgres => NameIn(PostgresVariable) is not null;

    /// <summary>A connection string of an account that may create databases.</summary>
    public static string Postgres => Named(PostgresVariable, "PostgreSQL");

    /// <summary>Host and port.</summary>
    public static string Redis => Named("TEST_REDIS", "Redis");

    private static string Named(string variable, string server)
    {
        if (NameIn(variable) is { } named)
            return named;
        var missing = $"There is no {server} to test with; {variable} may name one.";
        Assert.SkipWhen(Environment.GetEnvironmentVariable("CI") != "true", missing);
        Assert.Fail(missing);
        return missing;
    }

    private static string? NameIn(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } name ? name : null;
}
