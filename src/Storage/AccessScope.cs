namespace SafetyCampaign.Storage;

/// <summary>
/// How far a unit of work may see and write: nothing, one organization and all below it, or everything (the
/// program itself: the ledger, the public pages, the command line).
/// </summary>
/// <param name="Path">The organization's path, see <see cref="Campaigns.Organization.Path"/>; null for everything.</param>
/// <param name="MayWrite">False for observers.</param>
/// <param name="Account">The signed-in account; null where nobody is.</param>
/// <param name="AccountName">What it is called, for the audit log.</param>
public sealed record AccessScope(string? Path, bool MayWrite, int? Account = null, string? AccountName = null)
{
    /// <summary>The path; an empty one, which every path starts with, would hold everything by mistake.</summary>
    public string? Path { get; } = Path is "" ? throw new ArgumentException("An access scope needs a path.", nameof(Path)) : Path;

    /// <summary>No organization's path starts like this.</summary>
    public static AccessScope Nothing { get; } = new("-", false);

    public static AccessScope Everything { get; } = new(null, true);

    public bool IsEverything => Path is null;

    /// <summary>
    /// Everything, by the same account: for what an act that it may do brings about elsewhere, such as at another organization's event.
    /// </summary>
    internal AccessScope Widened => Everything with { Account = Account, AccountName = AccountName };

    /// <summary>Whether what belongs to the organization of this path may be seen.</summary>
    public bool Includes(string organizationPath) => Path is null || organizationPath.StartsWith(Path, StringComparison.Ordinal);

    /// <summary>It includes a whole tree, and so sees what concerns no organization of it.</summary>
    internal bool IsRoot => Path?.Count(c => c == '/') == 2;

    /// <summary>Whoever acts in it, for the audit log.</summary>
    internal AuditActor Actor => new(Account, AccountName);
}

/// <summary>The access scope of the current request. Nothing until sign-in has been checked.</summary>
public sealed class CurrentAccessScope
{
    public AccessScope Current { get; set; } = AccessScope.Nothing;
}

/// <summary>Somebody tried to write outside the access scope of their account.</summary>
public sealed class AccessScopeViolationException(string what) : Exception($"{what} is outside this account's access scope.");
