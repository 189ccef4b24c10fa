namespace SafetyCampaign.Backups;

/// <summary>
/// SQL that gives <c>main</c>, a backup, what <c>replaced</c>, its continuation, says of accounts, links and pupils. Row numbers are
/// given once (AUTOINCREMENT), so a number that both have is the same account, link or pupil.
/// </summary>
internal static class RevocationStatements
{
    /// <summary>Accounts with another password, role, suspension or second factor: each of them gives a new stamp.</summary>
    public const string Accounts =
        """
        UPDATE main.organizers SET PasswordHash = r.PasswordHash, SecurityStamp = r.SecurityStamp, ConcurrencyStamp = r.ConcurrencyStamp,
            MustChangePassword = r.MustChangePassword, GeneratedPassword = r.GeneratedPassword, Role = r.Role,
            LockoutEnd = r.LockoutEnd, TwoFactorEnabled = r.TwoFactorEnabled
        FROM replaced.organizers r
        WHERE r.Id = organizers.Id AND (r.SecurityStamp IS NOT organizers.SecurityStamp OR r.PasswordHash IS NOT organizers.PasswordHash
            OR r.Role <> organizers.Role OR r.LockoutEnd IS NOT organizers.LockoutEnd)
        """;

    public const string Organizations =
        """
        UPDATE main.organizers SET OrganizationId = r.OrganizationId FROM replaced.organizers r
        WHERE r.Id = organizers.Id AND r.OrganizationId IN (SELECT Id FROM main.organizations)
        """;

    /// <summary>An account that was moved to an organization which the backup does not have: it would reach what it no longer may.</summary>
    public const string OrganizationIsGone =
        """
        UPDATE main.organizers SET LockoutEnd = $never FROM replaced.organizers r
        WHERE r.Id = organizers.Id AND r.OrganizationId NOT IN (SELECT Id FROM main.organizations)
        """;

    /// <summary>Left, or spelt otherwise.</summary>
    public const string Pupils =
        """
        UPDATE main.roster_entries SET Name = r.Name, Seat = r.Seat, LeftAt = r.LeftAt FROM replaced.roster_entries r
        WHERE r.Id = roster_entries.Id AND (r.Name <> roster_entries.Name OR r.LeftAt IS NOT roster_entries.LeftAt)
        """;

    /// <summary>
    /// Whole, since the parts belong together: a recovery code is spent by deleting its row, and a new app has a new key. So are the
    /// identity provider's subjects.
    /// </summary>
    public static readonly IReadOnlyList<string> SecondFactors =
    [
        .. Whole("organizer_tokens", "UserId, LoginProvider, Name, Value"),
        .. Whole("organizer_passkeys", "CredentialId, UserId, Data"),
        .. Whole("organizer_logins", "LoginProvider, ProviderKey, ProviderDisplayName, UserId"),
    ];

    /// <summary>Of a table whose rows end at a moment: those that have ended since, or are gone.</summary>
    public static string Revoked(string table) =>
        $"""
        UPDATE main.{table} SET RevokedAt = coalesce(
            (SELECT r.RevokedAt FROM replaced.{table} r WHERE r.Id = {table}.Id), (SELECT max(At) FROM replaced.audit_entries))
        WHERE RevokedAt IS NULL AND Id NOT IN (SELECT Id FROM replaced.{table} WHERE RevokedAt IS NULL)
        """;

    private static IEnumerable<string> Whole(string table, string columns) =>
    [
        $"DELETE FROM main.{table}",
        $"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM replaced.{table} WHERE UserId IN (SELECT Id FROM main.organizers)",
    ];
}
