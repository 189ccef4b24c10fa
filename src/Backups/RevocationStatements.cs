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

    /// <summary>Of a table whose rows are deleted alone when somebody is to be forgotten: those that are gone since.</summary>
    public static string Gone(string table) => $"DELETE FROM main.{table} WHERE Id NOT IN (SELECT Id FROM replaced.{table})";

    /// <summary>Rows of photos of class sheets that are gone while others of the photo stay.</summary>
    public const string RowPictures =
        """
        DELETE FROM main.paper_row_pictures WHERE NOT EXISTS (
            SELECT 1 FROM replaced.paper_row_pictures r WHERE r.PhotoId = paper_row_pictures.PhotoId AND r.Row = paper_row_pictures.Row)
        """;

    /// <summary>Rows of class sheets that were counted and erased since: in the backup they may be undecided.</summary>
    public const string ErasedRows =
        """
        UPDATE main.paper_rows SET Name = NULL, RosterEntryId = NULL, Decision = NULL, Sequence = NULL, Key = r.Key, IsErased = 1
        FROM replaced.paper_rows r
        WHERE r.SheetId = paper_rows.SheetId AND r.Row = paper_rows.Row AND r.IsErased AND NOT paper_rows.IsErased
        """;

    /// <summary>Typed names that were overwritten or taken out since; one that has become a pledge since is not among them.</summary>
    public const string TypedNames =
        """
        UPDATE main.paper_rows SET Name = r.Name FROM replaced.paper_rows r
        WHERE r.SheetId = paper_rows.SheetId AND r.Row = paper_rows.Row AND r.Sequence IS NULL
            AND paper_rows.Name IS NOT NULL AND r.Name IS NOT paper_rows.Name
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
