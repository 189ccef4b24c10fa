using SafetyCampaign.Storage;

namespace SafetyCampaign.Desk;

/// <summary>What became of a person for whom the identity provider vouches.</summary>
public enum SubjectSignInStatus
{
    Succeeded,

    /// <summary>No account has this subject; accounts are made by administrators alone.</summary>
    UnknownSubject,

    /// <summary>An administrator has suspended the account.</summary>
    Suspended,
}

public sealed partial class AccountSignIn
{
    /// <summary>
    /// Signs in whom the identity provider vouches for. Whatever further proof it asks for is its own matter; a password that is still
    /// to be changed keeps nobody out, since it was not used.
    /// </summary>
    /// <param name="http">The request; the answer gets the cookies.</param>
    /// <param name="issuer">The provider, see IdentityProviderOptions.</param>
    /// <param name="subject">Whom it names, exactly.</param>
    public async Task<SubjectSignInStatus> TrySubjectAsync(HttpContext http, string issuer, string subject)
    {
        var account = await signIn.UserManager.FindByLoginAsync(issuer, subject);
        if (account is null || IsLocked(account))
        {
            audit.Failed(account, account is null ? AuditReason.UnknownSubject : AuditReason.LockedOut);
            return account is null ? SubjectSignInStatus.UnknownSubject : SubjectSignInStatus.Suspended;
        }
        await audit.SucceededAsync(account, AuditReason.IdentityProvider);
        await StartAsync(http, account, throughProvider: true);
        return SubjectSignInStatus.Succeeded;
    }
}
