namespace SafetyCampaign.Storage;

/// <summary>Why, where an action has several reasons. A number and no text, so that no line can hold a signer's name.</summary>
public enum AuditReason
{
    /// <summary>Likely duplicates are looked through.</summary>
    Duplicates = 1,

    /// <summary>Signatures that look made by a program are looked through.</summary>
    Suspicious = 2,

    /// <summary>Earlier decisions are looked through.</summary>
    Decisions = 3,

    /// <summary>Masked names wait for the host's approval, or are on the stage.</summary>
    StageNames = 4,

    /// <summary>A family has lost its receipt.</summary>
    LostReceipt = 5,

    /// <summary>A family asks at the desk.</summary>
    FamilyRequest = 6,

    /// <summary>The list of those who signed is read or printed.</summary>
    SignerList = 7,

    /// <summary>The list of a class's pupils is read, printed, or compared with a file.</summary>
    RosterList = 8,

    /// <summary>Who of a class has signed.</summary>
    ClassCoverage = 9,

    /// <summary>The take-home slips of a class are shown and printed.</summary>
    Slips = 10,

    /// <summary>An organizer checks with a class teacher who has signed.</summary>
    ForTeacher = 12,

    /// <summary>The pledge book is read or printed.</summary>
    PledgeBook = 11,

    /// <summary>Signatures on a class sheet are compared with the names.</summary>
    PaperSheet = 13,

    /// <summary>Photos of class sheets are looked at of which nobody has said yet what they show; the number is that of photos.</summary>
    PaperPhotos = 14,

    /// <summary>The archive package is taken out.</summary>
    Archive = 18,

    WrongPassword = 20,
    LockedOut = 21,

    /// <summary>No account has the name that was typed, which is not kept.</summary>
    UnknownAccount = 22,

    /// <summary>Of an authenticator app, or a recovery code; the password was right.</summary>
    WrongCode = 23,
    PasskeyRefused = 24,

    /// <summary>The account signed in by the identity provider.</summary>
    IdentityProvider = 30,

    /// <summary>No account belongs to the person for whom the identity provider vouched, whose subject is not kept.</summary>
    UnknownSubject = 31,

    FirstStart = 40,
    CommandLine = 41,

    /// <summary>An authenticator app was set up.</summary>
    AuthenticatorSet = 60,
    AuthenticatorRemoved = 61,
    RecoveryCodesRenewed = 62,
    RecoveryCodeUsed = 63,
    PasskeyAdded = 64,
    PasskeyRemoved = 65,

    /// <summary>All second factors of an account were taken away by an administrator.</summary>
    SecondFactorReset = 66,

    /// <summary>Signed in by the password and a code of an authenticator app.</summary>
    ByCode = 70,

    /// <summary>Signed in by the password and a recovery code.</summary>
    ByRecoveryCode = 71,
    ByPasskey = 72,
}

public static class AuditActionExtensions
{
    public static AuditGroup Group(this AuditAction action) => (AuditGroup)((int)action / 100);
}
