namespace SafetyCampaign.Operations;

/// <summary>
/// Who may use a route. Every route names one of these, or says <c>AllowAnonymous</c>; a test reads the list of routes
/// and fails for one that names none.
/// </summary>
public static class Policies
{
    /// <summary>Any account: reads within its access scope.</summary>
    public const string Read = "read";

    /// <summary>
    /// Names and handwriting of the event, or names of the school, in the address: organizers and administrators, and observers to whom an
    /// administrator has given that right for a time.
    /// </summary>
    public const string ReadNames = "read-names";

    /// <summary>Organizers and administrators: changes within their access scope.</summary>
    public const string Organize = "organize";

    /// <summary>Administrators: accounts and organizations within their access scope.</summary>
    public const string Administer = "administer";

    /// <summary>Another program with a token that may read counts.</summary>
    public const string ReadCountsByToken = "read-counts-by-token";

    /// <summary>Another program with a token that may read lists of names.</summary>
    public const string ReadListsByToken = "read-lists-by-token";

    /// <summary>Whoever leads through the event in the address: an account that may change it, or a host link of it.</summary>
    public const string Host = "host";
}
