namespace SafetyCampaign.Storage;

/// <summary>What an action of the audit log belongs to: its number without the last two digits.</summary>
public enum AuditGroup
{
    SignIn = 1,
    Accounts = 2,
    Organizations = 3,
    Campaigns = 4,
    Events = 5,
    Hosting = 6,
    Names = 7,
    Exports = 8,
    Program = 9,
}

/// <summary>
/// What was done. The store keeps the number, whose hundreds name its <see cref="AuditGroup"/>; the sentence of each stands in
/// Organizing/AuditText.resx under <c>Action.</c> and its name.
/// </summary>
public enum AuditAction
{
    SignedIn = 100,

    /// <summary>Several failures in a row are one line, with their number.</summary>
    SignInFailed = 101,
    SignedOut = 102,

    /// <summary>Sessions of an account were ended, on other devices or on all.</summary>
    SessionsEnded = 103,

    /// <summary>A passkey, an authenticator or recovery codes were added, replaced or taken away.</summary>
    SecondFactorChanged = 104,

    AccountCreated = 200,

    /// <summary>Its role or its organization.</summary>
    AccountChanged = 201,
    AccountRemoved = 202,
    AccountUnlocked = 203,
    PasswordReset = 204,
    PasswordChanged = 205,

    /// <summary>An observer may see names in an organization until a day.</summary>
    NamesGranted = 206,
    NamesRevoked = 207,

    /// <summary>At the first start or from the command line.</summary>
    AdministratorCreated = 208,
    AccountLocked = 209,

    /// <summary>A password that the program made up was shown once more.</summary>
    GeneratedPasswordShown = 210,

    /// <summary>Which person at the identity provider the account belongs to.</summary>
    SubjectChanged = 220,

    OrganizationCreated = 300,
    OrganizationChanged = 301,
    OrganizationRemoved = 302,
    ClassesAdded = 303,

    /// <summary>How many pupils the classes of a school have.</summary>
    ClassesChanged = 304,
    ClassRemoved = 305,

    /// <summary>It lies below another organization from now on.</summary>
    OrganizationMoved = 306,
    OrganizationArchived = 307,

    /// <summary>It is no longer archived.</summary>
    OrganizationRestored = 308,

    /// <summary>All that it had belongs to another organization from now on.</summary>
    OrganizationsMerged = 309,

    /// <summary>A school's lists of pupils were brought to what a file says; how many pupils it held.</summary>
    RosterImported = 310,

    /// <summary>A pupil was added to a class's list, renamed, moved, marked as having left, or deleted from it, by hand.</summary>
    RosterChanged = 311,

    CampaignCreated = 400,
    TextWritten = 401,
    RulesWritten = 402,

    /// <summary>What a campaign is called, in one language or another.</summary>
    CampaignRenamed = 403,

    EventCreated = 500,
    EventEdited = 501,
    EventClassesChosen = 502,
    ScenesArranged = 503,
    FilmUploaded = 504,
    FilmRemoved = 505,

    /// <summary>The film is chosen on the day on the machine at the projector.</summary>
    FilmLeftToProjector = 506,
    RehearsalStarted = 507,
    RehearsalWiped = 508,
    SigningOpened = 509,
    SigningClosed = 510,

    /// <summary>A draft can be read by whoever has its code.</summary>
    EventPublished = 511,

    /// <summary>It left the lists.</summary>
    EventArchived = 512,

    /// <summary>It is no longer archived.</summary>
    EventRestored = 513,
    EventDeleted = 514,

    PictureUploaded = 515,
    PictureRemoved = 516,
    LectureCardsChanged = 517,

    HostLinkCreated = 600,
    HostLinkRevoked = 601,
    HostLinkOpened = 602,
    SceneShown = 603,

    /// <summary>A film or the metronome was started, stopped or moved.</summary>
    PlaybackChanged = 604,
    SoundChanged = 605,

    /// <summary>The stage was blanked, or shown again.</summary>
    StageBlanked = 606,

    /// <summary>The count on the stage was held, or let go.</summary>
    CountHeld = 607,
    SignNowStarted = 608,
    NamesApproved = 609,
    NamesRefused = 610,

    /// <summary>The code was shown as large as the screens can, or small again.</summary>
    LargeCodeShown = 611,
    ClassLinkCreated = 620,
    ClassLinkRevoked = 621,

    /// <summary>Somebody opened the page of a class by its link.</summary>
    ClassLinkOpened = 622,

    /// <summary>Pupils of a class were given take-home slips.</summary>
    SlipsIssued = 624,

    /// <summary>Others were given in place of slips, which ended.</summary>
    SlipsReplaced = 625,
    SlipsRevoked = 626,

    /// <summary>
    /// On a class's device or page it was noted of pupils that they decline or are absent; one line a quarter of an hour.
    /// </summary>
    AnswersNoted = 627,

    /// <summary>Somebody was signed in with help, before a witness.</summary>
    AssistedSigned = 629,

    /// <summary>Class sheets with the pupils' names were printed; how many names.</summary>
    PaperSheetsPrinted = 630,

    /// <summary>Photos of class sheets were taken in.</summary>
    PaperPhotosUploaded = 631,

    /// <summary>What stands in rows of a class sheet was decided, or a decision taken back; nothing counts yet.</summary>
    PaperRowsDecided = 632,

    /// <summary>Decided rows of a class sheet became pledges.</summary>
    PaperRowsConfirmed = 633,

    /// <summary>Somebody said which class sheet a photo shows.</summary>
    PaperPhotoAssigned = 634,
    PaperPhotoRemoved = 635,

    /// <summary>A class is called otherwise.</summary>
    ClassRenamed = 645,

    /// <summary>A class goes on as another one of its school; how many pupils it had, the other one's id in the detail.</summary>
    ClassesMerged = 646,

    /// <summary>A class that had been merged is of its own again; the id of the one that stays in the detail.</summary>
    ClassParted = 647,

    /// <summary>Names of signers were shown, masked ones too; why, says the line's <see cref="AuditReason"/>.</summary>
    NamesViewed = 700,
    PledgesMerged = 701,
    PledgesSeparated = 702,
    PledgesInvalidated = 703,
    PledgesReinstated = 704,

    /// <summary>At the desk, for signers who ask for it. What signers do by their receipt is in the ledger alone.</summary>
    PledgeCorrected = 705,

    /// <inheritdoc cref="PledgeCorrected"/>
    PledgeWithdrawn = 706,

    /// <inheritdoc cref="PledgeCorrected"/>
    PledgeErased = 707,

    /// <summary>A signing that looks made by a program was found to be people's.</summary>
    SuspicionDropped = 708,
    SuspicionRestored = 709,

    /// <summary>The address of a receipt and what was signed were shown at the desk, for signers who have lost it to take along.</summary>
    ReceiptHandedOut = 710,

    AuditExported = 800,

    /// <summary>A list of an event was taken out as a file.</summary>
    ListExported = 801,

    /// <summary>A long pledge book was drawn in the background, to be fetched later.</summary>
    PledgeBookPrepared = 802,

    /// <summary>The activity report of an event was taken out as a file; it names no signer.</summary>
    ReportExported = 803,

    /// <summary>An archive package was put together in the background, to be fetched later.</summary>
    ArchivePrepared = 810,

    /// <summary>An archive package was taken out; its detail is the package's code.</summary>
    ArchiveExported = 811,

    /// <summary>The numbers of the subtree were taken out as a file; it names no signer.</summary>
    RollUpExported = 812,

    /// <summary>The yearly audit pack was taken out; it names no signer.</summary>
    AuditPackExported = 813,

    /// <summary>A token by which another program reads; its name is the subject, what it may read the detail.</summary>
    ApiTokenCreated = 820,
    ApiTokenRevoked = 821,

    /// <summary>By a token, whose name is the subject, names of an event's signers were read by the API.</summary>
    NamesReadByToken = 822,

    /// <summary>The roll-up is sent every week from now on; the detail is the host, or nothing for the folder.</summary>
    WeeklyExportSet = 823,
    WeeklyExportEnded = 824,

    /// <summary>It has arrived.</summary>
    RollUpDelivered = 825,

    /// <summary>It was to be sent at once, beside the weekly ones.</summary>
    WeeklyExportAsked = 826,

    /// <summary>The words of the activity report of an event were written; the count is the version.</summary>
    ReportWritten = 827,

    /// <summary>A photo was added to the activity report of an event, with the consent of the people on it confirmed.</summary>
    ReportPhotoAdded = 828,
    ReportPhotoRemoved = 829,

    /// <summary>Names and signatures were erased, since the promised day has come.</summary>
    NamesExpired = 900,

    /// <summary>Nothing personal is left of a campaign.</summary>
    CampaignErased = 901,

    /// <summary>The oldest lines of this log were deleted after their time.</summary>
    AuditPruned = 902,
    BackupRestored = 903,

    /// <summary>The server's clock, which had been doubted, was said to be right.</summary>
    ClockConfirmed = 904,

    /// <summary>A copy of the database was written, names and signatures included.</summary>
    BackupMade = 905,

    /// <summary>Lists of pupils were deleted, since their time has come; how many pupils they held.</summary>
    RostersErased = 906,
}
